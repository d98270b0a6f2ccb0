// 'feedd tail': the change log as its consumers get it, and their cursors.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "dedup/judge.h"
#include "store/open.h"
#include "support/feed_maker.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kUsage = 64;
constexpr int kIo = 74;

std::vector<MadeItem> items(int count, const std::string& text) {
    std::vector<MadeItem> made;
    for (int i = 1; i <= count; ++i) {
        const std::string id = std::to_string(i);
        made.push_back({.guid = id,
                        .link = "http://news.example/" + id,
                        .title = "Title " + id,
                        .text = text + " " + id,
                        .byline = "Ann Lee",
                        .date = "2025-04-01T01:02:03Z",
                        .enclosure = "http://news.example/" + id + ".mp3"});
    }
    return made;
}

std::vector<nlohmann::json> lines_of(const std::string& out) {
    std::vector<nlohmann::json> lines;
    std::istringstream stream(out);
    // A killed program may leave a line without its end.
    for (std::string line; std::getline(stream, line) && !stream.eof();)
        lines.push_back(nlohmann::json::parse(line));
    return lines;
}

std::vector<std::int64_t> seqs_of(const std::string& out) {
    std::vector<std::int64_t> seqs;
    for (const auto& line : lines_of(out))
        seqs.push_back(line.at("seq"));
    return seqs;
}

class Tail : public ::testing::Test {
  protected:
    Tail() { directory_.write("feeds.yaml", "feeds:\n  - url: file:news.xml\n    name: news\n"); }

    void publish(int count, const std::string& text = "Text") {
        directory_.write("news.xml", made_feed(MadeFormat::rss20, "News", "http://news.example/",
                                               items(count, text)));
        const Finished once = feedd({"once", "--all"});
        ASSERT_EQ(once.exit_code, 0) << once.err;
    }
    Finished feedd(std::vector<std::string> arguments, const std::string& input = {}) {
        return run_program(
            FEEDD_BINARY,
            {.arguments = std::move(arguments), .directory = directory_.path(), .input = input});
    }
    std::vector<std::int64_t> seqs(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "tail");
        const Finished tail = feedd(std::move(arguments));
        EXPECT_EQ(tail.exit_code, 0) << tail.err;
        return seqs_of(tail.out);
    }
    [[nodiscard]] Background follow(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"tail", "--follow"});
        return {FEEDD_BINARY, {.arguments = std::move(arguments), .directory = directory_.path()}};
    }
    Finished shell(const std::string& script) {
        return run_program("/bin/sh", {.arguments = {"-c", script},
                                       .directory = directory_.path(),
                                       .environment = {{"FEEDD", FEEDD_BINARY}}});
    }

    TempDir directory_;
};

TEST_F(Tail, LeavesOutWhatWasOldWhenItCame) {
    publish(2);
    publish(3);
    const auto lines = lines_of(feedd({"tail"}).out);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].at("backfill"), true) << "the first poll of the feed";
    EXPECT_EQ(lines[2].at("backfill"), false);
    EXPECT_THAT(seqs({"--no-backfill"}), ElementsAre(3));
    EXPECT_THAT(seqs({"--no-backfill", "--consumer", "news"}), ElementsAre(3));
    publish(3, "Another text");
    EXPECT_THAT(seqs({"--no-backfill", "--consumer", "news"}), ElementsAre(4, 5, 6));
}

TEST_F(Tail, ALineHasTheWholeArticle) {
    publish(1);
    const auto lines = lines_of(feedd({"tail"}).out);
    ASSERT_EQ(lines.size(), 1U);
    const auto& line = lines.front();
    EXPECT_EQ(line.at("seq"), 1);
    EXPECT_EQ(line.at("kind"), "new");
    EXPECT_EQ(line.at("feed"), "news");
    const auto& article = line.at("article");
    EXPECT_EQ(article.at("id"), line.at("article_id"));
    EXPECT_EQ(article.at("feeds"), nlohmann::json({"news"}));
    EXPECT_EQ(article.at("url"), "http://news.example/1");
    EXPECT_EQ(article.at("title"), "Title 1");
    EXPECT_EQ(article.at("content_text"), "Text 1");
    EXPECT_EQ(article.at("published_at"), "2025-04-01T01:02:03Z");
    EXPECT_TRUE(article.at("story_id").is_null());
    EXPECT_EQ(article.at("authors").at(0).at("name"), "Ann Lee");
    EXPECT_EQ(article.at("enclosures").at(0).at("url"), "http://news.example/1.mp3");
}

