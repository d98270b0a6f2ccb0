// What becomes of a stored article when its documents are read again.
#include "dedup/rebuild.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd::test {
namespace {

const Time kDay = std::chrono::sys_days{std::chrono::year{2025} / 4 / 8};

Article article() {
    return {.url = "https://a.example/1",
            .link = "https://a.example/1?x",
            .title = "Title",
            .summary_html = "<p>s</p>",
            .content_html = "<p>c</p>",
            .content_text = "c",
            .language = "en",
            .authors = {{.name = "Ada", .email = "a@a.example", .url = {}}},
            .published_at = kDay,
            .updated_at = kDay,
            .content_hash = "1"};
}

TEST(Rebuilding, TakesWhatTheDocumentsCanTellOf) {
    struct Case {
        const char* name;
        void (*edit)(Article&);
        Coverage coverage;
        std::vector<std::string> fields;
        bool revises;
    };
    constexpr Coverage kAll{.words = true, .first = true};
    constexpr Coverage kLater{};
    const Case cases[] = {
        {"the same", [](Article&) {}, kAll, {}, false},
        {"a title", [](Article& a) { a.title = "T", a.content_hash = "2"; }, kAll, {"title"}, true},
        {"other words of a later document",
         [](Article& a) { a.content_text = "d", a.content_hash = "2"; },
         kLater,
         {},
         false},
        {"HTML", [](Article& a) { a.content_html = "<b>c</b>"; }, kAll, {"content_html"}, true},
        {"HTML of a later document",
         [](Article& a) { a.content_html = "<b>c</b>"; },
         kLater,
         {},
         false},
        {"an address", [](Article& a) { a.url = "https://b.example/"; }, kAll, {"url"}, false},
        {"a date",
         [](Article& a) { a.published_at = kDay + Seconds{1}; },
         kAll,
         {"published_at"},
         false},
        {"no date", [](Article& a) { a.published_at.reset(); }, kAll, {"published_at"}, false},
        {"a date of a later document",
         [](Article& a) { a.published_at = kDay + Seconds{1}; },
         {.words = true},
         {},
         false},
        {"no update in a later document",
         [](Article& a) { a.updated_at.reset(); },
         kLater,
         {},
         false},
        {"a later update",
         [](Article& a) { a.updated_at = kDay + Seconds{1}; },
         kLater,
         {"updated_at"},
         false},
        {"people", [](Article& a) { a.authors[0].email.clear(); }, kLater, {"authors"}, false},
        {"a length",
         [](Article& a) { a.enclosures = {{.url = "u", .length = 3}}; },
         kLater,
         {"enclosures"},
         false},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        Article read = article();
        each.edit(read);
        const Rebuilding become = rebuilding(article(), read, each.coverage);
        std::vector<std::string> fields;
        for (const FieldChange& change : become.changes) {
            fields.emplace_back(change.field);
            EXPECT_NE(change.before, change.after);
        }
        EXPECT_EQ(fields, each.fields);
        EXPECT_EQ(become.revises, each.revises);
        // Once taken over, nothing is left to change.
        EXPECT_THAT(rebuilding(become.article, read, each.coverage).changes, testing::IsEmpty());
    }
}

}  // namespace
}  // namespace feedd::test
