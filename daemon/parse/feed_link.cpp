#include "parse/feed_link.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "base/url.h"

namespace feedd {

namespace {

// Registered types, those that publishers made up before them, and plain XML, which as the
// alternate of a page is a feed.
constexpr std::array<std::string_view, 15> kFeedTypes = {
    "application/rss+xml",    "application/atom+xml",   "application/feed+json",   //
    "application/rdf+xml",    "application/xml",        "text/xml",                //
    "application/rss",        "application/x-rss+xml",  "application/x-rss",       //
    "application/atom",       "application/x-atom+xml", "application/x.atom+xml",  //
    "application/atom10+xml", "text/rss+xml",           "text/rss"};
constexpr std::array<std::string_view, 2> kVagueTypes = {"", "application/json"};

// Words for a feed, numbers behind them cut: "rss2", "atom10".
constexpr std::array<std::string_view, 5> kFeedWords = {"rss", "atom", "feed", "feeds", "rdf"};
constexpr std::array<std::string_view, 3> kFeedEndings = {"rss", "atom", "rdf"};
// Endings of file names that anything may have.
constexpr std::array<std::string_view, 8> kVagueEndings = {"xml",  "json", "php", "asp",
                                                           "aspx", "cgi",  "cfm", "jsp"};
// Parameters that say in what form something is wanted, where "?q=rss" searches for it.
constexpr std::array<std::string_view, 10> kFormNames = {
    "format", "_format", "fmt", "type", "alt", "output", "mode", "view", "action", "do"};
// Lists of pages or of feeds.
constexpr std::array<std::string_view, 2> kListWords = {"sitemap", "opml"};
// In the main languages of the web, in lower case. "commentary" is what an author writes.
constexpr std::array<std::string_view, 2> kCommentWords = {"comment", "comments"};
constexpr std::array<std::string_view, 12> kCommentBeginnings = {
    "commentsfeed", "commentaire", "commenti", "kommentar",  "comentari", "comentári",
    "reactie",      "komentar",    "komentář", "комментари", "评论",      "コメント"};

template <typename Words>
bool is_one_of(const Words& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_word_char(char c) noexcept {
    return is_alpha(c) || is_digit(c) || !is_ascii(c);
}

// Whether `holds(word)` is true of a word of `text`.
template <typename Test>
bool any_word(std::string_view text, const Test& holds) {
    while (!text.empty()) {
        const auto* const first = std::find_if(text.begin(), text.end(), is_word_char);
        const auto* const last = std::find_if_not(first, text.end(), is_word_char);
        if (first != last && holds(text.substr(static_cast<std::size_t>(first - text.begin()),
                                               static_cast<std::size_t>(last - first)))) {
            return true;
        }
        text.remove_prefix(static_cast<std::size_t>(last - text.begin()));
    }
    return false;
}

// "newsfeed" and "rss20" too, but not "feedback", "across" or "anatomy".
bool is_feed_word(std::string_view word) {
    while (!word.empty() && is_digit(word.back()))
        word.remove_suffix(1);
    return is_one_of(kFeedWords, word) || word.ends_with("feed");
}

bool is_single_feed_word(std::string_view text) {
    return std::all_of(text.begin(), text.end(), is_word_char) && is_feed_word(text);
}

// "?feed=rss2", "?format=atom", "?rss".
bool asks_for_feed(std::string_view query) {
    const auto parameters = split(query, '&');
    return std::any_of(parameters.begin(), parameters.end(), [](std::string_view parameter) {
        const auto equals = std::min(parameter.find('='), parameter.size());
        const std::string_view name = parameter.substr(0, equals);
        const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
        return is_single_feed_word(name) ||
               (is_one_of(kFormNames, name) && is_single_feed_word(value));
    });
}

// "https://reader.example/add?url=https://…": a service that takes the feed, not the feed.
bool hands_over(std::string_view part) {
    return part.find("://") != part.npos || part.find("%3a%2f%2f") != part.npos;
}

// feeds.feedburner.com, rss.example.org; not rss.com.
bool is_feed_host(std::string_view host) {
    return std::count(host.begin(), host.end(), '.') >= 2 &&
           is_one_of(kFeedWords, host.substr(0, host.find('.')));
}

// "/blog/feed/", "/feeds/posts/default", "/news.rss", "/rss/news.xml", and on the host of feeds
// whatever is no page or picture.
bool has_feed_path(std::string_view path, std::string_view host) {
    while (path.ends_with('/'))
        path.remove_suffix(1);
    if (path.empty()) return false;
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const auto dot = name.rfind('.');
    const std::string_view ending = dot == name.npos ? std::string_view{} : name.substr(dot + 1);
    if (is_one_of(kFeedEndings, ending) || name == "index.xml") return true;
    if (dot != name.npos && !is_one_of(kVagueEndings, ending)) return false;
    if (dot != name.npos && any_word(name.substr(0, dot), is_feed_word)) return true;
    const auto segments = split(path, '/');
    return is_feed_host(host) || std::any_of(segments.begin(), segments.end(), is_single_feed_word);
}

}  // namespace

MediaKind media_kind(std::string_view type) {
    const std::string name = lower(trim(type.substr(0, type.find(';'))));
    if (is_one_of(kFeedTypes, name)) return MediaKind::feed;
    return is_one_of(kVagueTypes, name) ? MediaKind::vague : MediaKind::other;
}

bool looks_like_feed(std::string_view url) {
    const std::string text = lower(trim(url));
    const UrlParts parts = split_url(text);
    const std::string_view query = parts.query.value_or("");
    const auto lists = [](std::string_view word) { return is_one_of(kListWords, word); };
    if (any_word(parts.path, lists) || hands_over(parts.path) || hands_over(query)) return false;
    return has_feed_path(parts.path, parts.authority.value_or("")) || asks_for_feed(query);
}

bool names_feed(std::string_view title) {
    return any_word(lower(title), is_feed_word);
}

bool is_of_comments(std::string_view title, std::string_view url) {
    const UrlParts parts = split_url(url);
    const std::string words =
        fold_case(title) + " " + lower(parts.path) + " " + lower(parts.query.value_or(""));
    return any_word(words, [](std::string_view word) {
        const auto begins = [word](std::string_view known) { return word.starts_with(known); };
        return is_one_of(kCommentWords, word) ||
               std::any_of(kCommentBeginnings.begin(), kCommentBeginnings.end(), begins);
    });
}

}  // namespace feedd
