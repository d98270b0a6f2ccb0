#include "parse/address.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/url.h"

namespace feedd {

namespace {

// Spaces and marks that are not seen, of which no address begins or ends with one.
constexpr auto kUnseen = std::to_array<std::string_view>(
    {"\xC2\xA0", "\xE2\x80\x8B", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE3\x80\x80", "\xEF\xBB\xBF"});

std::string_view trim_unseen(std::string_view text) noexcept {
    for (std::size_t before = 0; before != text.size();) {
        before = text.size();
        text = trim(text);
        for (const std::string_view mark : kUnseen) {
            if (text.starts_with(mark)) text.remove_prefix(mark.size());
            if (text.ends_with(mark)) text.remove_suffix(mark.size());
        }
    }
    return text;
}

// The length of an escaped '&' at the beginning of `text`, however often it was escaped; 0: none.
std::size_t ampersand_length(std::string_view text) noexcept {
    constexpr auto kEscaped = std::to_array<std::string_view>({"amp;", "#38;", "#038;", "#x26;"});
    std::size_t length = 1;
    for (bool more = true; more;) {
        more = false;
        for (const std::string_view escaped : kEscaped) {
            if (!text.substr(length).starts_with(escaped)) continue;
            length += escaped.size();
            more = true;
        }
    }
    return length > 1 ? length : 0;
}

std::string with_plain_ampersands(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t ampersand = std::min(text.find('&'), text.size());
        out += text.substr(0, ampersand);
        text.remove_prefix(ampersand);
        if (text.empty()) break;
        out += '&';
        text.remove_prefix(std::max<std::size_t>(ampersand_length(text), 1));
    }
    return out;
}

bool runs_code(const std::string& url) {
    const char first = url.empty() ? '\0' : to_lower(url.front());
    if (first != 'd' && first != 'j' && first != 'v') return false;  // nearly all addresses
    const std::string scheme = scheme_of(url);
    if (scheme == "data") {
        return !istarts_with(url, "data:image/") || istarts_with(url, "data:image/svg");
    }
    return scheme == "javascript" || scheme == "vbscript";
}

}  // namespace

std::string address_from(std::string_view base, std::string_view written) {
    written = trim(written);
    const bool ascii_ends =
        written.empty() || (is_ascii(written.front()) && is_ascii(written.back()));
    if (!ascii_ends) written = trim_unseen(written);
    if (written.empty()) return {};
    std::string plain;
    if (written.find('&') != written.npos) {
        plain = with_plain_ampersands(written);
        written = plain;
    }
    std::string url = resolve_url(base, written);
    if (runs_code(url)) url.clear();
    return url;
}

}  // namespace feedd
