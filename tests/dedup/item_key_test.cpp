#include "dedup/item_key.h"

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::StartsWith;

Item item(std::string guid, std::string link, std::string title = "Title",
          std::string text = "Text") {
    Item made;
    made.id = std::move(guid);
    made.url = std::move(link);
    made.title.value = std::move(title);
    made.content.value = std::move(text);
    return made;
}

Document document(std::vector<Item> items) {
    Document made;
    made.feed.home_page_url = "https://example.org/";
    made.feed.feed_url = "https://example.org/feed.xml";
    made.items = std::move(items);
    return made;
}

// Item number `n` with what this test is not about being its own.
Item numbered(int n) {
    const std::string number = std::to_string(n);
    return item("g" + number, "https://example.org/" + number, "Title " + number, "Text " + number);
}

std::vector<Item> five(const std::function<void(Item&, int)>& change) {
    std::vector<Item> items;
    for (int n = 1; n <= 5; ++n) {
        items.push_back(numbered(n));
        change(items.back(), n);
    }
    return items;
}

std::vector<std::string> keys_of(const Document& from, GuidTrust trust = GuidTrust::unknown) {
    std::vector<std::string> out;
    for (const ItemKey& key : item_keys(from, trust)) {
        if (!key.duplicate) out.push_back(key.key);
    }
    return out;
}

std::vector<bool> duplicates_of(const Document& from) {
    std::vector<bool> out;
    for (const ItemKey& key : item_keys(from, GuidTrust::unknown))
        out.push_back(key.duplicate);
    return out;
}

bool url_identifies(const Item& one) {
    return item_keys(document({one}), GuidTrust::unknown).front().url_identifies;
}

TEST(ItemKeys, AreTheGuids) {
    const auto keys = item_keys(document({numbered(1), numbered(2)}), GuidTrust::unknown);
    ASSERT_EQ(keys.size(), 2U);
    EXPECT_EQ(keys[0].key, "guid:g1");
    EXPECT_EQ(keys[1].key, "guid:g2");
    EXPECT_TRUE(keys[0].url_identifies);
    EXPECT_FALSE(keys[0].duplicate);
    EXPECT_NE(keys[0].hash, keys[1].hash);
}

TEST(ItemKeys, AreNoneForNoItems) {
    EXPECT_TRUE(item_keys(document({}), GuidTrust::unknown).empty());
}

TEST(ItemKeys, IgnoreWhiteSpaceAroundAGuid) {
    EXPECT_THAT(keys_of(document({item(" \n g1\t", "https://example.org/1")})),
                ElementsAre("guid:g1"));
    EXPECT_THAT(keys_of(document({item(" \n ", "https://example.org/1")})),
                ElementsAre("url:https://example.org/1"));
}

TEST(ItemKeys, AreShortForLongGuidsAndLinks) {
    const std::string length(5000, 'x');
    const auto keys = keys_of(document({item(length + "1", ""), item(length + "2", ""),
                                        item("", "https://example.org/" + length)}));
    EXPECT_EQ((std::set<std::string>(keys.begin(), keys.end())).size(), 3U);
    for (const std::string& key : keys)
        EXPECT_LT(key.size(), 100U);
    EXPECT_EQ(keys_of(document({item(std::string(1024, 'x'), "")})).front().size(), 1029U);
}

TEST(ItemKeys, AreTheLinksWhereGuidsAreMissingEqualOrVolatile) {
    const auto links = ElementsAre("url:https://example.org/1", "url:https://example.org/2",
                                   "url:https://example.org/3", "url:https://example.org/4",
                                   "url:https://example.org/5");
    EXPECT_THAT(keys_of(document(five([](Item& i, int) { i.id.clear(); }))), links);
    EXPECT_THAT(keys_of(document(five([](Item& i, int) { i.id = "same"; }))), links);
    EXPECT_THAT(keys_of(document(five([](Item&, int) {})), GuidTrust::volatile_guids), links);
}

TEST(ItemKeys, DistrustOnlyTheGuidsThatRepeat) {
    EXPECT_THAT(
        keys_of(document({item("a", "https://example.org/1"), item("a", "https://example.org/2"),
                          item("b", "https://example.org/3")})),
        ElementsAre("url:https://example.org/1", "url:https://example.org/2", "guid:b"));
}

TEST(ItemKeys, AreTheArticleBehindAProxyLink) {
    Item proxied = item("", "https://feeds.example/~r/1");
    proxied.original_url = "https://example.org/1";
    EXPECT_THAT(keys_of(document({proxied})), ElementsAre("url:https://example.org/1"));
}

