#include "normalize/article.h"

#include <chrono>
#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace feedd {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Time kNow = *parse_utc("2025-04-08T01:02:03Z");

Text html(std::string_view value) {
    return {.kind = Text::Kind::html,
            .value = std::string(value),
            .base = "https://example.org/p/",
            .language = {}};
}

Text plain(std::string_view value) {
    return {.kind = Text::Kind::plain, .value = std::string(value), .base = {}, .language = {}};
}

// As Atom's type="text" makes it.
Text said_plain(std::string_view value) {
    Text text = plain(value);
    text.said_plain = true;
    return text;
}

Article article_of(const Item& item, const FeedMeta& feed = {}) {
    return normalized(item, feed, kNow);
}

Item with_content(std::string_view value) {
    Item item;
    item.content = html(value);
    return item;
}

// About forty words, none of which means anything.
std::string long_text(std::string_view word = "lorem") {
    std::string text;
    for (int i = 0; i < 40; ++i)
        text +=
            std::string(word) + " ipsum" + std::string(1, static_cast<char>('a' + i % 26)) + " ";
    return text;
}

TEST(Article, HasACanonicalUrlBesideTheLinkAsPublished) {
    Item item;
    item.url = "https://www.example.org/a?utm_source=rss&id=1#c";
    const Article article = article_of(item);
    EXPECT_EQ(article.link, item.url);
    EXPECT_EQ(article.url, "https://www.example.org/a?id=1");
    EXPECT_EQ(article.url_key, "example.org/a?id=1");
}

TEST(Article, TakesTheAddressBehindAProxyLink) {
    Item item;
    item.url = "http://feedproxy.example/~r/x/1";
    item.original_url = "https://example.org/a";
    EXPECT_EQ(article_of(item).url, "https://example.org/a");
    EXPECT_EQ(article_of(item).link, item.url);
    item.original_url = "not a link";
    EXPECT_EQ(article_of(item).url, item.url);
}

TEST(Article, KeepsNoLinkThatCouldDoMoreThanOpen) {
    for (const std::string_view url : {"javascript:alert(1)", "data:text/html,x", "/relative",
                                       "file:///etc/passwd", "JavaScript:alert(1)"}) {
        Item item;
        item.url = url;
        item.comments_url = url;
        item.image_url = url;
        item.enclosures = {{.url = std::string(url),
                            .type = {},
                            .title = {},
                            .length = {},
                            .duration_seconds = {}}};
        item.authors = {{.name = "Ann", .email = {}, .url = std::string(url)}};
        const Article article = article_of(item);
        EXPECT_EQ(article.link, "") << url;
        EXPECT_EQ(article.url, "") << url;
        EXPECT_EQ(article.comments_url, "") << url;
        EXPECT_EQ(article.image_url, "") << url;
        EXPECT_EQ(article.authors[0].url, "") << url;
        EXPECT_THAT(article.enclosures, IsEmpty()) << url;
    }
    Item item;
    item.url = "https://ann:secret@example.org/a";
    EXPECT_EQ(article_of(item).link, "https://example.org/a");
}

TEST(Article, HasATitleOfOneLineWithoutMarkup) {
    const struct {
        Text title;
        std::string_view shown;
    } rows[] = {
        {plain("  A\n title "), "A title"},
        {html("<b>A</b> &amp; <i>B</i>"), "A & B"},
        {plain("Q&amp;A"), "Q&A"},
        {html("It&amp;#8217;s"), "It\xE2\x80\x99s"},
        {html("x&amp;nbsp;y &amp;hellip;"), "x y …"},
        {html("How to write &amp;amp; and &amp;lt;b&amp;gt;"), "How to write &amp; and &lt;b&gt;"},
        {said_plain("How to write &amp;"), "How to write &amp;"},
        {plain("R&D, Q&amp;A"), "R&D, Q&A"},
        {plain("1 < 2 & 3 > 2; done"), "1 < 2 & 3 > 2; done"},
        {plain("Use <b> well"), "Use <b> well"},
        {plain("AT&T; and more"), "AT&T; and more"},
        {plain("cafe\xCC\x81"), "caf\xC3\xA9"},
        {plain(""), ""},
    };
    for (const auto& row : rows) {
        Item item;
        item.title = row.title;
        EXPECT_EQ(article_of(item).title, row.shown) << row.title.value;
    }
}

