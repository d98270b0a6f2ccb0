#include "service/wal_guard.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "base/log.h"

namespace feedd {

namespace {

// An attempt looks through the whole WAL: the larger it is, the rarer they are.
constexpr std::uint64_t kSlowFrom = std::uint64_t{256} << 20U;

constexpr std::uint64_t kRestFrom = 4;  // times Limits::checkpoint
constexpr std::chrono::milliseconds kLongestRest{500};

std::string names_of(const std::vector<WalHolder>& holders, SteadyTime now) {
    std::string names;
    for (const WalHolder& holder : holders) {
        const auto held = std::chrono::duration_cast<Seconds>(now - holder.since);
        if (!names.empty()) names += ", ";
        names += fmt::format("{} (pid {}, {} s)", holder.program, holder.pid, held.count());
    }
    return names.empty() ? "unknown" : names;
}

}  // namespace

std::vector<WalHolder> still_held(const std::vector<WalHolder>& before,
                                  const std::vector<WalReader>& now, SteadyTime at) {
    std::vector<WalHolder> holders;
    for (const WalReader& reader : now) {
        const auto known = std::ranges::find(before, reader.pid, &WalHolder::pid);
        holders.push_back({.pid = reader.pid,
                           .program = reader.program,
                           .since = known == before.end() ? at : known->since});
    }
    std::ranges::stable_sort(holders, {}, &WalHolder::since);
    return holders;
}

WalAlarm::News WalAlarm::look(std::uint64_t bytes) {
    if (bytes >= next_) {
        while (next_ <= bytes)
            next_ *= 2;
        return News::grows;
    }
    if (bytes >= limit_ || next_ == limit_) return News::none;
    next_ = limit_;
    return News::recovered;
}

WalGuard::WalGuard(std::unique_ptr<Checkpointer> checkpointer, Limits limits)
    : limits_(limits),
      checkpointer_(std::move(checkpointer)),
      alarm_(limits.alarm),
      thread_([this] { run(); }) {}

WalGuard::~WalGuard() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    rested_.notify_all();
    thread_.join();
}

void WalGuard::committed(std::uint64_t waiting) {
    if (waiting < limits_.checkpoint) return;
    std::unique_lock lock(mutex_);
    // While a reader holds the WAL, each attempt would look through all of it for nothing.
    if (held_) return;
    due_ = true;
    wake_.notify_one();
    // Of a writer that never rests something always waits, and the WAL is never begun anew.
    if (waiting < kRestFrom * limits_.checkpoint) return;
    rested_.wait_for(lock, kLongestRest, [&] { return stopping_ || (!due_ && !busy_); });
}

WalStatus WalGuard::status() const {
    const std::lock_guard lock(mutex_);
    return status_;
}

void WalGuard::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        const auto awake = [&] { return stopping_ || due_; };
        if (held_) {
            const auto slower = static_cast<int>(1 + status_.bytes / kSlowFrom);
            wake_.wait_for(lock, limits_.retry * slower, awake);
        } else {
            wake_.wait(lock, awake);
        }
        if (stopping_) return;
        due_ = false;
        busy_ = true;
        lock.unlock();
        checkpoint();
        lock.lock();
        busy_ = false;
        rested_.notify_all();
    }
}

void WalGuard::checkpoint() {
    const auto state = checkpointer_->checkpoint(limits_.alarm);
    if (!state) {
        spdlog::warn("the WAL could not be moved into the store error={}",
                     log_value(message(state.error())));
    }
    WalStatus status;
    bool lasting = false;
    {
        const std::lock_guard lock(mutex_);
        status = status_;
        lasting = held_;
    }
    if (state) status.bytes = state->bytes;
    const bool held = !state || state->held;
    status.holders = held ? still_held(status.holders, checkpointer_->readers(),
                                       std::chrono::steady_clock::now())
                          : std::vector<WalHolder>{};
    // Seen once, it may be a short transaction that happened to be under way.
    lasting = lasting && held;
    if (lasting || !held) tell(status, lasting);
    const std::lock_guard lock(mutex_);
    held_ = held;
    status_ = std::move(status);
}

void WalGuard::tell(const WalStatus& status, bool held) {
    switch (alarm_.look(held ? status.bytes : 0)) {
        case WalAlarm::News::grows:
            spdlog::warn(
                "the WAL grows, since a reader keeps its transaction open bytes={} readers={}: it "
                "shrinks when that ends",
                status.bytes,
                log_value(names_of(status.holders, std::chrono::steady_clock::now())));
            break;
        case WalAlarm::News::recovered:
            spdlog::info("the WAL is small again bytes={}", status.bytes);
            break;
        case WalAlarm::News::none:
            break;
    }
}

}  // namespace feedd
