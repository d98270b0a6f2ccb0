#include "service/metrics.h"

#include <algorithm>
#include <filesystem>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

Metrics sample() {
    Metrics metrics{.started = Time{Seconds{1'750'000'000}}};
    metrics.feeds = {{"active", 7}, {"failing", 2}};
    metrics.due = 3;
    metrics.overdue = 1;
    metrics.polls = {{"not_modified", 90}, {"ok", 10}};
    metrics.requests = 101;
    metrics.not_modified = 90;
    metrics.received_bytes = 123'456'789'012;
    metrics.articles = {{"new", 12}, {"revised", 3}, {"sighted", 4}};
    metrics.commits.add(0.002);
    metrics.commits.add(0.5);
    metrics.commits.add(100);
    metrics.queues = {{"fetching", 5}};
    metrics.store_bytes = 4096;
    metrics.wal_bytes = 512;
    metrics.not_indexed = 9;
    metrics.resident_bytes = 1 << 20;
    return metrics;
}

TEST(MetricsText, HasASampleOfEachFigure) {
    const std::string text = metrics_text(sample());
    for (const char* line : {
             "# TYPE feedd_feeds gauge\nfeedd_feeds{status=\"active\"} 7\n"
             "feedd_feeds{status=\"failing\"} 2\n",
             "\nfeedd_start_time_seconds 1750000000\n",
             "\nfeedd_feeds_due 3\n",
             "\nfeedd_feeds_overdue 1\n",
             "\nfeedd_polls_total{outcome=\"not_modified\"} 90\n",
             "\nfeedd_requests_total 101\n",
             "\nfeedd_requests_not_modified_total 90\n",
             "\nfeedd_received_bytes_total 123456789012\n",
             "\nfeedd_articles_total{kind=\"new\"} 12\n",
             "\nfeedd_commit_duration_seconds_bucket{le=\"0.003\"} 1\n",
             "\nfeedd_commit_duration_seconds_bucket{le=\"1\"} 2\n",
             "\nfeedd_commit_duration_seconds_bucket{le=\"10\"} 2\n"
             "feedd_commit_duration_seconds_bucket{le=\"+Inf\"} 3\n"
             "feedd_commit_duration_seconds_sum 100.502\n"
             "feedd_commit_duration_seconds_count 3\n",
             "\nfeedd_polls_under_way{stage=\"fetching\"} 5\n",
             "\nfeedd_store_bytes 4096\n",
             "\nfeedd_wal_bytes 512\n",
             "\nfeedd_wal_oldest_reader_seconds 0\n",
             "\nfeedd_search_waiting_articles 9\n",
             "\nfeedd_resident_memory_bytes 1048576\n",
         }) {
        EXPECT_THAT(text, HasSubstr(line));
    }
    EXPECT_THAT(text, Not(HasSubstr("feedd_wal_reader_seconds")));
}

TEST(MetricsText, NamesReadersWhateverTheirNamesAre) {
    Metrics metrics = sample();
    metrics.wal_readers = {{.pid = 7, .program = "a \"b\"\\\n", .seconds = 12.5}};
    const std::string text = metrics_text(metrics);
    EXPECT_THAT(text, HasSubstr("feedd_wal_oldest_reader_seconds 12.5\n"));
    EXPECT_THAT(
        text,
        HasSubstr("feedd_wal_reader_seconds{pid=\"7\",program=\"a \\\"b\\\"\\\\\\n\"} 12.5\n"));
}

// Each metric is described once, before its samples; names say their units.
TEST(MetricsText, IsWellFormed) {
    const std::string text = metrics_text(sample());
    std::istringstream lines(text);
    std::string described;
    std::vector<std::string> names;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# TYPE ")) {
            described = line.substr(7, line.find(' ', 7) - 7);
            EXPECT_EQ(std::ranges::count(names, described), 0) << described;
            names.push_back(described);
            const bool counter = line.ends_with(" counter");
            EXPECT_EQ(described.ends_with("_total"), counter) << line;
        } else if (!line.starts_with("# HELP ")) {
            EXPECT_TRUE(line.starts_with(described)) << line;
            EXPECT_THAT(line, MatchesRegex("feedd_[a-z_]+(\\{.+\\})? [0-9.e+-]+"));
        }
    }
    EXPECT_GT(names.size(), 15U);
    EXPECT_EQ(text.back(), '\n');
}

TEST(MetricsText, IsExplainedInTheDocumentation) {
    const std::string documentation = read_file(FEEDD_SOURCE_DIR "/docs/operation.md");
    Metrics metrics = sample();
    metrics.wal_readers = {{.pid = 7, .program = "x", .seconds = 1}};
    std::istringstream lines(metrics_text(metrics));
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("# TYPE ")) continue;
        const std::string name = line.substr(7, line.find(' ', 7) - 7);
        EXPECT_THAT(documentation, HasSubstr("`" + name + "`"));
    }
}

TEST(MetricsFile, IsReplacedAtOnceAndReadableToAll) {
    const TempDir directory;
    const std::string path = directory.path("feedd.prom");
    const mode_t before = ::umask(0077);
    ASSERT_TRUE(write_metrics(path, "one\n"));
    ASSERT_TRUE(write_metrics(path, "two\n"));
    ::umask(before);
    EXPECT_EQ(read_file(path), "two\n");
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0644U);
    EXPECT_FALSE(std::filesystem::exists(path + ".new"));
}

TEST(MetricsFile, WhatCannotBeWrittenIsAnError) {
    const TempDir directory;
    const auto refused = write_metrics(directory.path("not/there/feedd.prom"), "one\n");
    ASSERT_FALSE(refused);
    EXPECT_THAT(message(refused.error()), HasSubstr("cannot be written"));
    // Somebody else's link is not followed.
    std::filesystem::create_symlink(directory.path("target"), directory.path("feedd.prom.new"));
    EXPECT_FALSE(write_metrics(directory.path("feedd.prom"), "one\n"));
    EXPECT_FALSE(std::filesystem::exists(directory.path("target")));
}

}  // namespace
}  // namespace feedd::test