TEST(Article, IsInNormalizationFormCButForAddresses) {
    const struct {
        std::string_view published;
        std::string_view shown;
    } rows[] = {
        {"<p>cafe\xCC\x81</p>", "<p>café</p>"},
        {"<p>cafe&#x301;</p>", "<p>café</p>"},
        {"<a href=\"https://e.org/cafe\xCC\x81\" title=\"e\xCC\x81\">x</a>",
         "<a href=\"https://e.org/cafe%CC%81\" title=\"é\">x</a>"},
        {"<a href=\"https://e.org/café\">e\xCC\x81</a>", "<a href=\"https://e.org/café\">é</a>"},
        // With the '>' before it, it would be another character.
        {"<b>\xCC\xB8x</b>", "<b>&#824;x</b>"},
        {"<b>1</b>\xCC\xB8 e\xCC\x81", "<b>1</b>&#824; é"},
        {"<b>1</b>\u0323\u0338", "<b>1</b>&#824;\u0323"},  // the slash goes first
    };
    for (const auto& row : rows) {
        const Article article = article_of(with_content(row.published));
        EXPECT_EQ(article.content_html, row.shown);
        EXPECT_EQ(article_of(with_content(article.content_html)).content_html, row.shown);
    }
}

TEST(Article, ShowsTheSummaryOnlyBesideAContentThatDiffers) {
    Item item = with_content("<p>The whole story.</p>");
    item.summary = plain("A teaser.");
    EXPECT_EQ(article_of(item).content_html, "<p>The whole story.</p>");
    EXPECT_EQ(article_of(item).content_text, "The whole story.");
    EXPECT_EQ(article_of(item).summary_html, "A teaser.");
    item.summary = html("<div>The whole  story.</div>");
    EXPECT_EQ(article_of(item).summary_html, "");
}

TEST(Article, TakesTheSummaryForContentWhereThereIsNone) {
    Item item;
    item.summary = html("<p>All there is.</p><script>alert(1)</script>");
    EXPECT_EQ(article_of(item).content_html, "<p>All there is.</p>");
    EXPECT_EQ(article_of(item).content_text, "All there is.");
    EXPECT_EQ(article_of(item).summary_html, "");
    item.content = html("<script>alert(1)</script>");
    EXPECT_EQ(article_of(item).content_text, "All there is.");
}

TEST(Article, IsEmptyWithoutTexts) {
    const Article article = article_of(Item{});
    EXPECT_EQ(article.title, "");
    EXPECT_EQ(article.content_html, "");
    EXPECT_EQ(article.text_hash, "");
    EXPECT_NE(article.content_hash, "");
}

TEST(Article, TakesAuthorsOfTheItemThenOfItsSourceThenOfTheFeed) {
    const auto named = [](std::string_view name) {
        return std::vector<Person>{{.name = std::string(name), .email = {}, .url = {}}};
    };
    FeedMeta feed;
    feed.authors = named("Feed Owner");
    Item item;
    EXPECT_EQ(article_of(item, feed).authors, named("Feed Owner"));
    item.source.emplace_back();
    item.source[0].authors = named("Source Author");
    EXPECT_EQ(article_of(item, feed).authors, named("Source Author"));
    item.authors = named("By Ann Lee");
    EXPECT_EQ(article_of(item, feed).authors, named("Ann Lee"));
    item.authors = named(" ");
    EXPECT_EQ(article_of(item, feed).authors, named("Source Author"));
}

TEST(Article, TakesItsOwnLanguageThenTheFeeds) {
    FeedMeta feed;
    feed.language = "de_de";
    Item item;
    EXPECT_EQ(article_of(item, feed).language, "de-DE");
    item.language = "FR";
    EXPECT_EQ(article_of(item, feed).language, "fr");
    item.language = "nonsense";
    EXPECT_EQ(article_of(item, feed).language, "de-DE");
}

