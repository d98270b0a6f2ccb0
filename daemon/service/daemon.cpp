#include "service/daemon.h"

#include <csignal>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/log.h"
#include "service/loop.h"
#include "service/metrics_file.h"
#include "service/notify.h"
#include "service/poller.h"
#include "service/reload.h"
#include "store/open.h"

namespace feedd {

namespace {

constexpr std::chrono::seconds kStatusEvery{10};
constexpr std::chrono::seconds kMetricsEvery{15};  // as often as they are collected, by default

class Daemon {
  public:
    Daemon(std::string config_path, std::string db)
        : config_path_(std::move(config_path)), db_(std::move(db)) {}

    Result<void> run(Config config) {
        auto poller = Poller::open(loop_, Poller::Mode::forever, db_, {});
        if (!poller) return tl::unexpected(poller.error());
        poller_ = std::move(*poller);
        listed_store_ = config.store;
        metrics_path_ = config.metrics;
        auto reader = open_reader(db_);
        if (!reader) return tl::unexpected(reader.error());
        metrics_file_.emplace(loop_, db_, std::move(*reader));
        reloader_.emplace(loop_, config_path_, config,
                          [this](Reloader::Loaded loaded) { reloaded(std::move(loaded)); });
        const Signal hangup(loop_, SIGHUP, [this] { reload(); });
        const Signal terminate(loop_, SIGTERM, [this] { stop("SIGTERM"); });
        const Signal interrupt(loop_, SIGINT, [this] { stop("SIGINT"); });
        Timer status(loop_, [this] { notify_status(status_text()); });
        Timer metrics(loop_, [this] { write_metrics(); });
        Timer alive(loop_, [] { notify_alive(); });
        if (const auto period = watchdog_period()) {
            alive.every(std::chrono::duration_cast<std::chrono::milliseconds>(*period / 2));
        }
        poller_->apply(std::move(config), [&](Result<ListReport> applied) {
            if (!applied) {
                failure_ = applied.error();
                loop_.stop();
                return;
            }
            spdlog::info("polling feeds={} list={} store={}", applied->feeds,
                         log_value(config_path_), log_value(db_));
            notify_ready(status_text());
            status.every(kStatusEvery);
            write_metrics();
            metrics.every(kMetricsEvery);
        });
        loop_.run();
        notify_stopping();
        reloader_.reset();
        metrics_file_.reset();
        poller_->stop();
        spdlog::info("stopped polls={} new={} revised={}", poller_->totals().polls,
                     poller_->totals().added, poller_->totals().revised);
        poller_.reset();
        if (failure_) return tl::unexpected(*failure_);
        return {};
    }

  private:
    void reload() {
        notify_reloading();
        reloader_->request();
    }

    void reloaded(Reloader::Loaded loaded) {
        if (!loaded) {
            for (const Error& error : loaded.error()) {
                spdlog::error("list not taken over, the running one stays: {}", message(error));
            }
            notify_ready(status_text());
            return;
        }
        if (loaded->store != std::exchange(listed_store_, loaded->store)) {
            spdlog::warn("'store' of the list was edited: it holds after a restart store={}",
                         log_value(db_));
        }
        metrics_path_ = loaded->metrics;
        poller_->apply(std::move(*loaded), [this](const Result<ListReport>& applied) {
            if (applied) {
                spdlog::info("list taken over feeds={} added={} removed={} changed={}",
                             applied->feeds, applied->added, applied->removed, applied->changed);
            } else {
                spdlog::error("list not taken over, the running one stays: {}",
                              message(applied.error()));
            }
            notify_ready(status_text());
        });
    }

    void write_metrics() {
        if (metrics_path_) metrics_file_->write(*metrics_path_, poller_->metrics());
    }

    void stop(const char* why) {
        spdlog::info("stopping signal={} under_way={}", why, poller_->under_way());
        loop_.stop();
    }

    [[nodiscard]] std::string status_text() const {
        const PollTotals& totals = poller_->totals();
        return fmt::format("{} feeds, {} failing; {} polls, {} new articles since the start",
                           poller_->feeds(), poller_->failing(), totals.polls, totals.added);
    }

    const std::string config_path_;
    const std::string db_;
    Loop loop_;
    std::unique_ptr<Poller> poller_;
    std::optional<Reloader> reloader_;
    std::optional<Error> failure_;
    std::optional<std::string> listed_store_;  // as last read
    std::optional<std::string> metrics_path_;
    std::optional<MetricsFile> metrics_file_;
};

}  // namespace

Result<void> run_daemon(Config config, const std::string& config_path, const std::string& db) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to connections that the server has closed
    return Daemon(config_path, db).run(std::move(config));
}

}  // namespace feedd
