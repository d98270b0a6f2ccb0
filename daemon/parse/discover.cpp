#include "parse/discover.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "html/entities.h"
#include "html/tokenizer.h"
#include "parse/feed_link.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestPage = std::size_t{1} << 20U;  // bytes; feeds are named in the head
constexpr std::size_t kMostFeeds = 50;                       // of a page; a choice for a person
constexpr std::size_t kMostLinks = 500;     // that are looked at, of each kind: 10 times as many
constexpr std::size_t kLongestUrl = 2048;   // bytes; what browsers and servers agree on
constexpr std::size_t kLongestTitle = 512;  // bytes

std::string unescaped(std::string_view value) {
    std::string out;
    append_unescaped(out, value, true);
    return out;
}

// A title may be an essay; what is no longer than this is all that anybody reads.
std::string title_of(std::string_view raw) {
    raw = truncate_utf8(raw, 2 * kLongestTitle);  // references are longer than what they mean
    const std::string line = collapse_space(unescaped(raw));
    return std::string(truncate_utf8(line, kLongestTitle));
}

// The attributes of <link>, <a>, <base> and <input> that say something, the first of each name.
struct LinkTag {
    std::optional<std::string_view> href, rel, type, title, hreflang;

    explicit LinkTag(std::string_view attributes) {
        AttributeReader reader(attributes);
        while (const auto raw = reader.next()) {
            const LowerName name(raw->name);
            const auto keep = [&](std::string_view wanted, std::optional<std::string_view>& slot) {
                if (name.view() == wanted && !slot) slot = raw->value;
            };
            keep("href", href);
            keep("rel", rel);
            keep("type", type);
            keep("title", title);
            keep("hreflang", hreflang);
        }
    }
};

// Of a rel attribute: a set of words (WHATWG HTML, 4.6.7).
bool has_relation(std::string rel, std::string_view wanted) {
    std::replace_if(rel.begin(), rel.end(), is_space, ' ');
    const auto words = split(rel, ' ');
    return std::any_of(words.begin(), words.end(),
                       [wanted](std::string_view word) { return iequals(word, wanted); });
}

// "feed://host/path" and "feed:https://host/path", which some pages have for readers to open.
std::string_view without_feed_scheme(std::string_view url) {
    url = trim(url);
    if (!istarts_with(url, "feed:")) return url;
    url.remove_prefix(std::string_view("feed:").size());
    return url;  // a reference without a scheme, if it begins with "//"
}

// A link as written, its address not yet resolved: <base> may come later.
using WrittenLink = FoundFeed;

std::optional<WrittenLink> written_link(const LinkTag& tag) {
    if (!tag.href || tag.href->size() > kLongestUrl) return std::nullopt;
    const std::string href = unescaped(*tag.href);
    WrittenLink link{.url = std::string(without_feed_scheme(href)), .title = {}, .type = {}};
    if (link.url.empty()) return std::nullopt;
    link.title = title_of(tag.title.value_or(""));
    link.type = std::string(trim(truncate_utf8(tag.type.value_or(""), kLongestTitle)));
    return link;
}

// A <link> that names a feed. "feed" alone is what a draft of HTML 5 had for it. Alternates of a
// vague type are the page in other languages and formats, unless they look like a feed.
bool is_feed_link(const LinkTag& tag, const WrittenLink& link) {
    const std::string rel = unescaped(tag.rel.value_or(""));
    const bool is_feed = has_relation(rel, "feed");
    if (!is_feed && !has_relation(rel, "alternate")) return false;
    switch (media_kind(link.type)) {
        case MediaKind::feed:
            return true;
        case MediaKind::vague:
            if (is_feed) return true;
            if (link.type.empty() && tag.hreflang) return false;
            return looks_like_feed(link.url) || names_feed(link.title);
        case MediaKind::other:
            return false;
    }
    return false;
}

bool is_feed_anchor(const WrittenLink& link) {
    const MediaKind kind = media_kind(link.type);
    return kind == MediaKind::feed || (kind == MediaKind::vague && looks_like_feed(link.url));
}

std::string without_fragment(std::string_view url) {
    return std::string(url.substr(0, url.find('#')));
}

// Absolute, or "" if it is nothing that can be fetched. Only a page from disk may name a file.
std::string resolved(std::string_view base, std::string_view reference) {
    std::string url = without_fragment(resolve_url(base, reference));
    if (url.empty() || url.size() > kLongestUrl) return {};
    const std::string scheme = scheme_of(url);
    const bool usable = scheme.empty()     ? base.empty()
                        : scheme == "file" ? scheme_of(base) == "file"
                                           : is_web_url(url);
    return usable ? without_credentials(url) : std::string{};
}