TEST(ItemKeys, AreHashesWhereNeitherGuidNorLinkTells) {
    const auto all_hashes = [](const std::vector<std::string>& keys) {
        EXPECT_EQ(keys.size(), 5U);
        EXPECT_THAT(keys, Each(StartsWith("hash:")));
        EXPECT_EQ((std::set<std::string>(keys.begin(), keys.end())).size(), 5U);
    };
    all_hashes(keys_of(document(five([](Item& i, int) {
        i.id.clear();
        i.url.clear();
    }))));
    all_hashes(keys_of(document(five([](Item& i, int) {
        i.id.clear();
        i.url = "https://example.org/";
    }))));
    all_hashes(keys_of(document(five([](Item& i, int) {
        i.id.clear();
        i.url = "https://example.org/live";
    }))));
    all_hashes(keys_of(document(five([](Item& i, int) {
        i.id = "blog";
        i.url = "https://example.org/live";
    }))));
    all_hashes(keys_of(document(five([](Item& i, int) {
        i.id = "blog";
        i.url = "https://example.org/";
        i.title.value.clear();
    }))));
}

TEST(ItemKeys, DoNotChangeWithWhatIsNoIdentity) {
    Item before = item("", "", "Title", "Text");
    Item after = before;
    after.published = *parse_utc("2025-04-08T01:02:03Z");
    after.categories.push_back({.term = "news"});
    after.content.value += "\n";
    EXPECT_EQ(keys_of(document({before})), keys_of(document({after})));
}

TEST(ItemKeys, TellApartItemsThatSayTheSameOnOtherDates) {
    const auto up = [](const char* at) {
        Item made = item("", "https://example.org/", "Up", "");
        made.published = *parse_utc(at);
        return made;
    };
    const Item ten = up("2025-04-08T10:00:00Z");
    const Item noon = up("2025-04-08T12:00:00Z");
    const auto both = keys_of(document({noon, ten}));
    ASSERT_EQ(both.size(), 2U);
    EXPECT_NE(both[0], both[1]);
    EXPECT_EQ(keys_of(document({ten})).front(), both[1])
        << "the older one keeps its key when another joins it";
    EXPECT_THAT(duplicates_of(document({noon, ten, noon})), ElementsAre(false, false, true));
}

TEST(ItemKeys, TellEpisodesApartByTheirFile) {
    Item one = item("", "", "Episode", "");
    one.enclosures.push_back({.url = "https://example.org/1.mp3"});
    Item two = item("", "", "Episode", "");
    two.enclosures.push_back({.url = "https://example.org/2.mp3"});
    EXPECT_EQ(keys_of(document({one, two})).size(), 2U);
}

TEST(ItemKeys, NameTheSecondListingOfADocumentADuplicate) {
    std::vector<Item> twice = five([](Item&, int) {});
    const std::vector<Item> once = twice;
    twice.insert(twice.end(), once.begin(), once.end());
    EXPECT_THAT(duplicates_of(document(twice)),
                ElementsAre(false, false, false, false, false, true, true, true, true, true));
    EXPECT_EQ(keys_of(document(twice)), keys_of(document(once)));
    EXPECT_TRUE(item_keys(document(twice), GuidTrust::unknown).front().url_identifies);
}

struct Pair {
    std::string name;
    Item first;
    Item second;
    bool duplicate = false;
};

void PrintTo(const Pair& pair, std::ostream* out) {
    *out << pair.name;
}

class TwoItems : public ::testing::TestWithParam<Pair> {};

TEST_P(TwoItems, AreDuplicatesOnlyWhereNothingIsLost) {
    const Pair& pair = GetParam();
    EXPECT_THAT(duplicates_of(document({pair.first, pair.second})),
                ElementsAre(false, pair.duplicate));
    EXPECT_EQ(keys_of(document({pair.first, pair.second})).size(), pair.duplicate ? 1U : 2U);
}

const std::string kLink = "https://example.org/1";
const std::string kHome = "https://example.org/";

INSTANTIATE_TEST_SUITE_P(
    Table, TwoItems,
    ::testing::Values(
        Pair{"same guid, link and title", item("g", kLink, "T", "a"), item("g", kLink, "T", "b"),
             true},
        Pair{"another title", item("g", kLink, "T"), item("g", kLink, "U"), false},
        Pair{"another link", item("g", kLink), item("g", "https://example.org/2"), false},
        Pair{"another guid", item("g", kLink), item("h", kLink), false},
        Pair{"constant guid, home page, no title", item("g", kHome, "", "a"),
             item("g", kHome, "", "b"), false},
        Pair{"constant guid, home page, same text", item("g", kHome, "", "a"),
             item("g", kHome, "", "a"), true},
        Pair{"no guid, same link, other text", item("", kLink, "T", "a"), item("", kLink, "T", "b"),
             false},
        Pair{"no guid, all the same", item("", kLink, "T", "a"), item("", kLink, "T", "a"), true},
        Pair{"nothing but the same text", item("", "", "", "a"), item("", "", "", "a"), true},
        Pair{"nothing at all", Item{}, Item{}, true},
        Pair{"nothing but another text", item("", "", "", "a"), item("", "", "", "b"), false}));

