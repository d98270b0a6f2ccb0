#include "normalize/article.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "base/url.h"
#include "html/normal_form.h"
#include "html/sanitize.h"
#include "model/document_address.h"
#include "normalize/canonical_url.h"
#include "normalize/language.h"
#include "normalize/people.h"
#include "normalize/text.h"
#include "normalize/text_identity.h"

namespace feedd {

namespace {

// Before the web: what generators write that have no date. Ahead of now: zones that were mistaken.
constexpr Time kEarliest = std::chrono::sys_days{std::chrono::year{1990} / 1 / 1};
constexpr std::chrono::days kMostAhead{1};

// Schemes that a link to an article, a picture or a recording may have. Others could do more than
// open something.
constexpr std::array<std::string_view, 11> kSchemes{
    "http", "https", "ftp", "ftps", "gemini", "gopher", "ipfs", "ipns", "magnet", "rtsp", "rtmp"};

// The URL if it is absolute and harmless, without credentials; else "".
std::string link_from(std::string_view url) {
    const std::string scheme = scheme_of(url);
    if (std::find(kSchemes.begin(), kSchemes.end(), scheme) == kSchemes.end()) return {};
    return without_credentials(trim(url));
}

std::string one_line(std::string_view text) {
    return collapse_space(nfc(std::string(text)));
}

// Resolves the references that nobody means to show: all but those of markup, &amp; and its like.
std::string without_leftovers(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t start = std::min(text.find('&'), text.size());
        out += text.substr(0, start);
        text.remove_prefix(start);
        if (text.empty()) break;
        const std::size_t next = std::min(text.find('&', 1), text.size());
        const std::string_view piece = text.substr(0, next);  // a reference and what follows it
        bool of_markup = false;
        for (const std::string_view name : {"&amp;", "&lt;", "&gt;", "&quot;"})
            of_markup = of_markup || istarts_with(piece, name);
        out += of_markup ? std::string(piece) : unescape_html(piece);
        text.remove_prefix(next);
    }
    return out;
}

// Many publishers escape a title twice: "Q&amp;A" is what comes out, or "It&#8217;s". Plain text is
// taken to be such, unless the document says that it is plain; HTML, whose references have been
// resolved, only where what is left makes no sense.
std::string title_of(const Text& title) {
    std::string plain = rendered(title).plain;
    const auto reference = plain.find('&');
    const bool may_refer =
        reference != std::string::npos && plain.find(';', reference) != std::string::npos;
    if (may_refer && !title.said_plain) {
        plain = title.kind == Text::Kind::html ? without_leftovers(plain) : unescape_html(plain);
    }
    return one_line(plain);
}

std::optional<Time> credible(std::optional<Time> date, Time now) {
    if (!date || *date < kEarliest || *date > now + kMostAhead) return std::nullopt;
    return date;
}

std::vector<Person> authors_of(const Item& item, const FeedMeta& feed) {
    std::vector<Person> authors = people(item.authors);
    if (authors.empty() && !item.source.empty()) authors = people(item.source.front().authors);
    if (authors.empty()) authors = people(feed.authors);
    for (Person& author : authors)
        author.url = link_from(author.url);
    return authors;
}

std::vector<Category> categories_of(const Item& item) {
    std::vector<Category> categories;
    std::unordered_set<std::string> known;
    for (const Category& published : item.categories) {
        Category category{.term = one_line(published.term),
                          .scheme = std::string(trim(published.scheme)),
                          .label = one_line(published.label)};
        if (category.term.empty()) category.term = std::exchange(category.label, {});
        if (category.term.empty() || !known.insert(category.term).second) continue;
        if (category.label == category.term) category.label.clear();
        categories.push_back(std::move(category));
    }
    return categories;
}

// Each URL once, with all that is said about it.
std::vector<Enclosure> enclosures_of(const Item& item) {
    std::vector<Enclosure> enclosures;
    std::unordered_map<std::string, std::size_t> places;
    for (const Enclosure& published : item.enclosures) {
        Enclosure enclosure = published;
        enclosure.url = link_from(published.url);
        enclosure.title = one_line(published.title);
        enclosure.type = lower(trim(published.type));
        if (enclosure.url.empty()) continue;
        const auto [place, added] = places.try_emplace(enclosure.url, enclosures.size());
        if (added) {
            enclosures.push_back(std::move(enclosure));
            continue;
        }
        Enclosure& known = enclosures[place->second];
        if (known.type.empty()) known.type = std::move(enclosure.type);
        if (known.title.empty()) known.title = std::move(enclosure.title);
        if (!known.length) known.length = enclosure.length;
        if (!known.duration_seconds) known.duration_seconds = enclosure.duration_seconds;
    }
    return enclosures;
}

// The picture that the publisher chose, else one that comes with the item, else one in its text.
std::string image_of(const Item& item, const std::vector<Enclosure>& enclosures,
                     const std::string& first_in_text) {
    std::string image = link_from(item.image_url);
    if (image.empty() && item.media && !item.media->thumbnails.empty()) {
        image = link_from(item.media->thumbnails.front().url);
    }
    if (image.empty()) {
        const auto picture =
            std::find_if(enclosures.begin(), enclosures.end(),
                         [](const Enclosure& one) { return one.type.starts_with("image/"); });
        if (picture != enclosures.end()) image = picture->url;
    }
    return image.empty() ? link_from(first_in_text) : image;
}

std::string language_of(const Item& item, const FeedMeta& feed) {
    std::string language = bcp47_tag(item.language);
    return language.empty() ? bcp47_tag(feed.language) : language;
}

// Fills the texts of `article`; the answer is the first image in them.
std::string set_texts(const Item& item, Article& article) {
    RenderedText content = rendered(item.content);
    RenderedText summary = rendered(item.summary);
    std::string image =
        content.first_image.empty() ? std::move(summary.first_image) : content.first_image;
    const bool has_content = !content.plain.empty() || content.has_markup;
    if (!has_content) content = std::exchange(summary, {});
    const bool adds_to_it = !summary.plain.empty() && !same_words(summary.plain, content.plain);
    if (adds_to_it) article.summary_html = nfc_html(std::move(summary.html));
    article.content_html = nfc_html(std::move(content.html));
    article.content_text = nfc(std::move(content.readable));
    return image;
}

}  // namespace

