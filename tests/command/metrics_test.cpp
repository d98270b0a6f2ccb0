// The file of metrics that a running daemon writes.
#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/feed_maker.h"
#include "support/patience.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using testing::HasSubstr;

constexpr const char* kFeeds =
    "feeds:\n  - url: file:news.xml\n    name: news\n  - url: file:none.xml\n    name: none\n";

class MetricsOfARun : public testing::Test {
  protected:
    MetricsOfARun() { directory_.write("news.xml", feed_of("news")); }
    [[nodiscard]] Background run() const {
        return {FEEDD_BINARY, {.arguments = {"run"}, .directory = directory_.path()}};
    }
    [[nodiscard]] std::string written(const char* name) const {
        EXPECT_TRUE(comes_true([&] { return std::filesystem::exists(directory_.path(name)); }));
        return read_file(directory_.path(name));
    }
    TempDir directory_;
};

TEST_F(MetricsOfARun, AreWrittenWhereTheListSays) {
    directory_.write("feeds.yaml", std::string("metrics: m/feedd.prom\n") + kFeeds);
    std::filesystem::create_directory(directory_.path("m"));
    Background daemon = run();
    ASSERT_TRUE(daemon.wait_for("polling feeds=2"));
    const std::string text = written("m/feedd.prom");
    EXPECT_THAT(text, HasSubstr("feedd_feeds{status=\"active\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("feedd_polls_total{outcome=\"failed\"} 0\n"));
    EXPECT_THAT(text, testing::Not(HasSubstr("feedd_resident_memory_bytes 0\n")));
    EXPECT_THAT(text, testing::Not(HasSubstr("feedd_store_bytes 0\n")));
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait().exit_code, 0);
}

TEST_F(MetricsOfARun, ThatCannotBeWrittenAreSaidToBe) {
    directory_.write("feeds.yaml", std::string("metrics: none/feedd.prom\n") + kFeeds);
    Background daemon = run();
    ASSERT_TRUE(daemon.wait_for("no metrics: "));
    daemon.signal(SIGTERM);
    EXPECT_EQ(daemon.wait().exit_code, 0);
}

}  // namespace
}  // namespace feedd::test
