#include <csignal>
#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/hash.h"
#include "samples.h"

namespace feedd::test {
namespace {

using testing::IsEmpty;

constexpr int kRounds = 10;
constexpr int kFeeds = 8;

// Commits for ever, and says a byte for each commit that is done.
[[noreturn]] void commit_for_ever(const std::string& path, int told) {
    auto writer = open_writer(path);
    if (!writer) ::_exit(1);
    std::vector<FeedSpec> list;
    for (int i = 0; i < kFeeds; ++i)
        list.push_back(spec("https://site.example/" + std::to_string(i), std::to_string(i)));
    const auto feeds = (*writer)->apply_list(list, at(0));
    if (!feeds) ::_exit(1);
    const std::string run = std::to_string(::getpid());
    for (int round = 0;; ++round) {
        std::vector<PollOutcome> batch;
        for (const FeedState& feed : *feeds) {
            const std::string id = run + "-" + std::to_string(round) + "-" + feed.name;
            batch.push_back(
                poll(feed, at(round),
                     {item(id, "text of " + id), item("edited-" + feed.name, "now " + id)}));
        }
        for (const PollReport& report : (*writer)->commit(batch, simple_judge)) {
            if (report.error) ::_exit(1);
        }
        if (::write(told, "x", 1) != 1) ::_exit(1);
    }
}

// The same with documents for the archive, which is pruned all the time, as are the articles.
[[noreturn]] void prune_for_ever(const std::string& path, int told) {
    auto writer = open_writer(path);
    if (!writer) ::_exit(1);
    const auto feeds =
        (*writer)->apply_list(std::vector{spec("https://site.example/", "site")}, at(0));
    const auto reader = open_reader(path);
    if (!feeds || !reader) ::_exit(1);
    const auto last = (*reader)->last_seq();
    RetentionRules rules{.feeds = {}, .others = {.count = 20}, .keep_tags = {}};
    for (int round = static_cast<int>(*last);; ++round) {
        const std::string id = std::to_string(::getpid()) + "-" + std::to_string(round);
        PollOutcome outcome = poll(feeds->front(), at(round), {item(id, "text of " + id)});
        const std::string body(5'000, static_cast<char>('a' + round % 26));
        auto packed = (*reader)->packed(outcome.feed, body + id, digest_of(body + id));
        if (!packed) ::_exit(1);
        outcome.document = ArchiveEntry{.body = *std::move(packed)};
        for (const PollReport& report : (*writer)->commit(std::span(&outcome, 1), simple_judge)) {
            if (report.error) ::_exit(1);
        }
        RetentionPlace place;
        if (!(*writer)->index_articles(10) ||
            !(*writer)->prune_articles(rules, place, 5, at(round)) ||
            !(*writer)->prune_archive({.max_age = std::nullopt, .max_size = 2'000}, 1, at(round))) {
            ::_exit(1);
        }
        if (::write(told, "x", 1) != 1) ::_exit(1);
    }
}

// Kills a process that does `work`, `after` rounds of it, in the midst of whatever it does then.
void kill_at_work(const std::string& path, int after, void (*work)(const std::string&, int)) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::close(ends[0]);
        work(path, ends[1]);
    }
    ::close(ends[1]);
    char byte = 0;
    for (int i = 0; i < after; ++i)
        ASSERT_EQ(::read(ends[0], &byte, 1), 1) << "the committer failed";
    ::usleep(static_cast<useconds_t>(std::rand() % 5000));  // anywhere inside of a commit
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ends[0]);
}

TEST(Crash, LosesNothingThatWasCommittedAndKeepsTheStoreSound) {
    const TempDir directory;
    const std::string path = directory.path("feedd.db");
    std::srand(20250408);
    std::int64_t told = 0;
    for (int round = 0; round < kRounds; ++round) {
        kill_at_work(path, round + 1, commit_for_ever);
        if (HasFatalFailure()) return;
        told += (round + 1) * kFeeds;

        auto reader = open_reader(path);
        ASSERT_TRUE(reader) << message(reader.error());
        const auto findings = check_store(path);
        ASSERT_TRUE(findings) << message(findings.error());
        EXPECT_THAT(*findings, IsEmpty()) << "round " << round;
        const auto stats = (*reader)->stats();
        ASSERT_TRUE(stats);
        EXPECT_GE(stats->polls, told);
        EXPECT_EQ(stats->last_seq, stats->changes);
        // One transaction is one batch: a poll of every feed, or of none.
        EXPECT_EQ(stats->polls % kFeeds, 0);
        // An item a poll, and the edited one of each feed.
        EXPECT_EQ(stats->articles, stats->polls + kFeeds);
    }
}

TEST(Crash, WhilePruningAndArchivingLeavesNothingHalfDone) {
    const TempDir directory;
    const std::string path = directory.path("feedd.db");
    std::srand(20250409);
    for (int round = 0; round < kRounds; ++round) {
        kill_at_work(path, 20 + round, prune_for_ever);
        if (HasFatalFailure()) return;
        const auto findings = check_store(path);
        ASSERT_TRUE(findings) << message(findings.error());
        EXPECT_THAT(*findings, IsEmpty()) << "round " << round;
        auto reader = open_reader(path);
        ASSERT_TRUE(reader) << message(reader.error());
        // Of what was committed everything is there or purged, and said so.
        const auto stats = (*reader)->stats();
        ASSERT_TRUE(stats);
        EXPECT_EQ(stats->last_seq, stats->changes);
        EXPECT_LT(stats->articles, 40);
        EXPECT_GT(stats->documents, 0);
        EXPECT_LT(stats->archive_bytes, 4'000U);
    }
}

}  // namespace
}  // namespace feedd::test
