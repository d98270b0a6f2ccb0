#include "base/url.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <curl/curl.h>
#include <unicode/uidna.h>

#include "base/find_byte.h"
#include "base/handle.h"
#include "base/text.h"

namespace feedd {

namespace {

using CurlUrl = Handle<CURLU, curl_url_cleanup>;
using CurlText = Handle<char, curl_free>;

CurlUrl read(std::string_view url) {
    CurlUrl handle(curl_url());
    const std::string text(url);
    const unsigned flags = CURLU_NON_SUPPORT_SCHEME | CURLU_URLENCODE;
    if (handle && curl_url_set(handle.get(), CURLUPART_URL, text.c_str(), flags) != CURLUE_OK) {
        handle.reset();
    }
    return handle;
}

std::string part(const CurlUrl& url, CURLUPart what, unsigned flags = 0) {
    char* raw = nullptr;
    if (!url || curl_url_get(url.get(), what, &raw, flags) != CURLUE_OK) return {};
    const CurlText text(raw);
    return text.get();
}

// Host and port of a URL that libcurl would read as it stands: http or https, without user name,
// escapes or anything beyond printable ASCII, its host a plain name in lower case or four decimal
// numbers. Nearly all URLs are like that, and each poll asks for these parts a dozen times.
struct PlainUrl {
    std::string_view scheme;
    std::string_view host;
    std::string_view port;  // "" none
};

bool is_plain_label(std::string_view label, bool last) {
    constexpr std::size_t kLongest = 63;  // RFC 1035 §2.3.4
    if (label.empty() || label.size() > kLongest || label.starts_with("xn--")) return false;
    if (label.front() == '-' || label.back() == '-') return false;
    // libcurl takes 127.1 and 0x7f.1 for numbers, and writes them out.
    if (last && !is_alpha(label.front())) return false;
    return std::all_of(label.begin(), label.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool is_plain_name(std::string_view host) {
    constexpr std::size_t kLongest = 253;
    if (host.empty() || host.size() > kLongest) return false;
    for (;;) {
        const auto dot = host.find('.');
        const bool last = dot == std::string_view::npos;
        if (!is_plain_label(host.substr(0, dot), last)) return false;
        if (last) return true;
        host.remove_prefix(dot + 1);
    }
}

// Without leading zeros, which would make a number octal.
bool is_plain_number(std::string_view text, unsigned most) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && value <= most &&
           (text.size() == 1 || text.front() != '0');
}

bool is_plain_ipv4(std::string_view host) {
    for (int left = 4; left > 0; --left) {
        const auto dot = host.find('.');
        if ((dot == std::string_view::npos) != (left == 1)) return false;
        if (!is_plain_number(host.substr(0, dot), 255)) return false;
        host.remove_prefix(left == 1 ? host.size() : dot + 1);
    }
    return true;
}

std::optional<PlainUrl> plain_url(std::string_view url) {
    constexpr std::size_t kLongest = 64'000;
    if (url.size() > kLongest) return std::nullopt;
    PlainUrl plain;
    for (const std::string_view scheme : {"http", "https"}) {
        if (url.starts_with(scheme) && url.substr(scheme.size()).starts_with("://"))
            plain.scheme = scheme;
    }
    if (plain.scheme.empty()) return std::nullopt;
    if (!std::all_of(url.begin(), url.end(), [](char c) {
            return c > 0x20 && c < 0x7F && c != '@' && c != '\\' && c != '%';
        })) {
        return std::nullopt;
    }
    std::string_view rest = url.substr(plain.scheme.size() + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    const auto colon = rest.find(':');
    plain.host = rest.substr(0, colon);
    if (colon != std::string_view::npos) {
        plain.port = rest.substr(colon + 1);
        if (plain.port == "0" || !is_plain_number(plain.port, 65'535)) return std::nullopt;
    }
    if (!is_plain_name(plain.host) && !is_plain_ipv4(plain.host)) return std::nullopt;
    return plain;
}

// UTS 46 as browsers use it (WHATWG URL §3.3). Not through libcurl, which reads host names in the
// character set of the process's locale. "" for what is no host name.
std::string punycode(std::string_view host) {
    UErrorCode status = U_ZERO_ERROR;
    const Handle<UIDNA, uidna_close> idna(uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ |
                                                              UIDNA_NONTRANSITIONAL_TO_ASCII |
                                                              UIDNA_NONTRANSITIONAL_TO_UNICODE,
                                                          &status));
    constexpr std::size_t kMostBytes = 255;  // RFC 1035 §2.3.4
    std::array<char, kMostBytes + 1> ascii{};
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    if (U_FAILURE(status) || host.size() > 4 * kMostBytes) return {};
    const auto size =
        uidna_nameToASCII_UTF8(idna.get(), host.data(), static_cast<int32_t>(host.size()),
                               ascii.data(), static_cast<int32_t>(kMostBytes), &info, &status);
    if (U_FAILURE(status) || info.errors != 0) return {};
    // Full-width forms of delimiters turn into these (WHATWG URL §3.1, forbidden domain code
    // points; and what libcurl takes in no host).
    constexpr std::string_view kForbidden = " !\"#$%&'()*+,/:;<=>?@[\\]^`{|}\x7F";
    std::string host_name(ascii.data(), static_cast<std::size_t>(size));
    const bool forbidden = std::any_of(host_name.begin(), host_name.end(), [&](char c) {
        return static_cast<unsigned char>(c) < 0x20 || kForbidden.find(c) != std::string_view::npos;
    });
    return forbidden ? std::string{} : host_name;
}

std::string host_in(const CurlUrl& url) {
    std::string host = part(url, CURLUPART_HOST);
    const bool ascii = is_ascii(host);
    if (host.find('\x7F') != std::string::npos) return {};  // which libcurl lets pass
    return ascii ? lower(host) : punycode(host);
}

bool is_scheme_char(char c) noexcept {
    return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
}

// What browsers do before they read a URL: trim, drop tabs and line breaks, encode the rest.
std::string cleaned(std::string_view url) {
    while (!url.empty() && static_cast<unsigned char>(url.front()) <= 0x20)
        url.remove_prefix(1);
    while (!url.empty() && static_cast<unsigned char>(url.back()) <= 0x20)
        url.remove_suffix(1);
    std::string out;
    out.reserve(url.size());
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : url) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\t' || c == '\n' || c == '\r') continue;
        if (byte <= 0x20 || byte == 0x7F) {
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 0x0FU];
        } else {
            out += c;
        }
    }
    return out;
}

std::string merged_path(const UrlParts& base, std::string_view path) {
    if (base.authority && base.path.empty()) return "/" + std::string(path);
    const auto slash = base.path.rfind('/');
    if (slash == std::string_view::npos) return std::string(path);
    return std::string(base.path.substr(0, slash + 1)) + std::string(path);
}

void append_parts(std::string& out, const UrlParts& from, std::string_view path,
                  std::optional<std::string_view> query) {
    if (from.authority) out.append("//").append(*from.authority);
    out += path;
    if (query) out.append("?").append(*query);
}

// An absolute address that resolving leaves as it is: nearly all that feeds write.
bool is_resolved(std::string_view url) noexcept {
    if (!url.starts_with("https://") && !url.starts_with("http://")) return false;
    const auto is_unfit = [](const auto& c) { return (c >= 0 && c <= 0x20) || c == 0x7F; };
    if (find_byte(url, 0, is_unfit) < url.size()) return false;
    constexpr std::size_t kHost = std::string_view("http://").size();
    for (std::size_t dot = url.find('.', kHost); dot != url.npos; dot = url.find('.', dot + 1)) {
        if (url[dot - 1] == '/') return false;  // it may be a dot segment
    }
    return true;
}

}  // namespace

// In one pass over the segments.
std::string without_dot_segments(std::string_view path) {
    std::string out;
    out.reserve(path.size());
    const bool absolute = path.starts_with('/');
    std::size_t at = 0;
    while (at < path.size()) {
        const std::size_t start = path[at] == '/' ? at + 1 : at;
        std::size_t end = path.find('/', start);
        if (end == std::string_view::npos) end = path.size();
        const std::string_view segment = path.substr(start, end - start);
        const bool last = end == path.size();
        if (segment == "." || segment == "..") {
            if (segment == "..") {
                const auto cut = out.rfind('/');
                out.resize(cut == std::string::npos ? 0 : cut);
            }
            if (last) out += '/';
        } else {
            if (start > at) out += '/';
            out += segment;
        }
        at = end;
    }
    if (absolute && !out.starts_with('/')) out.insert(out.begin(), '/');
    return out;
}

UrlParts split_url(std::string_view url) noexcept {
    UrlParts parts;
    if (const auto hash = url.find('#'); hash != std::string_view::npos) {
        parts.fragment = url.substr(hash + 1);
        url = url.substr(0, hash);
    }
    std::size_t i = 0;
    while (i < url.size() && is_scheme_char(url[i]))
        ++i;
    if (i > 0 && i < url.size() && url[i] == ':' && is_alpha(url[0])) {
        parts.scheme = url.substr(0, i);
        url.remove_prefix(i + 1);
    }
    if (const auto mark = url.find('?'); mark != std::string_view::npos) {
        parts.query = url.substr(mark + 1);
        url = url.substr(0, mark);
    }
    if (url.starts_with("//")) {
        url.remove_prefix(2);
        const auto slash = url.find('/');
        parts.authority = url.substr(0, slash);
        url = slash == std::string_view::npos ? std::string_view{} : url.substr(slash);
    }
    parts.path = url;
    return parts;
}

std::string resolve_url(std::string_view base, std::string_view reference) {
    if (is_resolved(reference)) return std::string(reference);
    std::string clean = cleaned(reference);
    const UrlParts ref = split_url(clean);
    const UrlParts from = split_url(base);
    if (!from.scheme && !ref.scheme) return clean;
    std::string out;
    if (ref.scheme) {
        const bool hierarchical = ref.authority || ref.path.starts_with('/');
        if (!hierarchical) return clean;  // mailto:, tag:, urn: …
        out = lower(*ref.scheme) + ":";
        append_parts(out, ref, without_dot_segments(ref.path), ref.query);
    } else {
        out = lower(*from.scheme) + ":";
        if (ref.authority) {
            append_parts(out, ref, without_dot_segments(ref.path), ref.query);
        } else if (ref.path.empty()) {
            append_parts(out, from, from.path, ref.query ? ref.query : from.query);
        } else if (ref.path.starts_with('/')) {
            append_parts(out, from, without_dot_segments(ref.path), ref.query);
        } else {
            append_parts(out, from, without_dot_segments(merged_path(from, ref.path)), ref.query);
        }
    }
    if (ref.fragment) out.append("#").append(*ref.fragment);
    return out;
}

std::string scheme_of(std::string_view url) {
    const UrlParts parts = split_url(trim(url));
    return parts.scheme ? lower(*parts.scheme) : std::string{};
}

bool is_web_url(std::string_view url) {
    return !origin_of(url).empty();
}

std::string host_of(std::string_view url) {
    if (const auto plain = plain_url(url)) return std::string(plain->host);
    return host_in(read(url));
}

std::string origin_of(std::string_view url) {
    if (const auto plain = plain_url(url)) {
        const std::string_view usual = plain->scheme == "http" ? "80" : "443";
        std::string origin(plain->scheme);
        origin.append("://").append(plain->host).append(":");
        return origin.append(plain->port.empty() ? usual : plain->port);
    }
    const std::string scheme = scheme_of(url);
    if (scheme != "http" && scheme != "https") return {};
    // libcurl takes 'https:///a' for https://a/.
    if (split_url(trim(url)).authority.value_or("").empty()) return {};
    const CurlUrl handle = read(url);
    const std::string host = host_in(handle);
    if (host.empty()) return {};
    return scheme + "://" + host + ":" + part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

std::string without_credentials(std::string_view url) {
    const UrlParts parts = split_url(url);
    if (!parts.authority) return std::string(url);
    const auto at = parts.authority->rfind('@');
    if (at == std::string_view::npos) return std::string(url);
    const auto start = static_cast<std::size_t>(parts.authority->data() - url.data());
    return std::string(url.substr(0, start)) + std::string(url.substr(start + at + 1));
}

std::string percent_encode(std::string_view text) {
    std::string out;
    static constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            out += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            out += '%';
            out += kHex[byte >> 4U];
            out += kHex[byte & 0x0FU];
        }
    }
    return out;
}

std::string percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned byte = 0;
        if (text[i] == '%' && i + 2 < text.size()) {
            const char* const first = text.data() + i + 1;
            if (std::from_chars(first, first + 2, byte, 16).ptr == first + 2) {
                out += static_cast<char>(byte);
                i += 2;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

}  // namespace feedd