TEST(Article, TakesTheBestImageThereIs) {
    Item item = with_content("<p><img src=\"in-text.png\"></p>");
    EXPECT_EQ(article_of(item).image_url, "https://example.org/p/in-text.png");
    item.enclosures = {{.url = "https://example.org/a.mp3",
                        .type = "audio/mpeg",
                        .title = {},
                        .length = {},
                        .duration_seconds = {}},
                       {.url = "https://example.org/e.png",
                        .type = "Image/PNG",
                        .title = {},
                        .length = {},
                        .duration_seconds = {}}};
    EXPECT_EQ(article_of(item).image_url, "https://example.org/e.png");
    item.media.emplace();
    item.media->thumbnails = {{.url = "https://example.org/t.png", .width = {}, .height = {}}};
    EXPECT_EQ(article_of(item).image_url, "https://example.org/t.png");
    item.image_url = "https://example.org/i.png";
    EXPECT_EQ(article_of(item).image_url, "https://example.org/i.png");
}

TEST(Article, ListsEnclosuresOnceWithAllThatIsSaidOfThem) {
    Item item;
    item.enclosures = {
        {.url = "https://example.org/a.mp3",
         .type = {},
         .title = "A",
         .length = 1,
         .duration_seconds = {}},
        {.url = "https://example.org/b.mp3",
         .type = {},
         .title = {},
         .length = {},
         .duration_seconds = {}},
        {.url = " https://example.org/a.mp3 ",
         .type = "audio/mpeg",
         .title = "Other",
         .length = 2,
         .duration_seconds = 3.0},
    };
    EXPECT_THAT(article_of(item).enclosures,
                ElementsAre(Enclosure{.url = "https://example.org/a.mp3",
                                      .type = "audio/mpeg",
                                      .title = "A",
                                      .length = 1,
                                      .duration_seconds = 3.0},
                            Enclosure{.url = "https://example.org/b.mp3",
                                      .type = {},
                                      .title = {},
                                      .length = {},
                                      .duration_seconds = {}}));
}

TEST(Article, ListsCategoriesOnceAndTrimmed) {
    Item item;
    item.categories = {{.term = " news ", .scheme = {}, .label = "news"},
                       {.term = "news", .scheme = "x", .label = {}},
                       {.term = "", .scheme = {}, .label = "Label only"},
                       {.term = " ", .scheme = {}, .label = {}}};
    EXPECT_THAT(article_of(item).categories,
                ElementsAre(Category{.term = "news", .scheme = {}, .label = {}},
                            Category{.term = "Label only", .scheme = {}, .label = {}}));
}

TEST(Article, HasOnlyCredibleDates) {
    const struct {
        std::string_view name;
        std::optional<Time> published;
        std::optional<Time> created;
        std::optional<Time> updated;
        std::optional<Time> published_at;
        std::optional<Time> updated_at;
    } rows[] = {
        {"published", kNow - Seconds{9}, kNow - Seconds{8}, kNow, kNow - Seconds{9}, kNow},
        {"created", std::nullopt, kNow - Seconds{8}, kNow, kNow - Seconds{8}, kNow},
        {"updated", std::nullopt, std::nullopt, kNow, kNow, kNow},
        {"none", std::nullopt, std::nullopt, std::nullopt, std::nullopt, std::nullopt},
        {"a zone ahead", kNow + Seconds{86400}, {}, {}, kNow + Seconds{86400}, {}},
        {"in the future", kNow + Seconds{86401}, {}, {}, {}, {}},
        {"in the future but updated", kNow + Seconds{86401}, {}, kNow, kNow, kNow},
        {"year 1", parse_utc("0001-01-01T00:00:00Z"), {}, {}, {}, {}},
        {"1970", parse_utc("1970-01-01T00:00:00Z"), {}, {}, {}, {}},
        {"1990", parse_utc("1990-01-01T00:00:00Z"), {}, {}, parse_utc("1990-01-01T00:00:00Z"), {}},
    };
    for (const auto& row : rows) {
        Item item;
        item.published = row.published;
        item.created = row.created;
        item.updated = row.updated;
        const Article article = article_of(item);
        EXPECT_EQ(article.published_at, row.published_at) << row.name;
        EXPECT_EQ(article.updated_at, row.updated_at) << row.name;
    }
}

