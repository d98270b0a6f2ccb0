#include <array>
#include <chrono>
#include <optional>

#include "base/text.h"
#include "base/url.h"
#include "fuzz/processor_time.h"
#include "fuzz/promises.h"
#include "fuzz/texts.h"
#include "html/sanitize.h"
#include "normalize/article.h"
#include "normalize/canonical_url.h"
#include "normalize/language.h"
#include "parse/parse.h"

namespace feedd::fuzz {

namespace {

// '0' % 8 is 0, '0' / 8 % 4 is 2.
constexpr std::array<std::string_view, 8> kContentTypes{
    "",
    "text/xml; charset=utf-8",
    "text/xml; charset=iso-8859-1",
    "text/xml; charset=shift_jis",
    "application/xml; charset=utf-16",
    "text/html; charset=\"windows-1252\"",
    "application/feed+json",
    "text/xml; charset=no-such-encoding",
};
constexpr std::array<std::string_view, 4> kBases{"", "http://user:secret@example.org:80/a/b?c#d",
                                                 "https://example.org/feed",
                                                 "file:///var/feeds/feed.xml"};

// Few, so that small inputs reach them.
constexpr ParseLimits kLimits{.max_bytes = std::size_t{1} << 20U, .max_items = 50, .max_depth = 64};

constexpr Time kNow = std::chrono::sys_days{std::chrono::year{2025} / 4 / 8};
constexpr Time kEarliest = std::chrono::sys_days{std::chrono::year{1990} / 1 / 1};

ParseHints hints_of(char choice) {
    const auto number = static_cast<unsigned char>(choice);
    return {.base = std::string(kBases[number / kContentTypes.size() % kBases.size()]),
            .content_type = std::string(kContentTypes[number % kContentTypes.size()]),
            .content_language = number % 2 == 0 ? "" : "de, en"};
}

void hold_utf8(Promises& promises, const Document& document) {
    each_text(document, [&](std::string_view field, std::string_view text) {
        promises.hold(is_utf8(text), "the document has what is not UTF-8 in " + std::string(field));
    });
}

void hold_utf8(Promises& promises, const Article& article) {
    each_text(article, [&](std::string_view field, std::string_view text) {
        promises.hold(is_utf8(text), "the article has what is not UTF-8 in " + std::string(field));
    });
}

void hold_fixed_point(Promises& promises, std::string_view field, const std::string& html) {
    promises.hold(sanitize_html(html, "").html == html,
                  std::string(field) + " is no fixed point of the sanitiser", html);
}

void hold_absolute(Promises& promises, std::string_view field, const std::string& url) {
    promises.hold(url.empty() || !scheme_of(url).empty(), std::string(field) + " is relative", url);
    promises.hold(url == without_credentials(url), std::string(field) + " has credentials", url);
}

void hold_urls(Promises& promises, const Article& article) {
    promises.hold(article.url.empty() || is_web_url(article.url), "url is no web URL", article.url);
    promises.hold(canonical_url(article.url) == article.url,
                  "the canonical URL has another canonical URL", article.url);
    hold_absolute(promises, "link", article.link);
    hold_absolute(promises, "image_url", article.image_url);
    hold_absolute(promises, "comments_url", article.comments_url);
    for (const Enclosure& enclosure : article.enclosures)
        hold_absolute(promises, "the URL of an enclosure", enclosure.url);
    for (const Person& author : article.authors)
        hold_absolute(promises, "the URL of an author", author.url);
}

void hold_texts(Promises& promises, const Article& article) {
    promises.hold(article.title == collapse_space(article.title), "the title is not one line",
                  article.title);
    for (const auto* text :
         {&article.title, &article.content_text, &article.content_html, &article.summary_html})
        promises.hold(nfc(*text) == *text, "a text is not in NFC", *text);
    promises.hold(bcp47_tag(article.language) == article.language,
                  "the language has another canonical form", article.language);
    hold_fixed_point(promises, "summary_html", article.summary_html);
    hold_fixed_point(promises, "content_html", article.content_html);
}

void hold_dates(Promises& promises, const Article& article) {
    for (const auto& date : {article.published_at, article.updated_at}) {
        promises.hold(!date || (*date >= kEarliest && *date <= kNow + std::chrono::days(1)),
                      "a date is not credible");
    }
}

void hold(Promises& promises, const FeedInfo& feed) {
    for (const auto* text :
         {&feed.title, &feed.site_url, &feed.description, &feed.language, &feed.image_url}) {
        promises.hold(is_utf8(*text), "what is known of the feed is not UTF-8");
    }
    hold_absolute(promises, "the site's URL", feed.site_url);
    hold_absolute(promises, "the feed's image", feed.image_url);
}

}  // namespace

std::string broken_promise_of_feed(std::string_view input) {
    Promises promises;
    if (input.empty()) return {};
    const std::string_view bytes = input.substr(1);
    const ProcessorTime time;
    const auto document = parse(bytes, hints_of(input.front()), kLimits);
    promises.hold(time.passed() <= most_time(bytes.size()), "parsing takes too long");
    if (!document) {
        promises.hold(is_utf8(document.error().what), "the error is not UTF-8");
        return std::move(promises).broken();
    }
    promises.hold(document->items.size() <= kLimits.max_items, "there are too many items");
    hold_utf8(promises, *document);
    hold(promises, feed_info(document->feed));

    std::vector<Article> articles;
    const ProcessorTime normalizing;
    for (const Item& item : document->items)
        articles.push_back(normalized(item, document->feed, kNow));
    promises.hold(normalizing.passed() <= most_time(bytes.size()), "normalizing takes too long");
    for (const Article& article : articles) {
        hold_utf8(promises, article);
        hold_urls(promises, article);
        hold_texts(promises, article);
        hold_dates(promises, article);
    }
    return std::move(promises).broken();
}

}  // namespace feedd::fuzz
