// The WAL beside a writer on a real store, with readers in processes of their own.
#include "service/wal_guard.h"

#include <chrono>
#include <csignal>
#include <filesystem>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dedup/judge.h"
#include "store/open.h"
#include "support/patience.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

SteadyTime second(int number) {
    return SteadyTime{} + Seconds{number};
}

std::vector<std::int64_t> pids_of(const std::vector<WalHolder>& holders) {
    std::vector<std::int64_t> pids;
    for (const WalHolder& holder : holders)
        pids.push_back(holder.pid);
    return pids;
}

TEST(WalHolders, AreThoseThatStillReadTheLongestFirst) {
    auto holders =
        still_held({}, {{.pid = 1, .program = "a"}, {.pid = 2, .program = "b"}}, second(0));
    holders =
        still_held(holders, {{.pid = 3, .program = "c"}, {.pid = 2, .program = "b"}}, second(5));
    EXPECT_THAT(pids_of(holders), ElementsAre(2, 3));
    EXPECT_EQ(holders[0].since, second(0));
    EXPECT_EQ(holders[1].since, second(5));
    EXPECT_THAT(still_held(holders, {}, second(6)), IsEmpty());
    // Who comes again has another transaction.
    EXPECT_EQ(still_held({}, {{.pid = 2, .program = "b"}}, second(7)).front().since, second(7));
}

TEST(WalAlarm, SpeaksWhenTheLimitIsPassedAtEachDoublingAndWhenAllIsWell) {
    using News = WalAlarm::News;
    WalAlarm alarm(100);
    EXPECT_EQ(alarm.look(99), News::none);
    EXPECT_EQ(alarm.look(100), News::grows);
    EXPECT_EQ(alarm.look(150), News::none);
    EXPECT_EQ(alarm.look(450), News::grows);
    EXPECT_EQ(alarm.look(790), News::none);
    EXPECT_EQ(alarm.look(800), News::grows);
    EXPECT_EQ(alarm.look(120), News::none);
    EXPECT_EQ(alarm.look(99), News::recovered);
    EXPECT_EQ(alarm.look(0), News::none);
    EXPECT_EQ(alarm.look(100), News::grows);
}

constexpr const char* kLongReader = R"py(
import sqlite3, sys, time
store = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, isolation_level=None)
store.execute("BEGIN")
store.execute("SELECT count(*) FROM polls").fetchall()
print("reading", flush=True)
time.sleep(60)
)py";

class WalGuardTest : public testing::Test {
  protected:
    static constexpr std::uint64_t kCheckpoint = 64 << 10;
    static constexpr std::uint64_t kAlarm = 512 << 10;

    WalGuardTest() {
        auto writer = open_writer(path_);
        if (!writer) throw std::runtime_error(message(writer.error()));
        writer_ = std::move(*writer);
        const std::vector<FeedSpec> list{{.url = "https://site.example/", .name = "site"}};
        state_ = writer_->apply_list(list, Time{}).value().front();
        guard_ = std::make_unique<WalGuard>(
            std::move(*open_checkpointer(path_)),
            WalGuard::Limits{kCheckpoint, kAlarm, std::chrono::milliseconds{10}});
        writer_->leave_checkpoints([this](std::uint64_t bytes) { guard_->committed(bytes); });
    }
    ~WalGuardTest() override { writer_.reset(); }

    // A poll that brings some 20 KB.
    void commit() {
        PollOutcome poll{.feed = state_.id, .result = PollResult::failed, .state = state_};
        poll.error_text = std::string(20'000, 'x');
        const auto reports = writer_->commit(std::span(&poll, 1), judge);
        ASSERT_FALSE(reports[0].error) << message(*reports[0].error);
    }
    void commit_until_the_wal_has(std::uint64_t bytes) {
        for (int i = 0; wal_bytes() < bytes && i < 1000; ++i)
            commit();
        EXPECT_GE(wal_bytes(), bytes);
    }
    [[nodiscard]] std::uint64_t wal_bytes() const {
        return std::filesystem::file_size(path_ + "-wal");
    }

    TempDir directory_;
    std::string path_ = directory_.path("feedd.db");
    std::unique_ptr<StoreWriter> writer_;
    FeedState state_;
    std::unique_ptr<WalGuard> guard_;
};

TEST_F(WalGuardTest, AWriterThatNobodyHoldsUpWritesOverTheSameWal) {
    std::uint64_t committed = 0;
    for (int i = 0; i < 400; ++i) {
        commit();
        committed += 20'000;
    }
    EXPECT_LT(wal_bytes(), committed / 2);
    EXPECT_TRUE(comes_true([&] {  // what is not there is still in the WAL
        return std::filesystem::file_size(path_) > committed - 2 * kCheckpoint;
    }));
}

TEST_F(WalGuardTest, AWriterAmidATransactionIsNotTakenForAReader) {
    commit();
    const auto checkpointer = std::move(*open_checkpointer(path_));
    SQLite::Database busy(path_, SQLite::OPEN_READWRITE);
    busy.exec("BEGIN IMMEDIATE; DELETE FROM polls");
    EXPECT_FALSE(checkpointer->checkpoint(kAlarm).value().held);
    busy.exec("ROLLBACK");
    EXPECT_FALSE(checkpointer->checkpoint(kAlarm).value().held);
}

TEST_F(WalGuardTest, NamesTheReaderThatHoldsTheWalAndShrinksItWhenThatEnds) {
    commit();
    Background reader("/usr/bin/python3", {.arguments = {"-c", kLongReader, path_}});
    ASSERT_TRUE(reader.wait_for_output("reading"));
    commit_until_the_wal_has(kAlarm);
    ASSERT_TRUE(comes_true([&] {
        const WalStatus status = guard_->status();
        return status.bytes >= kAlarm && pids_of(status.holders).size() == 1;
    }));
    const WalHolder holder = guard_->status().holders.front();
    EXPECT_EQ(holder.pid, reader.pid());
    EXPECT_EQ(holder.program, "python3");
    reader.signal(SIGKILL);
    (void)reader.wait();
    EXPECT_TRUE(comes_true([&] { return guard_->status().holders.empty() && wal_bytes() == 0; }));
    commit();
    EXPECT_LT(wal_bytes(), kCheckpoint);
}

}  // namespace
}  // namespace feedd::test
