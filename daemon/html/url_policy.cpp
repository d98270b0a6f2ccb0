#include "html/url_policy.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "base/url.h"

namespace feedd {

namespace {

// None of them runs code in the page that shows the link.
constexpr auto kLinkSchemes = std::to_array<std::string_view>(
    {"bitcoin", "callto", "ed2k",  "feed",   "ftp",  "ftps",   "gemini", "geo",
     "gopher",  "http",   "https", "irc",    "ircs", "magnet", "mailto", "matrix",
     "news",    "nntp",   "rtsp",  "sftp",   "sip",  "sips",   "skype",  "sms",
     "ssh",     "tel",    "urn",   "webcal", "xmpp"});
static_assert(std::is_sorted(kLinkSchemes.begin(), kLinkSchemes.end()));

constexpr auto kBitmapTypes =
    std::to_array<std::string_view>({"avif", "gif", "jpeg", "jpg", "png", "webp"});

bool is_web_scheme(std::string_view scheme) noexcept {
    return scheme == "http" || scheme == "https";
}

// Characters that a URL may have and that resolving leaves alone.
bool is_plain_char(char c) noexcept {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && c != '\\';
}

// An absolute web address that is in its final form: what nearly all addresses are.
bool is_plain_web_url(std::string_view url) noexcept {
    std::size_t host = 0;
    if (url.starts_with("https://")) {
        host = 8;
    } else if (url.starts_with("http://")) {
        host = 7;
    } else {
        return false;
    }
    return host < url.size() && (is_alpha(url[host]) || is_digit(url[host])) &&
           url.find("/.") == std::string_view::npos &&
           std::all_of(url.begin(), url.end(), is_plain_char);
}

bool is_bitmap(std::string_view url) noexcept {
    constexpr std::string_view kImages = "data:image/";
    if (!istarts_with(url, kImages)) return false;
    url.remove_prefix(kImages.size());
    const std::string_view type = url.substr(0, url.find_first_of(";,"));
    return type.size() < url.size() &&
           std::any_of(kBitmapTypes.begin(), kBitmapTypes.end(),
                       [type](std::string_view bitmap) { return iequals(type, bitmap); });
}

bool is_allowed(UrlUse use, std::string_view url) {
    const UrlParts parts = split_url(url);
    if (!parts.scheme) {
        // A colon in front of the path is a scheme to somebody (RFC 3986, 4.2).
        const bool ambiguous = url.substr(0, url.find_first_of("/?#")).find(':') != url.npos;
        return !url.empty() && !ambiguous;
    }
    const std::string scheme = lower(*parts.scheme);
    if (is_web_scheme(scheme)) return parts.authority && !parts.authority->empty();
    if (use == UrlUse::link && scheme == "feed") {  // in front of the address, or instead of http:
        const std::string_view address = url.substr(scheme.size() + 1);
        const UrlParts inner = split_url(address);
        if (inner.scheme && !is_web_scheme(lower(*inner.scheme))) return false;
        return inner.authority && !inner.authority->empty();
    }
    if (use == UrlUse::image && scheme == "data") return is_bitmap(url);
    return use == UrlUse::link &&
           std::binary_search(kLinkSchemes.begin(), kLinkSchemes.end(), scheme);
}

bool is_descriptor(std::string_view text) noexcept {
    if (text.size() < 2 || (text.back() != 'w' && text.back() != 'x' && text.back() != 'h')) {
        return false;
    }
    text.remove_suffix(1);
    return std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

struct Candidate {
    std::string_view url;
    std::string_view descriptors;
};

// The next image of a srcset, which is cut off `rest`.
std::optional<Candidate> next_candidate(std::string_view& rest) noexcept {
    while (!rest.empty() && (is_space(rest.front()) || rest.front() == ','))
        rest.remove_prefix(1);
    if (rest.empty()) return std::nullopt;
    std::size_t end = 0;
    while (end < rest.size() && !is_space(rest[end]))
        ++end;
    Candidate candidate{.url = rest.substr(0, end), .descriptors = {}};
    rest.remove_prefix(end);
    if (candidate.url.ends_with(',')) {  // commas end the candidate, they are not of the URL
        while (candidate.url.ends_with(','))
            candidate.url.remove_suffix(1);
        return candidate;
    }
    const std::size_t comma = std::min(rest.find(','), rest.size());
    candidate.descriptors = trim(rest.substr(0, comma));
    rest.remove_prefix(comma);
    return candidate;
}

// A comma before a colon could be taken for the end of one candidate and a scheme behind it.
std::string without_disguise(std::string url) {
    const std::size_t comma = url.find(',');
    if (comma == std::string::npos) return url;
    if (url.find(':', comma) == std::string::npos && !url.ends_with(',')) return url;
    std::string out;
    for (const char c : url) {
        if (c == ',') {
            out += "%2C";
        } else {
            out += c;
        }
    }
    return out;
}

struct Player {
    std::string_view prefix;  // of the player's address, without scheme and "www."
    std::string_view page;    // of the video's page, the id follows
};
constexpr auto kPlayers = std::to_array<Player>({
    {"dailymotion.com/embed/video/", "https://www.dailymotion.com/video/"},
    {"geo.dailymotion.com/player.html?video=", "https://www.dailymotion.com/video/"},
    {"player.twitch.tv/?video=", "https://www.twitch.tv/videos/"},
    {"player.vimeo.com/video/", "https://vimeo.com/"},
    {"rumble.com/embed/", "https://rumble.com/embed/"},
    {"ted.com/embed/", "https://www.ted.com/"},
    {"embed.ted.com/", "https://www.ted.com/"},
    {"youtube-nocookie.com/embed/", "https://www.youtube.com/watch?v="},
    {"youtube.com/embed/", "https://www.youtube.com/watch?v="},
    {"youtube.com/v/", "https://www.youtube.com/watch?v="},
});

// PeerTube, on any host: /videos/embed/ID is the player of /videos/watch/ID.
constexpr std::string_view kPeertubePlayer = "/videos/embed/";
constexpr std::string_view kPeertubePage = "/videos/watch/";

// Letters, digits, - and _, and / where names are paths.
std::string_view id_at_start(std::string_view text) noexcept {
    const auto* const end = std::find_if_not(text.begin(), text.end(), [](char c) {
        return is_alpha(c) || is_digit(c) || c == '-' || c == '_' || c == '/';
    });
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

}  // namespace

std::string safe_url(UrlUse use, std::string_view url, std::string_view base) {
    if (is_plain_web_url(url)) return std::string(url);
    if (trim(url).empty()) return {};
    std::string resolved = resolve_url(base, url);
    if (!is_allowed(use, resolved)) return {};
    if (resolve_url({}, resolved) != resolved) return {};
    return resolved;
}

std::string safe_srcset(std::string_view srcset, std::string_view base) {
    std::string out;
    while (const auto candidate = next_candidate(srcset)) {
        const std::string url = without_disguise(safe_url(UrlUse::media, candidate->url, base));
        if (url.empty() || url.starts_with(',')) continue;
        if (!out.empty()) out += ", ";
        out += url;
        if (is_descriptor(candidate->descriptors)) out.append(" ").append(candidate->descriptors);
    }
    return out;
}

std::string video_page(std::string_view url, std::string_view base) {
    const std::string address = safe_url(UrlUse::media, url, base);
    std::string_view rest = address;
    const std::size_t authority = rest.find("//");
    if (authority == std::string_view::npos) return {};
    rest.remove_prefix(authority + 2);
    if (istarts_with(rest, "www.")) rest.remove_prefix(4);
    for (const Player& player : kPlayers) {
        if (!istarts_with(rest, player.prefix)) continue;
        const std::string_view id = id_at_start(rest.substr(player.prefix.size()));
        if (id.empty() || id == "videoseries") return {};
        return std::string(player.page).append(id);
    }
    const std::size_t slash = rest.find('/');
    if (slash != std::string_view::npos && rest.substr(slash).starts_with(kPeertubePlayer)) {
        const std::string_view id = id_at_start(rest.substr(slash + kPeertubePlayer.size()));
        const std::string_view origin = std::string_view(address).substr(
            0, authority + 2 + (address.size() - authority - 2 - rest.size()) + slash);
        if (!id.empty()) return std::string(origin).append(kPeertubePage).append(id);
    }
    return {};
}

}  // namespace feedd