TEST_F(Tail, BeginsWhereItIsTold) {
    publish(3);
    EXPECT_THAT(seqs({}), ElementsAre(1, 2, 3));
    EXPECT_THAT(seqs({"--from", "2"}), ElementsAre(2, 3));
    EXPECT_THAT(seqs({"--after", "2"}), ElementsAre(3));
    EXPECT_THAT(seqs({"--from", "4"}), IsEmpty());
}

TEST_F(Tail, TwoCannotReadAsOneConsumer) {
    publish(2);
    Background first = follow({"--consumer", "index"});
    ASSERT_TRUE(first.wait_for_output("\"seq\":2"));
    const std::string pid = std::to_string(first.pid());
    for (const std::vector<std::string>& second :
         {std::vector<std::string>{"tail", "--consumer", "index"},
          {"tail", "--consumer", "index", "--follow", "--ack", "stdin"},
          {"tail", "--consumer", "index", "--ack", "0"},
          {"tail", "--consumer", "index", "--forget"}}) {
        const Finished refused = feedd(second);
        EXPECT_EQ(refused.exit_code, kIo);
        EXPECT_EQ(refused.out, "");
        EXPECT_THAT(refused.err,
                    HasSubstr("another feedd (pid " + pid + ") is reading as consumer 'index'"));
    }
    EXPECT_THAT(seqs({"--consumer", "other"}), ElementsAre(1, 2)) << "each name has its own";
    EXPECT_THAT(seqs({}), ElementsAre(1, 2));
    first.signal(SIGKILL);
    (void)first.wait();
    EXPECT_THAT(seqs({"--consumer", "index", "--from", "2"}), ElementsAre(2)) << "it is free again";
}

TEST_F(Tail, AConsumerGoesOnWhereItStopped) {
    publish(2);
    EXPECT_THAT(seqs({"--consumer", "index"}), ElementsAre(1, 2));
    EXPECT_THAT(seqs({"--consumer", "index"}), IsEmpty());
    publish(3);
    EXPECT_THAT(seqs({"--consumer", "index"}), ElementsAre(3));
    EXPECT_THAT(seqs({"--consumer", "another"}), ElementsAre(1, 2, 3));
    EXPECT_THAT(seqs({"--consumer", "index", "--from", "3"}), ElementsAre(3));
    EXPECT_THAT(feedd({"tail", "--consumers"}).out, HasSubstr("another     3       0"));
    const auto listed =
        nlohmann::json::parse(feedd({"tail", "--consumers", "--format", "json"}).out);
    EXPECT_EQ(listed.at(0).at("name"), "another");
    EXPECT_EQ(listed.at(0).at("seq"), 3);
    EXPECT_EQ(listed.at(0).at("behind"), 0);
}

TEST_F(Tail, ACursorIsSetAndForgottenByHand) {
    publish(3);
    EXPECT_EQ(feedd({"tail", "--consumer", "index", "--ack", "2"}).exit_code, 0);
    EXPECT_THAT(seqs({"--consumer", "index"}), ElementsAre(3));
    EXPECT_EQ(feedd({"tail", "--consumer", "index", "--ack", "4"}).exit_code, kUsage);
    EXPECT_EQ(feedd({"tail", "--consumer", "index", "--forget"}).exit_code, 0);
    EXPECT_THAT(seqs({"--consumer", "index"}), ElementsAre(1, 2, 3));
    EXPECT_EQ(feedd({"tail", "--consumer", "nobody", "--forget"}).exit_code, kUsage);
}

TEST_F(Tail, WhatComesBackOnStandardInputIsAcknowledged) {
    publish(3);
    const Finished tail = feedd({"tail", "--consumer", "index", "--ack", "stdin"}, "1\n2\n");
    EXPECT_EQ(tail.exit_code, 0) << tail.err;
    EXPECT_THAT(seqs_of(tail.out), ElementsAre(1, 2, 3));
    EXPECT_THAT(seqs({"--consumer", "index"}), ElementsAre(3));
    for (const char* wrong : {"9\n", "two\n"}) {
        EXPECT_EQ(feedd({"tail", "--consumer", "x", "--ack", "stdin"}, wrong).exit_code, kUsage)
            << wrong;
    }
}

TEST_F(Tail, NothingIsAcknowledgedThatNobodyTook) {
    publish(3);
    EXPECT_EQ(feedd({"tail", "--consumer", "index", "--ack", "stdin"}).exit_code, 0);
    EXPECT_THAT(seqs({"--consumer", "index"}), ElementsAre(1, 2, 3));
}

