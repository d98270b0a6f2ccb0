#include "config/environment.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/text.h"

namespace feedd {

namespace {

// POSIX, "Environment Variable Definition", with lower case besides.
bool is_variable_name(std::string_view name) {
    return !name.empty() && !is_digit(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return is_alpha(c) || is_digit(c) || c == '_'; });
}

}  // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return std::string(value);
    };
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
        const std::string name(text.substr(1, close - 1));
        if (!is_variable_name(name)) {
            return fail(ErrorKind::config, {},
                        fmt::format("'{}' cannot be the name of an environment variable", name),
                        "write $$ for a dollar sign");
        }
        const std::optional<std::string> value = environment(name);
        if (!value) {
            return fail(ErrorKind::not_found, {},
                        fmt::format("the environment variable '{}' is not set", name),
                        "set it, or write $$ for a dollar sign");
        }
        out += encode ? encode(*value) : *value;
        text.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace feedd
