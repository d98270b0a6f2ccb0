// URLs as strings: taken apart and resolved by RFC 3986; hosts checked by libcurl (IDNA, IPv6).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace feedd {

// Views into the text that was split (RFC 3986 §3, appendix B). An absent query and an empty one
// differ: nullopt and "".
struct UrlParts {
    std::optional<std::string_view> scheme;
    std::optional<std::string_view> authority;
    std::string_view path;
    std::optional<std::string_view> query;
    std::optional<std::string_view> fragment;
};

[[nodiscard]] UrlParts split_url(std::string_view url) noexcept;

// A path without "." and ".." segments (RFC 3986 §5.2.4). Escaped ones are none.
[[nodiscard]] std::string without_dot_segments(std::string_view path);

// `reference` seen from `base` (RFC 3986 §5.2). White space around it is cut, white space and
// control characters inside are percent-encoded or, for line breaks and tabs, dropped, as browsers
// do (WHATWG URL). An empty or relative `base` leaves a relative reference as it is.
[[nodiscard]] std::string resolve_url(std::string_view base, std::string_view reference);

// Lower case, "" if there is none.
[[nodiscard]] std::string scheme_of(std::string_view url);

// A fetchable address: http or https, with a host, and libcurl can read it.
[[nodiscard]] bool is_web_url(std::string_view url);

// Host in lower case and punycode, as libcurl reads it; "" for what it cannot read.
[[nodiscard]] std::string host_of(std::string_view url);

// "https://host:port" with the default port written out; "" for no web URL. Two URLs of one
// origin may share credentials (RFC 6454).
[[nodiscard]] std::string origin_of(std::string_view url);

// The URL without user name and password, for logs, errors and the store.
[[nodiscard]] std::string without_credentials(std::string_view url);

// %XX of every byte that is no unreserved character (RFC 3986 §2.3).
[[nodiscard]] std::string percent_encode(std::string_view text);

// The bytes that %XX stand for; a '%' that begins none stays. What comes out need not be UTF-8.
[[nodiscard]] std::string percent_decode(std::string_view text);

}  // namespace feedd
