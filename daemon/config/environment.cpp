#include "config/environment.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "config/diagnostic.h"
#include "config/file.h"

namespace feedd {

namespace {

constexpr std::string_view kCredential = "credential:";

// POSIX, "Environment Variable Definition", with lower case besides.
bool is_variable_name(std::string_view name) {
    return !name.empty() && !is_digit(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return is_alpha(c) || is_digit(c) || c == '_'; });
}

// systemd.exec(5): "usable as a file name", and a ':' separates it from its source in the unit.
bool is_credential_name(std::string_view name) {
    return !name.empty() && name.size() <= 255 && name != "." && name != ".." &&
           std::none_of(name.begin(), name.end(), [](char c) {
               return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '/' || c == ':';
           });
}

Result<std::string> variable(const std::string& name, const Environment& environment) {
    if (!is_variable_name(name)) {
        return fail(
            ErrorKind::config, {},
            fmt::format("{} cannot be the name of an environment variable", in_quotes(name)),
            "write $$ for a dollar sign");
    }
    if (std::optional<std::string> value = environment(name)) return *std::move(value);
    return fail(ErrorKind::not_found, {},
                fmt::format("the environment variable '{}' is not set", name),
                "set it, or write $$ for a dollar sign");
}

Result<std::string> credential(const std::string& name, const Environment& environment) {
    if (!is_credential_name(name)) {
        return fail(ErrorKind::config, {},
                    fmt::format("{} cannot be the name of a credential", in_quotes(name)),
                    "write ${credential:NAME}");
    }
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorKind::not_found, {},
                    fmt::format("the credential {}: {}", in_quotes(name), why),
                    fmt::format("the unit needs LoadCredential={}:/path/of/a/file", name));
    };
    // No variable has such a name: it is how a stand-in is asked for.
    if (auto stand_in = environment(std::string(kCredential) + name)) return *std::move(stand_in);
    const std::optional<std::string> directory = environment("CREDENTIALS_DIRECTORY");
    if (!directory || directory->empty()) return refuse("CREDENTIALS_DIRECTORY is not set");
    auto value = read_small_file(*directory + "/" + name);
    if (!value) return refuse(value.error().what);
    if (value->ends_with('\n')) value->pop_back();
    if (value->ends_with('\r')) value->pop_back();
    return value;
}

// What stands between "${" and "}".
Result<std::string> value_of(std::string_view reference, const Environment& environment) {
    if (reference.starts_with(kCredential))
        return credential(std::string(reference.substr(kCredential.size())), environment);
    return variable(std::string(reference), environment);
}

}  // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return std::string(value);
    };
}

Environment with_stand_ins(Environment environment) {
    return [environment = std::move(environment)](const std::string& name) {
        constexpr std::uint64_t kPorts = 50'000;  // it may stand for a port, too
        if (auto value = environment(name)) return value;
        return std::optional(std::to_string(10'000 + quick_hash(name) % kPorts));
    };
}

bool has_variable(std::string_view text) {
    for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at)) {
        const std::string_view rest = text.substr(at + 1);
        if (rest.starts_with('{')) return true;
        at += rest.starts_with('$') ? 2 : 1;
    }
    return false;
}

Result<std::string> fill_in(std::string_view text, const Environment& environment,
                            const std::function<std::string(std::string_view)>& encode) {
    std::string out;
    while (!text.empty()) {
        const auto dollar = text.find('$');
        out += text.substr(0, dollar);
        if (dollar == std::string_view::npos) break;
        text.remove_prefix(dollar + 1);
        if (text.starts_with('$')) {
            out += '$';
            text.remove_prefix(1);
            continue;
        }
        if (!text.starts_with('{')) {
            out += '$';
            continue;
        }
        const auto close = text.find('}');
        if (close == std::string_view::npos) {
            return fail(ErrorKind::config, {}, "'${' without its '}'",
                        "write $$ for a dollar sign");
        }
        auto value = value_of(text.substr(1, close - 1), environment);
        if (!value) return value;
        out += encode ? encode(*value) : *value;
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace feedd