TEST_F(Tail, FollowsWhatIsCommittedAndOutlivesTheDaemon) {
    publish(1);
    Background tail = follow({});
    ASSERT_TRUE(tail.wait_for_output("\"seq\":1,"));
    publish(2);
    ASSERT_TRUE(tail.wait_for_output("\"seq\":2,"));
    publish(2, "Another text");  // each `once` is a daemon that started and stopped
    ASSERT_TRUE(tail.wait_for_output("\"seq\":4,"));
    tail.signal(SIGTERM);
    EXPECT_THAT(seqs_of(tail.wait().out), ElementsAre(1, 2, 3, 4));
}

// The first of several: on a busy machine the others may have waited for a processor.
TEST_F(Tail, WakesWithinATenthOfASecond) {
    using Clock = std::chrono::steady_clock;
    publish(1);
    const Background tail = follow({});
    ASSERT_TRUE(tail.wait_for_output("\"seq\":1,"));
    auto writer = open_writer(directory_.path("feedd.db"));
    ASSERT_TRUE(writer) << message(writer.error());
    const FeedState feed = (*open_reader(directory_.path("feedd.db")))->feeds({})->front().state;
    std::vector<Clock::duration> waits;
    for (int seq = 2; seq < 9; ++seq) {
        PollOutcome outcome{.feed = feed.id, .result = PollResult::ok, .state = feed};
        Candidate candidate{.key = "guid:" + std::to_string(seq)};
        candidate.article.url = "http://news.example/late/" + std::to_string(seq);
        candidate.article.title = "Late " + std::to_string(seq);
        outcome.candidates.push_back(std::move(candidate));
        ASSERT_FALSE((*writer)->commit(std::span(&outcome, 1), judge).front().error);
        const Clock::time_point committed = Clock::now();
        ASSERT_TRUE(tail.wait_for_output("\"seq\":" + std::to_string(seq) + ","));
        waits.push_back(Clock::now() - committed);
    }
    std::ranges::sort(waits);
    EXPECT_LT(waits.front(), std::chrono::milliseconds(100));
}

// By itself, also while nothing is committed that it could fail to write.
TEST_F(Tail, EndsWhenItsReaderDoes) {
    publish(2);
    const Finished pipe = shell("{ \"$FEEDD\" tail --follow; echo \"code $?\" >&2; } | head -n 1");
    EXPECT_THAT(seqs_of(pipe.out), ElementsAre(1));
    EXPECT_EQ(pipe.err, "code 0\n");
}

TEST_F(Tail, AStoreThatWasReplacedEndsIt) {
    publish(1);
    Background tail = follow({});
    ASSERT_TRUE(tail.wait_for_output("\"seq\":1,"));
    std::filesystem::copy_file(directory_.path("feedd.db"), directory_.path("copy.db"));
    std::filesystem::rename(directory_.path("copy.db"), directory_.path("feedd.db"));
    const Finished done = tail.wait();
    EXPECT_EQ(done.exit_code, kIo);
    EXPECT_THAT(done.err, HasSubstr("the store was replaced"));
}

TEST_F(Tail, ALogThatEndsBeforeTheCursorIsAnotherStore) {
    publish(1);
    const Finished tail = feedd({"tail", "--after", "7"});
    EXPECT_EQ(tail.exit_code, kIo);
    EXPECT_THAT(tail.err, HasSubstr("the change log ends at 1, before 7"));
}

// Killed anywhere, a consumer has seen everything in order, and twice at most what it had been
// given but not acknowledged.
TEST_F(Tail, AKilledConsumerMissesNothing) {
    constexpr int kItems = 1500;
    constexpr int kKills = 12;
    publish(kItems);
    std::int64_t next = 1;
    for (int round = 0; round < kKills; ++round) {
        Background tail = follow({"--consumer", "index"});
        std::this_thread::sleep_for(std::chrono::milliseconds(10 + std::rand() % 40));
        tail.signal(SIGKILL);
        const auto seen = seqs_of(tail.wait().out);
        for (std::size_t i = 0; i < seen.size(); ++i) {
            ASSERT_LE(seen[i], next) << "a gap";
            if (i > 0) {
                ASSERT_EQ(seen[i], seen[i - 1] + 1);
            }
            next = std::max(next, seen[i] + 1);
        }
    }
    const auto rest = seqs({"--consumer", "index"});
    if (!rest.empty()) {
        EXPECT_LE(rest.front(), next);
        next = std::max(next, rest.back() + 1);
    }
    EXPECT_EQ(next, kItems + 1);
}

}  // namespace
}  // namespace feedd::test