std::optional<Time> publication_date(const Item& item, Time now) {
    for (const auto& date : {item.published, item.created, item.updated}) {
        if (const auto found = credible(date, now)) return found;
    }
    return std::nullopt;
}

Article normalized(const Item& item, const FeedMeta& feed, Time now) {
    Article article;
    article.link = link_from(item.url.empty() ? item.original_url : item.url);
    article.url = canonical_url(document_address(item));
    if (article.url.empty()) article.url = canonical_url(item.url);
    article.url_key = document_url_key(article.url);
    article.title = title_of(item.title);
    const std::string first_image = set_texts(item, article);
    article.language = language_of(item, feed);
    article.comments_url = link_from(item.comments_url);
    article.authors = authors_of(item, feed);
    article.categories = categories_of(item);
    article.enclosures = enclosures_of(item);
    article.image_url = image_of(item, article.enclosures, first_image);
    article.published_at = publication_date(item, now);
    article.updated_at = credible(item.updated, now);
    article.content_hash = content_hash(article.title, article.content_text);
    TextHashes hashes = text_hashes(article.title, article.content_text);
    article.text_hash = std::move(hashes.titled);
    article.long_text_hash = std::move(hashes.alone);
    return article;
}

FeedInfo feed_info(const FeedMeta& feed) {
    return {.title = title_of(feed.title),
            .site_url = link_from(feed.home_page_url),
            .description = nfc(rendered(feed.description).readable),
            .language = bcp47_tag(feed.language),
            .image_url = link_from(feed.image_url.empty() ? feed.icon_url : feed.image_url)};
}

}  // namespace feedd
