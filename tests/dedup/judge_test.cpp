#include "dedup/judge.h"

#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace feedd {
namespace {

using std::chrono::days;
using Kind = Verdict::Kind;

const Time kDate = *parse_utc("2025-04-08T10:00:00Z");

// The candidate of every row, before the row changes it.
Candidate item() {
    Candidate made{.key = "guid:g1", .guid = "g1"};
    made.article.url = "https://example.org/storm";
    made.article.link = "https://example.org/storm";
    made.article.title = "Storm hits the coast";
    made.article.content_hash = "content";
    made.article.text_hash = "text";
    made.article.published_at = kDate;
    return made;
}

// What the store holds: the same article, unless a row says otherwise.
KnownArticle stored() {
    return {.id = 7,
            .url = "https://example.org/storm",
            .title = "Storm hits the coast",
            .content_hash = "content",
            .text_hash = "text",
            .published_at = kDate,
            .from_this_feed = true};
}

void rewritten(KnownArticle& known) {
    known.content_hash = "another content";
    known.text_hash = "another text";
    known.content_text = "What it said before.";
}

KnownArticle with(KnownArticle known, const std::function<void(KnownArticle&)>& change) {
    change(known);
    return known;
}

struct Row {
    std::string name;
    std::function<void(Candidate&, Evidence&)> given;
    Kind kind = Kind::added;
    bool revises = false;
    std::string reason;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class Judged : public ::testing::TestWithParam<Row> {};

TEST_P(Judged, AsTheRulesSay) {
    Candidate candidate = item();
    Evidence evidence;
    GetParam().given(candidate, evidence);
    const Verdict verdict = judge(candidate, evidence);
    EXPECT_EQ(verdict.kind, GetParam().kind);
    EXPECT_EQ(verdict.revises, GetParam().revises);
    EXPECT_EQ(verdict.reason, GetParam().reason);
    EXPECT_EQ(verdict.article, verdict.kind == Kind::added ? 0 : 7);
}

// An item with its key known. Everything but what a row names stayed the same.
Row by_key(std::string name, const std::function<void(Candidate&, KnownArticle&)>& change,
           Kind kind, std::string reason) {
    return {std::move(name),
            [change](Candidate& candidate, Evidence& evidence) {
                evidence.by_key = stored();
                change(candidate, *evidence.by_key);
            },
            kind, false, std::move(reason)};
}

const std::string kSame = "same item, same content";
const std::string kRevised = "same item, new content";

INSTANTIATE_TEST_SUITE_P(
    KnownByKey, Judged,
    ::testing::Values(
        by_key(
            "nothing changed", [](Candidate&, KnownArticle&) {}, Kind::unchanged, kSame),
        by_key(
            "only the link changed", [](Candidate& c, KnownArticle&) { c.article.url += "/moved"; },
            Kind::unchanged, kSame),
        by_key(
            "edited", [](Candidate&, KnownArticle& k) { rewritten(k); }, Kind::revised, kRevised),
        by_key(
            "retitled and edited",
            [](Candidate& c, KnownArticle& k) {
                rewritten(k);
                c.article.title = "Parliament votes on the budget";
            },
            Kind::revised, kRevised),
        by_key(
            "retitled, edited and moved, of the same date",
            [](Candidate& c, KnownArticle& k) {
                rewritten(k);
                c.article.title = "Parliament votes on the budget";
                c.article.url = "https://example.org/budget";
            },
            Kind::revised, kRevised),
        by_key(
            "the same, undated",
            [](Candidate& c, KnownArticle& k) {
                rewritten(k);
                c.article.title = "Parliament votes on the budget";
                c.article.url = "https://example.org/budget";
                c.article.published_at.reset();
            },
            Kind::revised, kRevised),
        by_key(
            "edited, moved and redated under the same title",
            [](Candidate& c, KnownArticle& k) {
                rewritten(k);
                c.article.url = "https://example.org/storm-2";
                c.article.published_at = kDate + days{1};
            },
            Kind::revised, kRevised),
        by_key(
            "today's text at the home page, which is its guid",
            [](Candidate& c, KnownArticle& k) {
                rewritten(k);
                c.key = "guid:https://example.org";
                c.guid = "https://example.org";
                c.article.url = k.url = c.article.link = "https://example.org/";
                c.url_identifies = false;
                c.article.published_at = kDate + days{1};
            },
            Kind::added, "new: its guid stood for another document before"),
        by_key(
            "the same, edited on the same day",
            [](Candidate& c, KnownArticle& k) {
                rewritten(k);
                c.key = "guid:https://example.org";
                c.guid = "https://example.org";
                c.article.url = k.url = c.article.link = "https://example.org/";
                c.url_identifies = false;
            },
            Kind::revised, kRevised),
        by_key(
            "edited, the words being another feed's",
            [](Candidate&, KnownArticle& k) {
                rewritten(k);
                k.from_this_feed = false;
            },
            Kind::unchanged, "same item; the words of the feed that was first stand"),
        by_key(
            "a link as key, everything else new",
            [](Candidate& c, KnownArticle& k) {
                rewritten(k);
                c.key = "url:https://example.org/storm";
                c.article.title = "Parliament votes on the budget";
                c.article.published_at = kDate + days{1};
            },
            Kind::revised, kRevised)));

// "item-1" is whatever comes first: the key stood for a storm, now it stands for the budget.
void reuse_key(Candidate& candidate, Evidence& evidence) {
    candidate.article.title = "Parliament votes on the budget";
    candidate.article.url = "https://example.org/budget";
    candidate.article.published_at = kDate + days{1};
    evidence.by_key = with(stored(), [](KnownArticle& k) {
        k.id = 99;
        rewritten(k);
    });
}

INSTANTIATE_TEST_SUITE_P(KeyReused, Judged,
                         ::testing::Values(Row{"for a new document", reuse_key, Kind::added, false,
                                               "new: its guid stood for another document before"},
                                           Row{"for one that stood under another key",
                                               [](Candidate& c, Evidence& e) {
                                                   reuse_key(c, e);
                                                   e.by_url = with(stored(), [](KnownArticle& k) {
                                                       k.title = "Parliament votes on the budget";
                                                       k.url = "https://example.org/budget";
                                                   });
                                               },
                                               Kind::sighted, false,
                                               "same address under another key"},
                                           Row{"but its link says nothing: kept",
                                               [](Candidate& c, Evidence& e) {
                                                   reuse_key(c, e);
                                                   c.url_identifies = false;
                                                   e.by_key->id = 7;
                                               },
                                               Kind::revised, false, kRevised}));

INSTANTIATE_TEST_SUITE_P(
    KnownByUrl, Judged,
    ::testing::Values(Row{"another feed's, same content",
                          [](Candidate&, Evidence& e) {
                              e.by_url =
                                  with(stored(), [](KnownArticle& k) { k.from_this_feed = false; });
                          },
                          Kind::sighted, false, "same address"},
                      Row{"another feed's, shortened there",
                          [](Candidate&, Evidence& e) {
                              e.by_url = with(stored(), [](KnownArticle& k) {
                                  k.from_this_feed = false;
                                  rewritten(k);
                              });
                          },
                          Kind::sighted, false, "same address"},
                      Row{"another feed's, under a title of one's own",
                          [](Candidate& c, Evidence& e) {
                              c.article.title = "Worth reading";
                              e.by_url = with(stored(), [](KnownArticle& k) {
                                  k.from_this_feed = false;
                                  rewritten(k);
                              });
                          },
                          Kind::sighted, false, "same address"},
                      Row{"this feed's, the guid is new",
                          [](Candidate&, Evidence& e) { e.by_url = stored(); }, Kind::sighted,
                          false, "same address under another key"},
                      Row{"this feed's, the guid is new and the text edited",
                          [](Candidate&, Evidence& e) { e.by_url = with(stored(), rewritten); },
                          Kind::sighted, true, "same address under another key, new content"},
                      Row{"this feed's, guid, title and text are new, the date is not",
                          [](Candidate& c, Evidence& e) {
                              c.article.title = "Parliament votes on the budget";
                              e.by_url = with(stored(), rewritten);
                          },
                          Kind::sighted, true, "same address under another key, new content"},
                      Row{"this feed's, versions counted in the guid",
                          [](Candidate& c, Evidence& e) {
                              c.guid = "https://example.org/storm#2";
                              c.article.title = "Three dead on the shore";
                              c.article.published_at = kDate + days{1};
                              e.by_url = with(stored(), rewritten);
                          },
                          Kind::sighted, true, "same address under another key, new content"},
                      Row{"this feed's, without guids",
                          [](Candidate& c, Evidence& e) {
                              c.key = "url:https://example.org/storm?from=feed";
                              c.article.title = "Three dead on the shore";
                              c.article.published_at = kDate + days{1};
                              e.by_url = with(stored(), rewritten);
                          },
                          Kind::sighted, true, "same address under another key, new content"},
                      Row{"this feed's, without titles",
                          [](Candidate& c, Evidence& e) {
                              c.article.title.clear();
                              c.article.published_at = kDate + days{1};
                              e.by_url = with(stored(), rewritten);
                          },
                          Kind::sighted, true, "same address under another key, new content"}));

INSTANTIATE_TEST_SUITE_P(
    UrlThatDoesNotCount, Judged,
    ::testing::Values(Row{"shared by several items, or the home page",
                          [](Candidate& c, Evidence& e) {
                              c.url_identifies = false;
                              e.by_url = stored();
                          },
                          Kind::added, false, "new"},
                      Row{"of an article that stands beside it",
                          [](Candidate&, Evidence& e) {
                              e.by_url =
                                  with(stored(), [](KnownArticle& k) { k.held_by_sibling = true; });
                          },
                          Kind::added, false, "new"},
                      Row{"used again for this week's menu",
                          [](Candidate& c, Evidence& e) {
                              c.article.title = "Menu: grilled fish with rice";
                              c.article.published_at = kDate + days{7};
                              e.by_url = with(stored(), [](KnownArticle& k) {
                                  rewritten(k);
                                  k.title = "Menu: lentil soup, apple pie";
                              });
                          },
                          Kind::added, false, "new: its address stood for another document before"},
                      Row{"the same, undated",
                          [](Candidate& c, Evidence& e) {
                              c.article.title = "Parliament votes on the budget";
                              c.article.published_at.reset();
                              e.by_url = with(stored(), rewritten);
                          },
                          Kind::added, false,
                          "new: its address stood for another document before"}));

// The same text at another address.
Row by_text(std::string name, const std::function<void(Candidate&, KnownArticle&)>& change,
            bool sighted) {
    return {std::move(name),
            [change](Candidate& candidate, Evidence& evidence) {
                evidence.by_text = stored();
                evidence.by_text->from_this_feed = false;
                evidence.by_text->url = "https://other.example/news/1";
                change(candidate, *evidence.by_text);
            },
            sighted ? Kind::sighted : Kind::added, false, sighted ? "same text" : "new"};
}

INSTANTIATE_TEST_SUITE_P(
    KnownByText, Judged,
    ::testing::Values(
        by_text(
            "on another site", [](Candidate&, KnownArticle&) {}, true),
        by_text(
            "under a longer headline, a day later",
            [](Candidate& c, KnownArticle&) {
                c.article.title = "Storm hits the coast - The Daily News";
                c.article.published_at = kDate + days{1};
            },
            true),
        by_text(
            "undated there", [](Candidate&, KnownArticle& k) { k.published_at.reset(); }, true),
        by_text(
            "without a title there", [](Candidate&, KnownArticle& k) { k.title.clear(); }, true),
        by_text(
            "in this feed, the site having moved",
            [](Candidate&, KnownArticle& k) { k.from_this_feed = true; }, true),
        by_text(
            "though its link says nothing",
            [](Candidate& c, KnownArticle&) { c.url_identifies = false; }, true)));

INSTANTIATE_TEST_SUITE_P(
    TextThatDoesNotCount, Judged,
    ::testing::Values(
        by_text(
            "of an article that stands beside it",
            [](Candidate&, KnownArticle& k) { k.held_by_sibling = true; }, false),
        by_text(
            "a plea to subscribe, under another headline",
            [](Candidate& c, KnownArticle&) { c.article.title = "Parliament votes on the budget"; },
            false),
        by_text(
            "a plea to subscribe, within the feed",
            [](Candidate& c, KnownArticle& k) {
                k.from_this_feed = true;
                c.article.title = "Storm hits the coast again";
            },
            false),
        by_text(
            "another number of a series",
            [](Candidate& c, KnownArticle& k) {
                c.article.title = "Open thread 46";
                k.title = "Open thread 45";
            },
            false),
        by_text(
            "the same headline weeks later",
            [](Candidate& c, KnownArticle&) { c.article.published_at = kDate + days{21}; }, false),
        by_text(
            "this week's thread, opened with the same words",
            [](Candidate& c, KnownArticle& k) {
                k.from_this_feed = true;
                c.article.published_at = kDate + days{7};
            },
            false)));

// The same long text below a headline with the site's name behind it, at another address.
Row by_long_text(std::string name,
                 const std::function<void(Candidate&, Evidence&, KnownArticle&)>& change,
                 bool sighted) {
    return {std::move(name),
            [change](Candidate& candidate, Evidence& evidence) {
                candidate.article.title = "Storm hits the coast - The Daily News";
                evidence.at = kDate;
                evidence.by_long_text = stored();
                evidence.by_long_text->from_this_feed = false;
                evidence.by_long_text->url = "https://other.example/news/1";
                change(candidate, evidence, *evidence.by_long_text);
            },
            sighted ? Kind::sighted : Kind::added, false,
            sighted ? "same long text, a longer title" : "new"};
}

void undated(Candidate& candidate, KnownArticle& known) {
    candidate.article.published_at.reset();
    known.published_at.reset();
}

INSTANTIATE_TEST_SUITE_P(
    KnownByLongText, Judged,
    ::testing::Values(
        by_long_text(
            "on another site", [](Candidate&, Evidence&, KnownArticle&) {}, true),
        by_long_text(
            "days later",
            [](Candidate& c, Evidence&, KnownArticle&) {
                c.article.published_at = kDate + days{3};
            },
            true),
        by_long_text(
            "without a title",
            [](Candidate& c, Evidence&, KnownArticle&) { c.article.title.clear(); }, true),
        by_long_text(
            "undated, seen days ago",
            [](Candidate& c, Evidence&, KnownArticle& k) {
                undated(c, k);
                k.first_seen_at = kDate - days{3};
            },
            true),
        by_long_text(
            "in this feed, of the same date",
            [](Candidate&, Evidence&, KnownArticle& k) {
                k.from_this_feed = k.in_this_feed = true;
            },
            true),
        by_long_text(
            "undated, seen weeks ago",
            [](Candidate& c, Evidence&, KnownArticle& k) {
                undated(c, k);
                k.first_seen_at = kDate - days{21};
            },
            false),
        by_long_text(
            "weeks later",
            [](Candidate& c, Evidence&, KnownArticle&) {
                c.article.published_at = kDate + days{21};
            },
            false),
        by_long_text(
            "a wall that stands under many headlines",
            [](Candidate&, Evidence& e, KnownArticle&) { e.long_text_repeats = true; }, false),
        by_long_text(
            "of an article that stands beside it",
            [](Candidate&, Evidence&, KnownArticle& k) { k.held_by_sibling = true; }, false),
        by_long_text(
            "in this feed, on the next day",
            [](Candidate& c, Evidence&, KnownArticle& k) {
                k.from_this_feed = k.in_this_feed = true;
                c.article.published_at = kDate + days{1};
            },
            false),
        by_long_text(
            "in this feed too, on the next day",
            [](Candidate& c, Evidence&, KnownArticle& k) {
                k.in_this_feed = true;
                c.article.published_at = kDate + days{1};
            },
            false),
        by_long_text(
            "in this feed, undated",
            [](Candidate& c, Evidence&, KnownArticle& k) {
                undated(c, k);
                k.in_this_feed = true;
            },
            false),
        by_long_text(
            "under a headline of its own",
            [](Candidate& c, Evidence&, KnownArticle&) {
                c.article.title = "Thousands without power after the night";
            },
            false),
        by_long_text(
            "under a headline with a word more",
            [](Candidate& c, Evidence&, KnownArticle&) {
                c.article.title = "Storm hits the coast again";
            },
            true),
        by_long_text(
            "under a headline that was worded otherwise",
            [](Candidate& c, Evidence&, KnownArticle&) {
                c.article.title = "A storm hits our coast";
            },
            false),
        by_long_text(
            "of a column",
            [](Candidate& c, Evidence&, KnownArticle& k) {
                c.article.title = "News of Monday";
                k.title = "News";
            },
            false),
        by_long_text(
            "another number of a series",
            [](Candidate& c, Evidence&, KnownArticle& k) {
                c.article.title = "Open thread 46";
                k.title = "Open thread 45";
            },
            false)));

INSTANTIATE_TEST_SUITE_P(New, Judged,
                         ::testing::Values(Row{"nothing is known", [](Candidate&, Evidence&) {},
                                               Kind::added, false, "new"}));

TEST(Judge, PrefersTheKeyToTheUrlAndTheUrlToTheText) {
    const auto numbered = [](ArticleId id) {
        return with(stored(), [id](KnownArticle& k) { k.id = id; });
    };
    EXPECT_EQ(judge(item(), {.by_key = numbered(1), .by_url = numbered(2), .by_text = numbered(3)})
                  .article,
              1);
    EXPECT_EQ(judge(item(), {.by_url = numbered(2), .by_text = numbered(3)}).article, 2);
    EXPECT_EQ(judge(item(), {.by_text = numbered(3)}).article, 3);
}

}  // namespace
}  // namespace feedd