class PageReader {
  public:
    PageReader(std::string_view html, std::string_view url)
        : tokens_(truncate_utf8(html, kLongestPage)),
          url_(url.size() <= kLongestUrl ? url : std::string_view{}) {}

    HtmlPage read() {
        while (const auto token = tokens_.next()) {
            if (token->kind == Token::Kind::start_tag) take(*token);
        }
        page_.feeds = feeds();
        return std::move(page_);
    }

  private:
    void take(const Token& token) {
        const LowerName lower_name(token.name);
        const std::string_view name = lower_name.view();
        if (name == "script" || name == "style") {
            tokens_.skip_code(name);
        } else if (name == "title" || name == "textarea") {
            const auto content = tokens_.take_raw_content(name);
            if (content && name == "title" && page_.title.empty()) page_.title = title_of(*content);
        } else if (name == "base") {
            const LinkTag tag(token.attributes);
            if (!base_ && tag.href && tag.href->size() <= kLongestUrl) base_ = unescaped(*tag.href);
        } else if (name == "input") {
            const LinkTag tag(token.attributes);
            if (iequals(trim(tag.type.value_or("")), "password")) page_.asks_for_password = true;
        } else if (name == "link" && links_.size() < kMostLinks) {
            const LinkTag tag(token.attributes);
            auto link = written_link(tag);
            if (link && is_feed_link(tag, *link)) links_.push_back(std::move(*link));
        } else if (name == "a" && anchors_.size() < kMostLinks) {
            auto link = written_link(LinkTag(token.attributes));
            if (link && is_feed_anchor(*link)) anchors_.push_back(std::move(*link));
        }
    }

    // What the references of the page are seen from (WHATWG HTML, 2.4.3).
    [[nodiscard]] std::string base() const {
        if (!base_) return std::string(url_);
        std::string base = resolved(url_, *base_);
        return base.empty() ? std::string(url_) : base;
    }

    [[nodiscard]] std::vector<FoundFeed> feeds() const {
        auto [articles, comments] = usable(links_);
        if (articles.empty()) {
            auto [led_to, of_comments] = usable(anchors_);
            articles = std::move(led_to);
            std::move(of_comments.begin(), of_comments.end(), std::back_inserter(comments));
        }
        for (FoundFeed& feed : comments)
            add(articles, std::move(feed));
        return articles;
    }

    static void add(std::vector<FoundFeed>& feeds, FoundFeed feed) {
        const auto same = [&feed](const FoundFeed& other) { return other.url == feed.url; };
        if (feeds.size() < kMostFeeds && std::none_of(feeds.begin(), feeds.end(), same)) {
            feeds.push_back(std::move(feed));
        }
    }

    struct Ranked {
        std::vector<FoundFeed> articles, comments;
    };
    [[nodiscard]] Ranked usable(const std::vector<WrittenLink>& links) const {
        const std::string base = this->base();
        const std::string self = without_credentials(without_fragment(url_));
        Ranked ranked;
        for (const WrittenLink& link : links) {
            std::string url = resolved(base, link.url);
            if (url.empty() || url == self) continue;
            const bool comments = is_of_comments(link.title, url);
            add(comments ? ranked.comments : ranked.articles,
                {.url = std::move(url), .title = link.title, .type = link.type});
        }
        return ranked;
    }

    Tokenizer tokens_;
    std::string_view url_;
    HtmlPage page_;
    std::optional<std::string> base_;
    std::vector<WrittenLink> links_;
    std::vector<WrittenLink> anchors_;
};

}  // namespace

HtmlPage read_page(std::string_view html, std::string_view url) {
    return PageReader(html, url).read();
}

std::vector<FoundFeed> feeds_in_page(std::string_view html, std::string_view url) {
    return read_page(html, url).feeds;
}

std::vector<std::string> well_known_feeds(std::string_view url) {
    // WordPress, Ghost and many others; Jekyll and Eleventy; Hugo; JSON Feed.
    static constexpr std::array<std::string_view, 7> kPaths = {
        "/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss", "/feed.json"};
    std::vector<std::string> feeds;
    if (!is_web_url(url)) return feeds;
    feeds.reserve(kPaths.size());
    for (const std::string_view path : kPaths)
        feeds.push_back(resolve_url(without_credentials(url), path));
    return feeds;
}

}  // namespace feedd