TEST(ContentHash, ChangesWithTitleAndTextOnly) {
    Item item = with_content("<p>Some text</p>");
    item.title = plain("Title");
    const std::string before = article_of(item).content_hash;
    item.content = html("<div class=x><em>Some</em> text</div>");
    item.published = kNow;
    item.url = "https://example.org/";
    EXPECT_EQ(article_of(item).content_hash, before);
    item.content = html("<p>Some other text</p>");
    EXPECT_NE(article_of(item).content_hash, before);
    item.content = html("<p>Some text</p>");
    item.title = plain("Corrected");
    EXPECT_NE(article_of(item).content_hash, before);
}

TEST(TextHash, IsEqualForTheSameWords) {
    Item one = with_content("<p>" + long_text() + "</p>");
    Item other = with_content("<div>" + long_text("LOREM\xC2\xA0 ") + "</div>");
    EXPECT_FALSE(article_of(one).text_hash.empty());
    EXPECT_EQ(article_of(one).text_hash, article_of(other).text_hash);
    other.title = plain("Another");
    EXPECT_NE(article_of(one).text_hash, article_of(other).text_hash);
}

TEST(TextHash, IsEmptyForWhatIdentifiesNothing) {
    const struct {
        std::string_view name;
        std::string text;
    } rows[] = {
        {"nothing", ""},
        {"short", "Read more in the paper."},
        {"a ruler", std::string(500, '-')},
        {"one letter", std::string(500, 'a')},
        {"numbers",
         [] {
             std::string numbers;
             for (int i = 0; i < 200; ++i)
                 numbers += std::to_string(i * 7919) + " ";
             return numbers;
         }()},
        {"white space", "a" + std::string(500, ' ') + "b"},
    };
    for (const auto& row : rows)
        EXPECT_EQ(article_of(with_content(row.text)).text_hash, "") << row.name;
}

TEST(TextHash, CountsWhatIsSaidNotBytes) {
    const auto text_of = [](std::size_t characters, char32_t first, unsigned different) {
        std::string text;
        for (unsigned i = 0; i < characters; ++i)
            append_utf8(text, first + i % different);
        return text;
    };
    struct Case {
        const char* name;
        std::string text;
        bool long_enough;
    };
    const Case cases[] = {
        {"Latin, short", text_of(119, U'a', 26), false},
        {"Latin", text_of(120, U'a', 26), true},
        {"Cyrillic, short", text_of(119, U'\u0430', 32), false},
        {"Cyrillic", text_of(120, U'\u0430', 32), true},
        {"Thai, short", text_of(119, U'\u0E01', 40), false},
        {"Han, short", text_of(39, U'\u4E00', 100), false},
        {"Han", text_of(40, U'\u4E00', 100), true},
        {"Hangul", text_of(40, U'\uAC00', 100), true},
    };
    for (const Case& each : cases)
        EXPECT_EQ(!article_of(with_content(each.text)).text_hash.empty(), each.long_enough)
            << each.name;
}

TEST(FeedInfo, IsWhatTheFeedSaysOfItself) {
    FeedMeta feed;
    feed.title = html("News &amp; <b>more</b>");
    feed.description = html("<p>About</p>");
    feed.home_page_url = "https://example.org/";
    feed.language = "en_us";
    feed.icon_url = "https://example.org/icon.png";
    EXPECT_EQ(feed_info(feed), (FeedInfo{.title = "News & more",
                                         .site_url = "https://example.org/",
                                         .description = "About",
                                         .language = "en-US",
                                         .image_url = "https://example.org/icon.png"}));
    feed.image_url = "https://example.org/image.png";
    feed.home_page_url = "javascript:alert(1)";
    EXPECT_EQ(feed_info(feed).image_url, "https://example.org/image.png");
    EXPECT_EQ(feed_info(feed).site_url, "");
}

}  // namespace
}  // namespace feedd