TEST(UrlIdentifies, ADocumentOfItsOwn) {
    EXPECT_TRUE(url_identifies(item("g", "https://example.org/1")));
    EXPECT_TRUE(url_identifies(item("g", "http://other.example/a?b=c")));
    EXPECT_TRUE(url_identifies(item("g", "https://example.org/?p=123")));
}

TEST(UrlIdentifies, NoDocumentWhereItLeadsToTheSiteOrNowhere) {
    for (const char* link :
         {"", "https://example.org", "https://example.org/", "http://www.example.org/",
          "https://example.org/#top", "https://example.org/feed.xml", "https://other.example/",
          "https://spa.example/#/post/1", "mailto:ann@example.org", "urn:isbn:1",
          "magnet:?xt=urn:btih:1", "/relative"}) {
        EXPECT_FALSE(url_identifies(item("g", link))) << link;
    }
    Document blog = document({item("g", "https://www.example.org/blog")});
    blog.feed.home_page_url = "http://example.org/blog/";
    EXPECT_FALSE(item_keys(blog, GuidTrust::unknown).front().url_identifies);
}

TEST(UrlIdentifies, NoDocumentWhereItemsShareIt) {
    const auto shared = item_keys(document(five([](Item& i, int n) {
                                      i.url = "https://example.org/page#" + std::to_string(n);
                                  })),
                                  GuidTrust::volatile_guids);
    for (const ItemKey& key : shared) {
        EXPECT_FALSE(key.url_identifies) << "one page with five fragments";
        EXPECT_THAT(key.key, StartsWith("url:")) << "within the feed the fragments tell them apart";
    }
    const auto spelled = item_keys(
        document({item("a", "https://example.org/1"), item("b", "http://www.example.org/1/")}),
        GuidTrust::unknown);
    EXPECT_FALSE(spelled[0].url_identifies);
    EXPECT_FALSE(spelled[1].url_identifies);
}

struct TrustRow {
    std::string name;
    GuidTrust before = GuidTrust::unknown;
    int items = 0;
    int known_guids = 0;
    int known_links = 0;
    GuidTrust after = GuidTrust::unknown;
};

void PrintTo(const TrustRow& row, std::ostream* out) {
    *out << row.name;
}

class LearnedTrust : public ::testing::TestWithParam<TrustRow> {};

TEST_P(LearnedTrust, FollowsFromWhatRecurs) {
    const TrustRow& row = GetParam();
    EXPECT_EQ(learned_trust(row.before, row.items, row.known_guids, row.known_links), row.after);
}

constexpr auto kUnknown = GuidTrust::unknown;
constexpr auto kStable = GuidTrust::stable;
constexpr auto kVolatile = GuidTrust::volatile_guids;

INSTANTIATE_TEST_SUITE_P(
    Table, LearnedTrust,
    ::testing::Values(TrustRow{"all recur", kUnknown, 10, 10, 10, kStable},
                      TrustRow{"half recur", kUnknown, 10, 5, 5, kStable},
                      TrustRow{"a single item recurs", kUnknown, 1, 1, 1, kStable},
                      TrustRow{"all links are old, all guids new", kUnknown, 5, 0, 5, kVolatile},
                      TrustRow{"and some items are new", kUnknown, 10, 0, 8, kVolatile},
                      TrustRow{"and one guid happens to recur", kUnknown, 10, 1, 10, kVolatile},
                      TrustRow{"stable so far: a warning", kStable, 10, 0, 10, kUnknown},
                      TrustRow{"once volatile, always", kVolatile, 10, 10, 10, kVolatile}));

INSTANTIATE_TEST_SUITE_P(
    NoSign, LearnedTrust,
    ::testing::Values(TrustRow{"an empty document", kUnknown, 0, 0, 0, kUnknown},
                      TrustRow{"everything is new", kUnknown, 10, 0, 0, kUnknown},
                      TrustRow{"half of it is new", kUnknown, 10, 0, 5, kUnknown},
                      TrustRow{"too few items", kUnknown, 2, 0, 2, kUnknown},
                      TrustRow{"a mixture", kUnknown, 10, 3, 9, kUnknown},
                      TrustRow{"stable, everything new", kStable, 10, 0, 0, kStable},
                      TrustRow{"stable, too few items", kStable, 2, 0, 2, kStable}));

}  // namespace
}  // namespace feedd
