#include "dedup/item_hash.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace feedd {
namespace {

struct Change {
    std::string name;
    std::function<void(Item&)> make;
};

Item sample() {
    Item item;
    item.id = "g1";
    item.url = "https://example.org/1";
    item.title.value = "Title";
    item.content = {
        .kind = Text::Kind::html, .value = "<p>Text</p>", .base = "https://example.org/"};
    item.published = *parse_utc("2025-04-08T01:02:03Z");
    return item;
}

const std::vector<Change> kChanges{
    {"url", [](Item& i) { i.url += "?x"; }},
    {"original_url", [](Item& i) { i.original_url = "https://example.org/1"; }},
    {"title", [](Item& i) { i.title.value = "title"; }},
    {"title's kind", [](Item& i) { i.title.kind = Text::Kind::html; }},
    {"title's language", [](Item& i) { i.title.language = "en"; }},
    {"summary", [](Item& i) { i.summary.value = "Text"; }},
    {"content", [](Item& i) { i.content.value += "."; }},
    {"content moved to the summary", [](Item& i) { std::swap(i.content, i.summary); }},
    {"language", [](Item& i) { i.language = "en"; }},
    {"author", [](Item& i) { i.authors.push_back({.name = "Ann"}); }},
    {"author's mail", [](Item& i) { i.authors.push_back({.email = "Ann"}); }},
    {"two authors",
     [](Item& i) {
         i.authors = {{.name = "Ann"}, {.name = "Bo"}};
     }},
    {"contributor", [](Item& i) { i.contributors.push_back({.name = "Ann"}); }},
    {"publisher", [](Item& i) { i.publisher = Person{.name = "Ann"}; }},
    {"category", [](Item& i) { i.categories.push_back({.term = "news"}); }},
    {"category's scheme", [](Item& i) { i.categories.push_back({.term = "news", .scheme = "s"}); }},
    {"two categories",
     [](Item& i) {
         i.categories = {{.term = "news"}, {.term = "s"}};
     }},
    {"published", [](Item& i) { *i.published += Seconds{1}; }},
    {"no date", [](Item& i) { i.published.reset(); }},
    {"updated", [](Item& i) { i.updated = i.published; }},
    {"created", [](Item& i) { i.created = i.published; }},
    {"enclosure", [](Item& i) { i.enclosures.push_back({.url = "https://example.org/a.mp3"}); }},
    {"enclosure's length",
     [](Item& i) { i.enclosures.push_back({.url = "https://example.org/a.mp3", .length = 5}); }},
    {"image", [](Item& i) { i.image_url = "https://example.org/a.png"; }},
    {"comments", [](Item& i) { i.comments_url = "https://example.org/a.png"; }},
    {"thumbnail",
     [](Item& i) { i.media = Media{.thumbnails = {{.url = "https://example.org/a.png"}}}; }},
    {"duration", [](Item& i) { i.itunes = Itunes{.duration_seconds = 60}; }},
    {"source",
     [](Item& i) {
         i.source.resize(1);
         i.source[0].authors = {{.name = "Ann"}};
     }},
};

TEST(ItemHash, ChangesWithEveryPartOfAnArticle) {
    std::set<std::uint64_t> seen{item_hash(sample())};
    for (const Change& change : kChanges) {
        Item item = sample();
        change.make(item);
        EXPECT_TRUE(seen.insert(item_hash(item)).second) << change.name;
    }
}

TEST(ItemHash, StaysWhereNoArticleWouldChange) {
    const std::uint64_t before = item_hash(sample());
    EXPECT_EQ(item_hash(sample()), before);
    Item item = sample();
    item.id = "new at every poll";
    item.content.base = "https://elsewhere.example/";
    EXPECT_EQ(item_hash(item), before);
}

// The store keeps hashes: should this fail, every item of every feed is normalised once more after
// the update. Raise the version in item_hash.cpp only if that is wanted.
TEST(ItemHash, IsTheSameInEveryRelease) {
    EXPECT_EQ(item_hash(sample()), 9055780903273648204U);
}

}  // namespace
}  // namespace feedd
