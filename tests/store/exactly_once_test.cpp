// Consumers of the change log and the writer, killed at random moments: each change arrives once,
// in order, and what a consumer makes of them is the store. FEEDD_KILL_ROUNDS: how often (default:
// 40).
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <random>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "samples.h"

namespace feedd::test {
namespace {

constexpr int kFeeds = 4;
constexpr std::size_t kBatch = 16;
constexpr const char* kName = "copy";

int rounds() {
    const char* asked = std::getenv("FEEDD_KILL_ROUNDS");
    return asked == nullptr ? 40 : std::atoi(asked);
}

// New articles, edited ones, articles that others carry, too, and now and then old ones that go.
void write_for_ever(const std::string& path) {
    auto writer = open_writer(path);
    if (!writer) throw std::runtime_error(message(writer.error()));
    std::vector<FeedSpec> list;
    for (int i = 0; i < kFeeds; ++i)
        list.push_back(spec("https://site.example/" + std::to_string(i), std::to_string(i)));
    const auto feeds = (*writer)->apply_list(list, at(0)).value();
    std::mt19937 random(static_cast<unsigned>(::getpid()));
    for (int round = 0;; ++round) {
        std::vector<PollOutcome> batch;
        for (const FeedState& feed : feeds) {
            const std::string any = std::to_string(random() % 500);
            const std::string fresh = std::to_string(random());
            batch.push_back(poll(feed, at(static_cast<int>(random() % 1000)),
                                 {item(any, "text " + fresh), item(fresh, "text of " + fresh)}));
        }
        for (const PollReport& report : (*writer)->commit(batch, simple_judge)) {
            if (report.error) throw std::runtime_error(message(*report.error));
        }
        if (round % 8 != 0) continue;
        const RetentionRules rules{
            .feeds = {}, .others = {.age = Seconds{500 + random() % 500}}, .keep_tags = {}};
        RetentionPlace place;
        if (!(*writer)->prune_articles(rules, place, 3, at(1000)))
            throw std::runtime_error("not pruned");
    }
}

// The consumer's own database: what it has made of the changes.
SQLite::Database copy_at(const std::string& path) {
    SQLite::Database copy(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5000);
    copy.exec(R"sql(
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS copies (id INTEGER PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS seen (seq INTEGER PRIMARY KEY, times INTEGER NOT NULL);
)sql");
    return copy;
}

void apply(SQLite::Database& copy, const ChangeRow& change) {
    SQLite::Statement seen(
        copy, "INSERT INTO seen VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1");
    seen.bind(1, change.seq);
    seen.exec();
    SQLite::Statement apply(copy, change.article ? "REPLACE INTO copies VALUES (?1, ?2)"
                                                 : "DELETE FROM copies WHERE id = ?1");
    apply.bind(1, change.article_id);
    if (change.article) apply.bind(2, change.article->article.content_hash);
    apply.exec();
}

// Until all is consumed, or for ever.
enum class Until : std::uint8_t { end, killed };

// The place in the log is kept with the results, in one transaction: exactly once.
void consume_with_its_own_cursor(const std::string& store, const std::string& path, Until until) {
    const auto reader = open_reader(store);
    if (!reader) throw std::runtime_error(message(reader.error()));
    SQLite::Database copy = copy_at(path);
    while (true) {
        const std::int64_t last =
            copy.execAndGet("SELECT coalesce(max(seq), 0) FROM seen").getInt64();
        const auto changes = (*reader)->changes(last, kBatch).value();
        if (changes.empty() && until == Until::end) return;
        SQLite::Transaction transaction(copy);
        for (const ChangeRow& change : changes)
            apply(copy, change);
        transaction.commit();
    }
}

// The store keeps the place, told after the results are kept: at least once, none left out.
void consume_and_acknowledge(const std::string& store, const std::string& path, Until until) {
    const auto reader = open_reader(store);
    const auto log = open_consumers(store);
    if (!reader || !log) throw std::runtime_error("not opened");
    SQLite::Database copy = copy_at(path);
    while (true) {
        const auto consumers = (*reader)->consumers().value();
        const std::int64_t last = consumers.empty() ? 0 : consumers.front().seq;
        const auto changes = (*reader)->changes(last, kBatch).value();
        if (changes.empty() && until == Until::end) return;
        SQLite::Transaction transaction(copy);
        for (const ChangeRow& change : changes)
            apply(copy, change);
        transaction.commit();
        if (changes.empty()) continue;
        if (!(*log)->acknowledge(kName, changes.back().seq, at(0)))
            throw std::runtime_error("not acknowledged");
    }
}

// A process that works until it is killed.
pid_t started(const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child != 0) return child;
    try {
        work();
    } catch (const std::exception& error) {
        std::fputs(error.what(), stderr);
        ::_exit(1);
    }
    ::_exit(0);
}

TEST(ExactlyOnce, HoldsWhoeverIsKilledWhenever) {
    const TempDir directory;
    const std::string store = directory.path("feedd.db");
    const std::string once = directory.path("once.db");
    const std::string acknowledged = directory.path("acknowledged.db");
    { ASSERT_TRUE(open_writer(store)); }
    const std::array<std::function<void()>, 3> works{
        [&] { write_for_ever(store); },
        [&] { consume_with_its_own_cursor(store, once, Until::killed); },
        [&] { consume_and_acknowledge(store, acknowledged, Until::killed); }};
    std::array<pid_t, 3> pids{};
    for (std::size_t i = 0; i < works.size(); ++i)
        pids[i] = started(works[i]);
    std::mt19937 random(20250408);
    for (int round = 0; round < rounds(); ++round) {
        ::usleep(static_cast<useconds_t>(5'000 + random() % 60'000));
        const std::size_t victim = random() % works.size();
        ::kill(pids[victim], SIGKILL);
        int status = 0;
        ::waitpid(pids[victim], &status, 0);
        EXPECT_TRUE(WIFSIGNALED(status)) << "process " << victim << " ended by itself";
        pids[victim] = started(works[victim]);
    }
    for (const pid_t pid : pids) {
        ::kill(pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
    consume_with_its_own_cursor(store, once, Until::end);
    consume_and_acknowledge(store, acknowledged, Until::end);

    const auto findings = check_store(store);  // seq without gaps, among others
    ASSERT_TRUE(findings) << message(findings.error());
    EXPECT_THAT(*findings, testing::IsEmpty());
    const std::int64_t last = (*open_reader(store))->last_seq().value();
    EXPECT_GT(last, rounds());
    for (const std::string& path : {once, acknowledged}) {
        SQLite::Database copy = copy_at(path);
        EXPECT_EQ(copy.execAndGet("SELECT max(seq) FROM seen").getInt64(), last) << path;
        EXPECT_EQ(copy.execAndGet("SELECT count(*) FROM seen").getInt64(), last) << path;
        copy.exec("ATTACH '" + store + "' AS store");
        const char* differ = R"sql(
SELECT count(*) FROM (SELECT id, content_hash FROM store.articles EXCEPT SELECT id, words FROM copies)
)sql";
        EXPECT_EQ(copy.execAndGet(differ).getInt64(), 0) << path;
        EXPECT_EQ(copy.execAndGet("SELECT count(*) FROM copies").getInt64(),
                  copy.execAndGet("SELECT count(*) FROM store.articles").getInt64())
            << path;
    }
    EXPECT_EQ(copy_at(once).execAndGet("SELECT max(times) FROM seen").getInt(), 1);
    std::printf("%d rounds, %lld changes, at most %d times where acknowledged\n", rounds(),
                static_cast<long long>(last),
                copy_at(acknowledged).execAndGet("SELECT max(times) FROM seen").getInt());
}

}  // namespace
}  // namespace feedd::test
