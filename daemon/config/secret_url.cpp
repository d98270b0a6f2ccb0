#include "config/secret_url.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/url.h"
#include "config/diagnostic.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxUrl = 8000;  // bytes; RFC 9110 §4.1 asks for at least 8000

// With its '@'.
std::string_view userinfo_of(std::string_view url) {
    const UrlParts parts = split_url(url);
    if (!parts.authority) return {};
    const auto at = parts.authority->rfind('@');
    return at == std::string_view::npos ? std::string_view{} : parts.authority->substr(0, at + 1);
}

Result<std::string> filled(std::string_view written, const Environment& environment) {
    if (written.find('$') == std::string_view::npos) return std::string(written);
    const std::string_view userinfo = userinfo_of(written);
    if (userinfo.empty()) return fill_in(written, environment);
    const auto start = static_cast<std::size_t>(userinfo.data() - written.data());
    auto head = fill_in(written.substr(0, start), environment);
    if (!head) return head;
    auto user = fill_in(userinfo, environment, percent_encode);
    if (!user) return user;
    auto tail = fill_in(written.substr(start + userinfo.size()), environment);
    if (!tail) return tail;
    return *head + *user + *tail;
}

bool refers_outside_userinfo(std::string_view written) {
    const std::string_view userinfo = userinfo_of(written);
    if (userinfo.empty()) return has_variable(written);
    const auto start = static_cast<std::size_t>(userinfo.data() - written.data());
    return has_variable(written.substr(0, start)) ||
           has_variable(written.substr(start + userinfo.size()));
}

bool has_space_or_control(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F) return true;
    }
    return false;
}

}  // namespace

bool may_have_cut_password(std::string_view url) {
    const UrlParts parts = split_url(url);
    const std::string_view head = parts.authority.value_or(url.substr(0, url.find('/')));
    if (head.find_first_of(":@") == std::string_view::npos) return false;
    const std::string_view tail =
        url.substr(static_cast<std::size_t>(head.data() - url.data()) + head.size());
    return tail.find('@') != std::string_view::npos;
}

std::string without_secrets(std::string_view written) {
    if (may_have_cut_password(written)) {
        const UrlParts parts = split_url(written);
        const std::string_view scheme = parts.authority ? parts.scheme.value_or("") : "";
        const std::string_view rest = written.substr(written.rfind('@'));
        return fmt::format("{}{}…{}", scheme, scheme.empty() ? "" : "://", rest);
    }
    const auto at = written.substr(0, written.find('/')).rfind('@');
    return without_credentials(at == std::string_view::npos ? written : written.substr(at + 1));
}

Result<SecretUrl> read_secret_url(std::string_view written, const Environment& environment) {
    written = trim(written);
    if (written.empty()) return fail(ErrorKind::config, {}, "the URL is empty");
    const auto shown = [&] { return in_quotes(without_secrets(written)); };
    if (has_space_or_control(written)) {
        return fail(ErrorKind::config, {}, fmt::format("{} has white space in it", shown()),
                    "write %20 for a blank; is the next line indented too far?");
    }
    auto url = filled(written, environment);
    if (!url) return tl::unexpected<Error>(url.error());
    if (url->size() > kMaxUrl) {
        return fail(ErrorKind::config, {},
                    fmt::format("{} is longer than {} bytes", shown(), kMaxUrl));
    }
    if (has_space_or_control(*url)) {
        return fail(
            ErrorKind::config, {},
            fmt::format("{} has white space in it once its variables are filled in", shown()));
    }
    const bool filled_in = refers_outside_userinfo(written);
    std::string_view userinfo = userinfo_of(*url);
    if (userinfo.empty()) return SecretUrl{.url = std::move(*url), .filled_in = filled_in};
    userinfo.remove_suffix(1);
    const auto colon = userinfo.find(':');
    SecretUrl out{.filled_in = filled_in,
                  .with_user = true,
                  .user = Secret(percent_decode(userinfo.substr(0, colon)))};
    if (colon != std::string_view::npos)
        out.password = Secret(percent_decode(userinfo.substr(colon + 1)));
    out.url = without_credentials(*url);
    return out;
}

}  // namespace feedd
