#include "dedup/edit.h"

#include <ostream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "dedup/settled.h"

namespace feedd {
namespace {

struct Row {
    const char* name;
    std::string before;
    std::string now;
};
void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

bool edited(const Row& row) {
    return is_edit({.title = "Storm", .text = row.before}, {.title = "Storm", .text = row.now});
}

class Noise : public ::testing::TestWithParam<Row> {};
TEST_P(Noise, IsNoEdit) {
    EXPECT_FALSE(edited(GetParam())) << settled(GetParam().before) << "\n"
                                     << settled(GetParam().now);
}

INSTANTIATE_TEST_SUITE_P(
    Settled, Noise,
    ::testing::Values(
        Row{"white space", "A storm.\n\nIt rained.", "A  storm. It rained.\n"},
        Row{"no-break spaces", "10 km", "10\u00A0km"},
        Row{"quotes", "It\u2019s \u201Cover\u201D", "It's \"over\""},
        Row{"dashes and dots", "now \u2013 or never\u2026", "now - or never..."},
        Row{"a soft hyphen", "hurri\u00ADcane", "hurricane"},
        Row{"comments", "A storm.\n12 comments", "A storm.\n13 comments"},
        Row{"comments in brackets", "A storm. Comments (12)", "A storm. Comments (1,302)"},
        Row{"the first comments", "A storm.\n1 comment", "A storm.\n2 comments"},
        Row{"the first comments in German", "Ein Sturm. 1 Kommentar", "Ein Sturm. 2 Kommentare"},
        Row{"its age in another unit", "A storm, 59 minutes ago", "A storm, 1 hour ago"},
        Row{"its age in French, in another unit", "Orage, il y a 5 minutes",
            "Orage, il y a 1 heure"},
        Row{"views", "A storm, viewed 3,042 times", "A storm, viewed 3,107 times"},
        Row{"thousands of likes", "A storm.\n1.2k likes", "A storm.\n1.3K likes"},
        Row{"points of a link", "Article URL. Points: 17 # Comments: 4",
            "Article URL. Points: 230 # Comments: 96"},
        Row{"points of a line of them", "A storm.\n17 points by ann", "A storm.\n19 points by ann"},
        Row{"its age, in French", "Une tempête, il y a 5 minutes", "Une tempête, il y a 8 minutes"},
        Row{"German", "Ein Sturm. 3 Kommentare", "Ein Sturm. 4 Kommentare"},
        Row{"French", "Une tempête. 1 204 vues", "Une tempête. 1 207 vues"},
        Row{"Russian", "Буря. 12 комментариев", "Буря. 14 комментариев"},
        Row{"Chinese", "暴风雨。12条评论 阅读 300", "暴风雨。15条评论 阅读 321"},
        Row{"Japanese", "嵐です。コメント12件", "嵐です。コメント15件"},
        Row{"Korean", "폭풍. 댓글 3 조회수 1200", "폭풍. 댓글 4 조회수 1300"},
        Row{"its age", "A storm. Posted 5 minutes ago", "A storm. Posted 12 minutes ago"},
        Row{"its age, in German", "Ein Sturm. Vor 5 Minuten", "Ein Sturm. Vor 7 Minuten"},
        Row{"its age, in Chinese", "暴风雨 5分钟前", "暴风雨 9分钟前"},
        Row{"when it was made", "A storm.\nLast updated: 8 April 2025, 10:32",
            "A storm.\nLast updated: 9 April 2025, 07:01"},
        Row{"how long that took", "A storm. Page generated in 0.035 seconds",
            "A storm. Page generated in 0.211 seconds"},
        Row{"when, in Japanese", "嵐です。\n最終更新 10:32", "嵐です。\n最終更新 11:07"},
        Row{"an advertisement", "A storm.\nAdvertisement: Buy a boat!\nIt rained.",
            "A storm.\nAdvertisement: Fly to Rome!\nIt rained."},
        Row{"an advertisement below its label", "A storm.\nSponsored\nBuy a boat!\nIt rained.",
            "A storm.\nSponsored\nFly to Rome!\nIt rained."},
        Row{"an advertisement that went", "Ein Sturm.\nAnzeige\nBoote!", "Ein Sturm."}));

class Edits : public ::testing::TestWithParam<Row> {};
TEST_P(Edits, AreNotTakenForNoise) {
    EXPECT_TRUE(edited(GetParam())) << settled(GetParam().before);
}

INSTANTIATE_TEST_SUITE_P(
    Settled, Edits,
    ::testing::Values(
        Row{"a word", "A storm hit the coast", "A storm hit the shore"},
        Row{"a toll", "12 people died", "15 people died"},
        Row{"a score", "Leeds 1 Hull 0", "Leeds 1 Hull 1"},
        Row{"votes", "The bill passed with 51 votes", "The bill passed with 52 votes"},
        Row{"points of an index", "The index fell by 300 points", "The index fell by 400 points"},
        Row{"a walk", "It is a 5 minutes walk", "It is a 9 minutes walk"},
        Row{"a price", "It costs 12 euros", "It costs 15 euros"},
        Row{"a time", "Kick-off is at 12:00", "Kick-off is at 13:00"},
        Row{"a number of days", "Closed for 5 days", "Closed for 9 days"},
        Row{"capital letters", "the pope", "the Pope"},
        Row{"punctuation", "Let us eat, Grandma", "Let us eat Grandma"},
        Row{"an update in words", "A storm.", "A storm.\nUpdated with words of the mayor"},
        Row{"an update with a toll", "Updated figures: 3 people are dead",
            "Updated figures: 412 people are dead, 2000 missing"},
        Row{"a toll of thousands", "Updated: 412 people are dead, 2000 missing",
            "Updated: 412 people are dead, 3000 missing"},
        Row{"news of advertising", "Advertising revenue fell by half",
            "Advertising revenue rose by half"},
        Row{"news of sponsors", "Sponsored by 12 firms in May", "Sponsored by 15 firms in May"},
        Row{"Chinese", "东京昨天下雨", "东京今天下雨"},
        Row{"what follows an advertisement", "Advertisement\nBoats\nA storm.",
            "Advertisement\nBoats\nA flood."}));

TEST(IsEdit, TakesTheNumbersOfAHeadlineForNews) {
    const std::pair<const char*, const char*> rows[] = {
        {"Updated: earthquake kills 3 in Lima", "Updated: earthquake kills 300 in Lima"},
        {"Generated 3 MW", "Generated 5 MW"},
        {"Advertising - up 3 percent", "Advertising - down 5 percent"},
        {"Sponsored: kids 5", "Sponsored: kids race 7"},
        {"5 votes decide race", "7 votes decide race"},
        {"3 points for Arsenal", "1 points for Arsenal"},
        {"Mayor dies 3 days ago", "Mayor dies 5 days ago"}};
    for (const auto& [before, now] : rows)
        EXPECT_TRUE(is_edit({.title = before, .text = "x"}, {.title = now, .text = "x"})) << before;
    EXPECT_FALSE(is_edit({.title = "Storm [1 comment]", .text = "x"},
                         {.title = "Storm [2 comments]", .text = "x"}));
}

TEST(IsEdit, LooksAtTheTitleToo) {
    EXPECT_TRUE(is_edit({.title = "Storm", .text = "x"}, {.title = "Flood", .text = "x"}));
    EXPECT_FALSE(is_edit({.title = "Storm (12 comments)", .text = "x"},
                         {.title = "Storm (13 comments)", .text = "x"}));
}

// An article that has been revised, the last time an hour ago.
const Time kNow = *parse_utc("2025-04-08T10:00:00Z");
KnownArticle known(const std::string& text) {
    KnownArticle article;
    article.title = "Storm";
    article.content_text = text;
    article.revisions = 2;
    article.revised_at = kNow - std::chrono::hours{1};
    return article;
}

EditVerdict verdict(const KnownArticle& article, const std::string& now, Time at = kNow) {
    return edit_verdict(article, {.title = "Storm", .text = now}, at);
}

TEST(EditVerdict, DampsWhatGoesToAndFro) {
    KnownArticle article = known("B");
    article.said_this_before = true;
    EXPECT_EQ(verdict(article, "A"), EditVerdict::edit) << "A, B, A: taken back";
    article.says_again = true;
    EXPECT_EQ(verdict(article, "A"), EditVerdict::restless) << "A, B, A, B, A";
    EXPECT_EQ(verdict(article, "C"), EditVerdict::restless);
    article.said_this_before = false;
    EXPECT_EQ(verdict(article, "C"), EditVerdict::edit) << "something else at last";
    article.said_this_before = true;
    EXPECT_EQ(verdict(article, "A", kNow + std::chrono::hours{24}), EditVerdict::edit)
        << "what stays for a day is believed";
}

TEST(EditVerdict, DampsWhatChangesAtOnePlaceAgainAndAgain) {
    const std::string story =
        "A storm has hit the coast and flooded three villages below the dam, the mayor said. ";
    const std::string end = " People were brought to schools and churches until the water falls.";
    KnownArticle article = known(story + "Fly to Rome!" + end);
    article.past = {{.title = "Storm", .text = story + "Buy a boat!" + end},
                    {.title = "Storm", .text = story + "Eat more fish!" + end}};
    EXPECT_EQ(verdict(article, story + "Sleep well!" + end), EditVerdict::restless);
    EXPECT_EQ(verdict(article, story + "Sleep well!" + end, kNow + std::chrono::hours{6}),
              EditVerdict::edit);
    EXPECT_EQ(verdict(article, "The dam has burst. " + story + "Sleep well!" + end),
              EditVerdict::edit)
        << "and somewhere else, too";
    article.past.pop_back();
    EXPECT_EQ(verdict(article, story + "Sleep well!" + end), EditVerdict::edit)
        << "two edits of one sentence are nothing unusual";
}

TEST(EditVerdict, LetsALongStoryGrow) {
    const std::string begin = "12:10 A storm is coming, the mayor said, and there is no wind yet.";
    KnownArticle article = known("12:30 Third.\n12:20 Second.\n" + begin);
    article.past = {{.title = "Storm", .text = "12:20 Second.\n" + begin},
                    {.title = "Storm", .text = begin}};
    EXPECT_EQ(verdict(article, "12:40 Fourth.\n" + article.content_text), EditVerdict::edit);
}

TEST(EditVerdict, SlowsDownAfterMany) {
    KnownArticle article = known("A");
    article.revisions = 24;
    article.revised_at = kNow - std::chrono::minutes{10};
    EXPECT_EQ(verdict(article, "B"), EditVerdict::restless);
    EXPECT_EQ(verdict(article, "B", kNow + std::chrono::hours{1}), EditVerdict::edit);
    EXPECT_EQ(verdict(article, " A "), EditVerdict::noise);
}

}  // namespace
}  // namespace feedd
