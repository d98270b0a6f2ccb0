// What the daemon tells monitoring: figures, and the text that Prometheus' node_exporter collects.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace feedd {

// How long something took, counted in buckets. A copy is a snapshot.
struct Durations {
    static constexpr std::array<double, 9> kBounds{0.001, 0.003, 0.01, 0.03, 0.1,
                                                   0.3,   1.0,   3.0,  10.0};  // seconds
    std::array<std::uint64_t, kBounds.size()> within{};  // not longer than each bound
    std::uint64_t count = 0;
    double seconds = 0;  // of all together

    void add(double took);
};

// The same, added to and read by several threads.
class SharedDurations {
  public:
    void add(double took) {
        const std::lock_guard lock(mutex_);
        durations_.add(took);
    }
    [[nodiscard]] Durations snapshot() const {
        const std::lock_guard lock(mutex_);
        return durations_;
    }

  private:
    mutable std::mutex mutex_;
    Durations durations_;
};

// Totals are since the start of the program.
struct Metrics {
    Time started{};
    std::map<std::string, std::size_t> feeds;    // by status, as 'feedd feeds' has it
    std::size_t due = 0;                         // waiting to be asked
    std::size_t overdue = 0;                     // of these, for more than a minute
    std::map<std::string, std::uint64_t> polls;  // by outcome, as the table has it
    std::uint64_t polls_not_stored = 0;
    std::uint64_t requests = 0;
    std::uint64_t not_modified = 0;  // of these
    std::uint64_t received_bytes = 0;
    std::map<std::string, std::uint64_t> articles;  // new, revised, sighted
    Durations commits;
    std::map<std::string, std::size_t> queues;  // polls, by where they are
    std::uint64_t store_bytes = 0;
    std::uint64_t wal_bytes = 0;
    struct Reader {
        std::int64_t pid = 0;
        std::string program;
        double seconds = 0;  // since it was first seen to hold the WAL
    };
    std::vector<Reader> wal_readers;  // the longest first
    std::int64_t not_indexed = 0;     // articles that wait for the full-text index
    std::uint64_t resident_bytes = 0;
};

// The text exposition format, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
// docs/operation.md names what is in it.
[[nodiscard]] std::string metrics_text(const Metrics& metrics);

// Replaces the file at once, readable to all: who reads it sees one text or the other.
[[nodiscard]] Result<void> write_metrics(const std::string& path, const std::string& text);

// Of this process, now; 0: /proc does not say.
[[nodiscard]] std::uint64_t resident_bytes();

}  // namespace feedd
