#include "dedup/story_index.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace feedd {

namespace {

// Postings of one passage that are looked at: what more articles share is boilerplate.
constexpr std::size_t kMostPostings = 24;
constexpr double kFewStories = 2;        // a passage of so many says as much as one of a single one
constexpr std::size_t kManyStories = 8;  // and one of so many nothing
constexpr double kLeastWeight = 2;

double weight_of(std::size_t stories) {
    if (stories >= kManyStories) return 0;
    return std::min(1.0, kFewStories / static_cast<double>(stories));
}

}  // namespace

StoryIndex::StoryIndex(Seconds window, std::size_t most) : window_(window), most_(most) {}

bool StoryIndex::same_story(Slot a, Slot b) const {
    const auto& story = slots_[a].member.story;
    return a == b || (story && story == slots_[b].member.story);
}

template <typename Visit>
void StoryIndex::postings_of(std::uint32_t passage, Visit visit) const {
    table_.for_slots(passage, [&](Slot slot) { return !slots_[slot].alive || visit(slot); });
}

// The table is larger than any cache. Where all of these are asked for at once the processor waits
// once, not for each: with a million articles that halves the time of a search.
void StoryIndex::fetch(std::span<const std::uint32_t> passages) const {
    for (const std::uint32_t passage : passages)
        table_.prefetch(passage);
}

void StoryIndex::add(const StoryMember& member, std::span<const std::uint32_t> kept) {
    compact();
    fetch(kept);
    const Slot slot = enter(member);
    for (const std::uint32_t passage : kept)
        insert(passage, slot);
}

void StoryIndex::add_all(std::span<const FoundBy> articles) {
    compact();
    std::vector<Arrival> arrivals;
    for (const FoundBy& article : articles) {
        const Slot slot = enter(article.member);
        for (const std::uint32_t passage : article.kept)
            arrivals.push_back({passage, slot});
    }
    for (const Arrival& arrival : by_neighbourhood(arrivals))
        insert(arrival.passage, arrival.slot);
}

// Those that go near each other one after the other, for a cache to hold where; those of one
// passage stay in their order.
std::vector<StoryIndex::Arrival> StoryIndex::by_neighbourhood(std::span<const Arrival> arrivals) {
    std::array<std::size_t, PassageTable::kNeighbourhoods + 1> ends{};
    for (const Arrival& arrival : arrivals)
        ++ends[PassageTable::neighbourhood(arrival.passage) + 1];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<Arrival> sorted(arrivals.size());
    for (const Arrival& arrival : arrivals)
        sorted[ends[PassageTable::neighbourhood(arrival.passage)]++] = arrival;
    return sorted;
}

StoryIndex::Slot StoryIndex::enter(const StoryMember& member) {
    expire(member.seen_at);
    const Slot slot = static_cast<Slot>(slots_.size());
    const auto [known, added] = by_article_.try_emplace(member.article, slot);
    if (!added) {
        if (std::exchange(slots_[known->second].alive, false)) ++dead_;
        known->second = slot;
    }
    slots_.push_back({.member = member, .alive = true});
    return slot;
}

// A story needs each of its passages once: twenty copies cost little more than one.
void StoryIndex::insert(std::uint32_t passage, Slot slot) {
    std::size_t found = 0;
    bool known = false;
    postings_of(passage, [&](Slot other) {
        known = same_story(slot, other);
        return !known && ++found < kMostPostings;
    });
    if (known || found >= kMostPostings) return;
    table_.insert(passage, slot, [this](Slot one) { return slots_[one].alive; });
}

// Numbers anew what is alive when most is not.
void StoryIndex::compact() {
    if (dead_ <= size()) return;
    std::vector<Slot> moved(slots_.size(), PassageTable::kGone);
    std::vector<Entry> slots;
    slots.reserve(size());
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
        if (!slots_[slot].alive) continue;
        moved[slot] = static_cast<Slot>(slots.size());
        by_article_[slots_[slot].member.article] = moved[slot];
        slots.push_back(slots_[slot]);
    }
    slots_ = std::move(slots);
    dead_ = 0;
    first_alive_ = 0;
    table_.renumber([&](Slot slot) { return moved[slot]; });
}

// By and large articles come in the order of their times; one that does not stays a little longer.
void StoryIndex::expire(Time newest) {
    while (first_alive_ < slots_.size()) {
        Entry& entry = slots_[first_alive_];
        if (entry.alive && entry.member.seen_at + window_ >= newest && size() < most_) return;
        if (entry.alive) {
            entry.alive = false;
            ++dead_;
            by_article_.erase(entry.member.article);
        }
        ++first_alive_;
    }
}

void StoryIndex::assign(ArticleId article, std::optional<StoryId> story) {
    const auto known = by_article_.find(article);
    if (known != by_article_.end()) slots_[known->second].member.story = story;
}

void StoryIndex::clear() {
    *this = StoryIndex(window_, most_);
}

std::vector<StoryIndex::Near> StoryIndex::near(const StoryMember& member,
                                               std::span<const std::uint32_t> asked) const {
    std::vector<std::pair<Slot, double>> hits;
    std::vector<Slot> sharing;
    fetch(asked);
    for (const std::uint32_t passage : asked) {
        sharing.clear();
        std::size_t stories = 0;
        postings_of(passage, [&](Slot slot) {
            const StoryMember& other = slots_[slot].member;
            if (other.article == member.article) return true;
            const bool counted = std::any_of(sharing.begin(), sharing.end(),
                                             [&](Slot one) { return same_story(one, slot); });
            if (!counted) ++stories;
            sharing.push_back(slot);
            return stories < kManyStories && sharing.size() < kMostPostings;
        });
        const double weight = weight_of(stories);
        if (weight == 0) continue;
        for (const Slot slot : sharing)
            hits.emplace_back(slot, weight);
    }
    std::sort(hits.begin(), hits.end());
    std::vector<Near> found;
    for (std::size_t i = 0; i < hits.size();) {
        const Slot slot = hits[i].first;
        double weight = 0;
        for (; i < hits.size() && hits[i].first == slot; ++i)
            weight += hits[i].second;
        const StoryMember& other = slots_[slot].member;
        if (weight < kLeastWeight || std::chrono::abs(other.at - member.at) > window_) continue;
        found.push_back({other, weight});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Near& a, const Near& b) { return a.weight > b.weight; });
    return found;
}

}  // namespace feedd
