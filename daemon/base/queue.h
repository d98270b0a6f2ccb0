// A queue between threads, bounded by count and by bytes: who is faster waits.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <limits>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace feedd {

// Safe for any number of producers and consumers. An element larger than `max_bytes` is let in
// when the queue is empty, so that nothing is stuck for ever.
template <typename T>
class BoundedQueue {
  public:
    BoundedQueue(std::size_t max_count, std::size_t max_bytes)
        : max_count_(max_count), max_bytes_(max_bytes) {}

    // Waits for room. False: the queue was closed, `value` was not taken.
    bool push(T value, std::size_t bytes = 0) {
        std::unique_lock lock(mutex_);
        if (!closed_ && !fits(bytes)) stop_gathering();
        room_.wait(lock, [&] { return closed_ || fits(bytes); });
        if (closed_) return false;
        entries_.emplace_back(std::move(value), bytes);
        bytes_ += bytes;
        if (entries_.size() >= gathered_) stop_gathering();
        lock.unlock();
        filled_.notify_one();
        return true;
    }

    // Never waits, whatever the bounds: for what is small, from threads that must not wait. Who
    // lingers does so no longer.
    bool push_at_once(T value) { return push_beyond_bounds(std::move(value), true); }
    // The same, but who lingers waits on until there is enough.
    bool push_patiently(T value) { return push_beyond_bounds(std::move(value), false); }

    // Waits for an element. nullopt: closed and empty.
    std::optional<T> pop() {
        std::unique_lock lock(mutex_);
        filled_.wait(lock, [&] { return closed_ || !entries_.empty(); });
        if (entries_.empty()) return std::nullopt;
        T value = take();
        lock.unlock();
        room_.notify_all();
        return value;
    }

    // Waits for the first element, no longer than `patience` (nullopt: for ever), and then at most
    // for `linger` until there are `most` or the queue has no room for more. Empty: closed, or
    // nothing came. One consumer at a time may linger.
    std::vector<T> pop_batch(std::size_t most, std::chrono::milliseconds linger = {},
                             std::optional<std::chrono::milliseconds> patience = {}) {
        std::unique_lock lock(mutex_);
        const auto filled = [&] { return closed_ || !entries_.empty(); };
        if (patience) {
            filled_.wait_for(lock, *patience, filled);
        } else {
            filled_.wait(lock, filled);
        }
        if (linger > linger.zero() && !entries_.empty() && entries_.size() < most) {
            gathered_ = most;
            enough_.wait_for(lock, linger, [&] { return closed_ || gathered_ == kNotGathering; });
            gathered_ = kNotGathering;
        }
        return take_batch(std::move(lock), most);
    }

    // No more pushes; what is queued can still be popped.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        filled_.notify_all();
        room_.notify_all();
        enough_.notify_all();
    }

    [[nodiscard]] bool closed() const {
        const std::lock_guard lock(mutex_);
        return closed_;
    }
    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(mutex_);
        return entries_.size();
    }

  private:
    [[nodiscard]] bool fits(std::size_t bytes) const {
        return entries_.empty() || (entries_.size() < max_count_ && bytes_ + bytes <= max_bytes_);
    }
    bool push_beyond_bounds(T value, bool urgent) {
        {
            const std::lock_guard lock(mutex_);
            if (closed_) return false;
            entries_.emplace_back(std::move(value), 0);
            if (urgent || entries_.size() >= gathered_) stop_gathering();
        }
        filled_.notify_one();
        return true;
    }
    T take() {
        auto [value, bytes] = std::move(entries_.front());
        entries_.pop_front();
        bytes_ -= bytes;
        return std::move(value);
    }

    std::vector<T> take_batch(std::unique_lock<std::mutex> lock, std::size_t most) {
        std::vector<T> batch;
        batch.reserve(std::min(most, entries_.size()));
        while (!entries_.empty() && batch.size() < most)
            batch.push_back(take());
        lock.unlock();
        room_.notify_all();
        return batch;
    }
    // Wakes who lingers: only now, not for each element.
    void stop_gathering() {
        if (std::exchange(gathered_, kNotGathering) != kNotGathering) enough_.notify_one();
    }

    static constexpr std::size_t kNotGathering = std::numeric_limits<std::size_t>::max();

    const std::size_t max_count_;
    const std::size_t max_bytes_;
    mutable std::mutex mutex_;
    std::condition_variable filled_;
    std::condition_variable room_;
    std::condition_variable enough_;
    std::deque<std::pair<T, std::size_t>> entries_;
    std::size_t bytes_ = 0;
    std::size_t gathered_ = kNotGathering;  // so many elements are waited for
    bool closed_ = false;
};

}  // namespace feedd
