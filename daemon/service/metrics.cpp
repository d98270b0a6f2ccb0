#include "service/metrics.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace feedd {

namespace {

// A value between quotes; what is in it may come from the name of any program.
std::string escaped(std::string_view value) {
    std::string out;
    for (const char c : value) {
        if (c == '\\' || c == '"') out += '\\';
        c == '\n' ? out += "\\n" : out += c;
    }
    return out;
}

std::string label(std::string_view name, std::string_view value) {
    return fmt::format("{{{}=\"{}\"}}", name, escaped(value));
}

class Exposition {
  public:
    // Before the samples of each metric.
    void describe(std::string_view name, std::string_view type, std::string_view help) {
        text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
    }
    template <typename Value>
    void sample(std::string_view name, std::string_view labels, Value value) {
        text_ += fmt::format("{}{} {}\n", name, labels, value);
    }
    template <typename Value>
    void single(std::string_view name, std::string_view type, std::string_view help, Value value) {
        describe(name, type, help);
        sample(name, "", value);
    }
    template <typename Values>
    void by(std::string_view key, std::string_view name, std::string_view type,
            std::string_view help, const Values& values) {
        describe(name, type, help);
        for (const auto& [which, value] : values)
            sample(name, label(key, which), value);
    }
    void durations(const std::string& name, std::string_view help, const Durations& durations) {
        describe(name, "histogram", help);
        for (std::size_t i = 0; i < Durations::kBounds.size(); ++i) {
            sample(name + "_bucket", label("le", fmt::format("{}", Durations::kBounds.at(i))),
                   durations.within.at(i));
        }
        sample(name + "_bucket", label("le", "+Inf"), durations.count);
        sample(name + "_sum", "", durations.seconds);
        sample(name + "_count", "", durations.count);
    }
    std::string take() { return std::move(text_); }

  private:
    std::string text_;
};

void append_polls(Exposition& text, const Metrics& metrics) {
    text.by("status", "feedd_feeds", "gauge", "Feeds on the list.", metrics.feeds);
    text.single("feedd_feeds_due", "gauge", "Feeds that wait to be asked.", metrics.due);
    text.single("feedd_feeds_overdue", "gauge",
                "Feeds that have waited to be asked for more than a minute.", metrics.overdue);
    text.by("outcome", "feedd_polls_total", "counter", "Polls that ended.", metrics.polls);
    text.single("feedd_polls_not_stored_total", "counter",
                "Polls whose outcome the store did not take; they are made again.",
                metrics.polls_not_stored);
    text.single("feedd_requests_total", "counter", "Requests sent, redirects included.",
                metrics.requests);
    text.single("feedd_requests_not_modified_total", "counter",
                "Requests that were answered with 304.", metrics.not_modified);
    text.single("feedd_received_bytes_total", "counter", "Bytes of answers, as transferred.",
                metrics.received_bytes);
    text.by("kind", "feedd_articles_total", "counter", "What polls brought.", metrics.articles);
    text.by("stage", "feedd_polls_under_way", "gauge", "Polls that have begun.", metrics.queues);
}

void append_store(Exposition& text, const Metrics& metrics) {
    text.durations("feedd_commit_duration_seconds", "Time that commits took.", metrics.commits);
    text.single("feedd_store_bytes", "gauge", "Size of the store's file.", metrics.store_bytes);
    text.single("feedd_wal_bytes", "gauge", "Size of the store's WAL file.", metrics.wal_bytes);
    const auto& readers = metrics.wal_readers;
    text.single("feedd_wal_oldest_reader_seconds", "gauge",
                "How long the oldest reader has kept the WAL from being emptied; 0: none does.",
                readers.empty() ? 0.0 : readers.front().seconds);
    if (!readers.empty()) {
        text.describe("feedd_wal_reader_seconds", "gauge",
                      "How long each reader has kept the WAL from being emptied.");
    }
    for (const Metrics::Reader& reader : readers) {
        text.sample(
            "feedd_wal_reader_seconds",
            fmt::format("{{pid=\"{}\",program=\"{}\"}}", reader.pid, escaped(reader.program)),
            reader.seconds);
    }
    text.single("feedd_search_waiting_articles", "gauge",
                "Articles that wait for the full-text index.", metrics.not_indexed);
}

Error not_written(const std::string& path, int error) {
    return {ErrorKind::io, path, fmt::format("cannot be written: {}", std::strerror(error)),
            "the directory must be there, and the daemon be allowed to write to it"};
}

}  // namespace

void Durations::add(double took) {
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        if (took <= kBounds.at(i)) ++within.at(i);
    }
    ++count;
    seconds += took;
}

std::string metrics_text(const Metrics& metrics) {
    Exposition text;
    text.describe("feedd_build_info", "gauge", "1, with the version of feedd.");
    text.sample("feedd_build_info", label("version", FEEDD_VERSION), 1);
    text.single("feedd_start_time_seconds", "gauge", "When feedd started, since 1970.",
                metrics.started.time_since_epoch().count());
    append_polls(text, metrics);
    append_store(text, metrics);
    text.single("feedd_resident_memory_bytes", "gauge", "Memory of the process.",
                metrics.resident_bytes);
    return text.take();
}

Result<void> write_metrics(const std::string& path, const std::string& text) {
    const std::string fresh = path + ".new";  // a name that node_exporter passes over
    const int file =
        open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (file < 0) return tl::unexpected(not_written(path, errno));
    // Whatever the umask: another user's program reads it.
    bool written = fchmod(file, 0644) == 0;
    written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && written;
    const int error = errno;
    close(file);
    if (!written) return tl::unexpected(not_written(path, error));
    if (std::rename(fresh.c_str(), path.c_str()) != 0) {
        return tl::unexpected(not_written(path, errno));
    }
    return {};
}

std::uint64_t resident_bytes() {
    std::ifstream file("/proc/self/statm");
    std::uint64_t all = 0;
    std::uint64_t resident = 0;
    if (!(file >> all >> resident)) return 0;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace feedd
