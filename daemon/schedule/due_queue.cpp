#include "schedule/due_queue.h"

namespace feedd {

bool DueQueue::before(const Entry& a, const Entry& b) noexcept {
    if (a.due != b.due) return a.due < b.due;
    return a.order < b.order;
}

void DueQueue::place(std::size_t at, const Entry& entry) {
    heap_[at] = entry;
    index_[entry.feed] = at;
}

void DueQueue::sift_up(std::size_t at) {
    const Entry entry = heap_[at];
    while (at > 0) {
        const std::size_t parent = (at - 1) / 2;
        if (!before(entry, heap_[parent])) break;
        place(at, heap_[parent]);
        at = parent;
    }
    place(at, entry);
}

void DueQueue::sift_down(std::size_t at) {
    const Entry entry = heap_[at];
    for (std::size_t child = 2 * at + 1; child < heap_.size(); child = 2 * at + 1) {
        if (child + 1 < heap_.size() && before(heap_[child + 1], heap_[child])) ++child;
        if (!before(heap_[child], entry)) break;
        place(at, heap_[child]);
        at = child;
    }
    place(at, entry);
}

void DueQueue::remove_at(std::size_t at) {
    index_.erase(heap_[at].feed);
    const Entry last = heap_.back();
    heap_.pop_back();
    if (at == heap_.size()) return;
    // The last entry takes the empty place; it may belong further up or further down.
    place(at, last);
    sift_up(at);
    sift_down(index_.at(last.feed));
}

void DueQueue::put(FeedId feed, SteadyTime due) {
    const Entry entry{.due = due, .order = next_order_++, .feed = feed};
    const auto [found, fresh] = index_.try_emplace(feed, heap_.size());
    if (fresh) {
        heap_.push_back(entry);
        sift_up(heap_.size() - 1);
        return;
    }
    const std::size_t at = found->second;
    heap_[at] = entry;
    sift_up(at);
    sift_down(index_.at(feed));
}

void DueQueue::drop(FeedId feed) {
    if (const auto found = index_.find(feed); found != index_.end()) remove_at(found->second);
}

std::optional<FeedId> DueQueue::take(SteadyTime now) {
    if (heap_.empty() || heap_.front().due > now) return std::nullopt;
    const FeedId feed = heap_.front().feed;
    remove_at(0);
    return feed;
}

std::optional<SteadyTime> DueQueue::next_due() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().due;
}

bool DueQueue::contains(FeedId feed) const {
    return index_.contains(feed);
}

}  // namespace feedd
