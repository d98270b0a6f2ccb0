// 'feedd explain': what the store knows of a feed, and of an article.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/feed_maker.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using ::testing::HasSubstr;

constexpr int kUsage = 64;

class Explain : public ::testing::Test {
  protected:
    Explain() {
        directory_.write("feeds.yaml", "feeds:\n  - url: file:news.xml\n    name: news\n");
        publish("The first text");
        publish("The other text");
    }
    void publish(const std::string& text) {
        directory_.write("news.xml", made_feed(MadeFormat::rss20, "News", "http://news.example/",
                                               {{.guid = "a",
                                                 .link = "http://news.example/a",
                                                 .title = "Title",
                                                 .text = text,
                                                 .byline = "Ann Lee",
                                                 .date = "2025-04-01T01:02:03Z",
                                                 .enclosure = "http://news.example/a.mp3"}}));
        ASSERT_EQ(feedd({"once", "--all"}).exit_code, 0);
    }
    Finished feedd(std::vector<std::string> arguments) {
        return run_program(FEEDD_BINARY,
                           {.arguments = std::move(arguments), .directory = directory_.path()});
    }
    TempDir directory_;
};

TEST_F(Explain, TellsWhenAFeedIsPolledAndWhy) {
    const Finished text = feedd({"explain", "news"});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    for (const char* part :
         {"news (News)", "status         active", "next poll      2", ": auto ", "rhythm         ",
          "its document holds 1 items", "1 new", "1 revised"}) {
        EXPECT_THAT(text.out, HasSubstr(part));
    }
    const auto json = nlohmann::json::parse(feedd({"explain", "news", "--format", "json"}).out);
    EXPECT_EQ(json.at("polls").size(), 2U);
    EXPECT_EQ(json.at("polls").at(1).at("new"), 1);
    EXPECT_FALSE(json.at("next_poll_reason").get<std::string>().empty());
    const std::string url = json.at("url");
    EXPECT_EQ(feedd({"explain", url}).exit_code, 0) << "by its URL";
}

TEST_F(Explain, TellsHowAnArticleCameAbout) {
    const Finished text = feedd({"explain", "article", "1"});
    EXPECT_EQ(text.exit_code, 0) << text.err;
    for (const char* part :
         {"article        1: Title", "guid:a", "revision 1", "The [-first-]{+other+} text"})
        EXPECT_THAT(text.out, HasSubstr(part));
    const auto json =
        nlohmann::json::parse(feedd({"explain", "article", "1", "--format", "json"}).out);
    EXPECT_EQ(json.at("content_text"), "The other text");
    EXPECT_EQ(json.at("sightings").at(0).at("feed"), "news");
    EXPECT_EQ(json.at("revisions").at(0).at("content_text"), "The first text");
}

TEST_F(Explain, ListsWhatWasEditedTheLastOneFirst) {
    const Finished table = feedd({"articles", "--revised"});
    EXPECT_EQ(table.exit_code, 0) << table.err;
    EXPECT_THAT(table.out, HasSubstr("REVISED (UTC)"));
    publish("The third text");
    const auto json =
        nlohmann::json::parse(feedd({"articles", "--revised", "--format", "json"}).out);
    ASSERT_EQ(json.size(), 1U) << "once, however often it was edited";
    EXPECT_EQ(json.at(0).at("revisions"), 2);
    EXPECT_EQ(nlohmann::json::parse(
                  feedd({"articles", "--revised", "--until", "2020-01-01", "--format", "json"}).out)
                  .size(),
              0U);
}

TEST_F(Explain, SaysWhatItDoesNotKnow) {
    for (const auto& [arguments, says] :
         {std::pair<std::vector<std::string>, const char*>{{"explain", "nobody"}, "nobody"},
          {{"explain", "article", "99"}, "no article 99"},
          {{"explain", "article", "x"}, "'x' is no article's id"},
          {{"explain", "news", "news"}, "wanted"}}) {
        const Finished wrong = feedd(arguments);
        EXPECT_EQ(wrong.exit_code, kUsage);
        EXPECT_THAT(wrong.err, HasSubstr(says));
    }
}

}  // namespace
}  // namespace feedd::test
