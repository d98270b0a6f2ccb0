#include "config/authorization.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/base64.h"
#include "base/text.h"
#include "config/section.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxSecret = 4000;  // bytes; the header must stay below what servers refuse

constexpr std::array<std::string_view, 3> kAuthKeys{"user", "password", "token"};

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

// With its ${…} filled in. RFC 7617 §2 forbids control characters in both parts.
Result<std::string> read_part(std::string_view text, const Environment& environment) {
    auto value = fill_in(text, environment);
    if (!value) return value;
    if (has_control(*value)) {
        return fail(ErrorKind::config, {}, "the value has a control character in it",
                    "one line without tabs");
    }
    if (value->size() > kMaxSecret) {
        return fail(ErrorKind::config, {},
                    fmt::format("the value is longer than {} bytes", kMaxSecret));
    }
    return value;
}

Result<std::string> read_user(std::string_view text, const Environment& environment) {
    auto user = read_part(text, environment);
    if (user && user->find(':') != std::string::npos) {
        return fail(ErrorKind::config, {}, "a user name with a ':' cannot be sent",
                    "what follows it would be taken for the password");
    }
    return user;
}

Result<std::string> read_token(std::string_view text, const Environment& environment) {
    auto token = read_part(text, environment);
    if (!token) return token;
    if (token->empty()) return fail(ErrorKind::config, {}, "the value is empty");
    if (token->find(' ') != std::string::npos) {
        return fail(ErrorKind::config, {}, "a token has no blank in it",
                    "without 'Bearer', which feedd sends itself; for other schemes write "
                    "headers: {Authorization: …}");
    }
    return token;
}

}  // namespace

Secret basic_authorization(std::string_view user, std::string_view password) {
    return Secret("Basic " + encode_base64(fmt::format("{}:{}", user, password)));
}

std::optional<Secret> read_authorization(YamlNode auth, const Environment& environment,
                                         Diagnostics& out) {
    const Section section(auth, "'auth'", kAuthKeys, out);
    if (auth.kind() != YamlKind::map) {
        if (auth.is_null()) out.add(auth.position(), "auth is empty", "remove it");
        return std::nullopt;
    }
    const auto read_with = [&](auto reader) {
        return [&environment, reader](std::string_view text) { return reader(text, environment); };
    };
    const auto user = section.read("user", read_with(read_user));
    const auto password = section.read("password", read_with(read_part));
    const auto token = section.read("token", read_with(read_token));
    if (section.has("token") && (section.has("user") || section.has("password"))) {
        out.add(section.position("token"), "auth has both a token and a user or password",
                "remove one of them");
        return std::nullopt;
    }
    if (token) return Secret("Bearer " + *token);
    if (section.has("token") || !section.clean()) return std::nullopt;
    for (const std::string_view key : {"user", "password"}) {
        if (section.has(key)) continue;
        out.add(auth.position(), fmt::format("auth has no {}", key),
                "write user and password, or token; an empty one is \"\"");
        return std::nullopt;
    }
    if (!user || !password) return std::nullopt;
    return basic_authorization(*user, *password);
}

}  // namespace feedd
