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
// Articles that are entered before the slots are looked at again: there is room for so many.
constexpr std::size_t kTogether = 50'000;
// How many passages before its turn the place of one is asked for.
constexpr std::size_t kAhead = 16;

// An article's number is its hash as long as there are fewer than four thousand million.
std::uint32_t hash_of(ArticleId article) {
    const auto bits = static_cast<std::uint64_t>(article);
    return static_cast<std::uint32_t>(bits ^ bits >> 32U);
}

double weight_of(std::size_t stories) {
    if (stories >= kManyStories) return 0;
    return std::min(1.0, kFewStories / static_cast<double>(stories));
}

// The table is larger than any cache. Where all of these are asked for at once the processor waits
// once, not for each: with a million articles that halves the time of a search.
[[gnu::always_inline]] inline void prefetch(const SlotTable& table,
                                            std::span<const std::uint32_t> passages) {
    for (const std::uint32_t passage : passages)
        table.prefetch(passage);
}

}  // namespace

// Those of the window and what has left it since they were numbered, and what comes at once.
static_assert(kMostFindable + kMostFindable / 4 + kTogether + 1 < SlotTable::kMostSlots);

StoryIndex::StoryIndex(Seconds window, std::size_t most) : window_(window), most_(most) {}

bool StoryIndex::same_story(Slot a, Slot b) const {
    const StoryId story = slots_[a].story;
    return a == b || (story != 0 && story == slots_[b].story);
}

void StoryIndex::add(const StoryMember& member, std::span<const std::uint32_t> kept) {
    compact();
    prefetch(passages_, kept);
    const Slot slot = enter(member);
    for (const std::uint32_t passage : kept)
        insert(passage, slot);
}

void StoryIndex::add_all(std::span<const FoundBy> articles, std::size_t to_come) {
    const bool first = slots_.empty();
    for (; articles.size() > kTogether; articles = articles.subspan(kTogether))
        add_some(articles.first(kTogether));
    add_some(articles);
    if (first) make_room(to_come);
}

// Those that follow will leave as many passages as these.
void StoryIndex::make_room(std::size_t to_come) {
    if (to_come == 0 || size() == 0) return;
    const std::size_t all = std::min(size() + to_come, most_);
    articles_.reserve(all);
    passages_.reserve(passages_.postings() * all / size());
}

void StoryIndex::add_some(std::span<const FoundBy> articles) {
    compact();
    std::vector<Arrival> arrivals;
    std::size_t passages = 0;
    for (const FoundBy& article : articles)
        passages += article.kept.size();
    arrivals.reserve(passages);
    for (const FoundBy& article : articles) {
        const Slot slot = enter(article.member);
        for (const std::uint32_t passage : article.kept)
            arrivals.push_back({passage, slot});
    }
    const std::vector<Arrival> sorted = by_neighbourhood(arrivals);
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i + kAhead < sorted.size()) passages_.prefetch(sorted[i + kAhead].passage);
        insert(sorted[i].passage, sorted[i].slot);
    }
}

// Those that go near each other one after the other, for a cache to hold where; those of one
// passage stay in their order.
std::vector<StoryIndex::Arrival> StoryIndex::by_neighbourhood(std::span<const Arrival> arrivals) {
    std::array<std::size_t, SlotTable::kNeighbourhoods + 1> ends{};
    for (const Arrival& arrival : arrivals)
        ++ends[SlotTable::neighbourhood(arrival.passage) + 1];
    std::partial_sum(ends.begin(), ends.end(), ends.begin());
    std::vector<Arrival> sorted(arrivals.size());
    for (const Arrival& arrival : arrivals)
        sorted[ends[SlotTable::neighbourhood(arrival.passage)]++] = arrival;
    return sorted;
}

StoryIndex::Slot StoryIndex::enter(const StoryMember& member) {
    expire(member.seen_at);
    const Slot slot = static_cast<Slot>(slots_.size());
    slots_.push_back({.article = member.article,
                      .story = member.story.value_or(0),
                      .at = member.at,
                      .seen_at = member.seen_at});
    // One that was there leaves its place to it, with its new passages.
    articles_.insert_unless(hash_of(member.article), slot, [&](Slot other) {
        if (slots_[other].article == member.article) leave(slots_[other]);
        return slots_[other].alive() ? SlotTable::Holder::other : SlotTable::Holder::gone;
    });
    return slot;
}

std::optional<StoryIndex::Slot> StoryIndex::slot_of(ArticleId article) const {
    std::optional<Slot> found;
    articles_.for_slots(hash_of(article), [&](Slot slot) {
        if (slots_[slot].article == article) found = slot;
        return !found;
    });
    return found;
}

// A story needs each of its passages once: twenty copies cost little more than one.
void StoryIndex::insert(std::uint32_t passage, Slot slot) {
    std::size_t found = 0;
    passages_.insert_unless(passage, slot, [&](Slot other) {
        if (!slots_[other].alive()) return SlotTable::Holder::gone;
        const bool enough = same_story(slot, other) || ++found >= kMostPostings;
        return enough ? SlotTable::Holder::enough : SlotTable::Holder::other;
    });
}

// Numbers anew what is alive when much is not.
void StoryIndex::compact() {
    if (dead_ <= size() / 4) return;
    std::vector<Slot> moved(slots_.size(), SlotTable::kGone);
    std::deque<Entry> slots;
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
        if (!slots_[slot].alive()) continue;
        moved[slot] = static_cast<Slot>(slots.size());
        slots.push_back(slots_[slot]);
    }
    slots_ = std::move(slots);
    dead_ = 0;
    first_alive_ = 0;
    for (SlotTable* table : {&passages_, &articles_})
        table->renumber([&](Slot slot) { return moved[slot]; });
}

void StoryIndex::leave(Entry& entry) {
    entry.article = 0;
    ++dead_;
}

// By and large articles come in the order of their times; one that does not stays a little longer.
void StoryIndex::expire(Time newest) {
    for (; first_alive_ < slots_.size(); ++first_alive_) {
        Entry& entry = slots_[first_alive_];
        if (!entry.alive()) continue;
        if (entry.seen_at + window_ >= newest && size() < most_) return;
        leave(entry);
    }
}

void StoryIndex::assign(ArticleId article, std::optional<StoryId> story) {
    if (const auto known = slot_of(article)) slots_[*known].story = story.value_or(0);
}

void StoryIndex::clear() {
    *this = StoryIndex(window_, most_);
}

std::vector<StoryIndex::Near> StoryIndex::near(const StoryMember& member,
                                               std::span<const std::uint32_t> asked) const {
    prefetch(passages_, asked);
    std::vector<Slot> slots;
    std::vector<std::size_t> ends;
    ends.reserve(asked.size());
    for (const std::uint32_t passage : asked) {
        passages_.for_slots(passage, [&](Slot slot) {
            __builtin_prefetch(&slots_[slot]);
            slots.push_back(slot);
            return true;
        });
        ends.push_back(slots.size());
    }
    std::vector<std::pair<Slot, double>> hits;
    std::vector<Slot> sharing;
    for (std::size_t i = 0, at = 0; i < ends.size(); ++i) {
        sharing.clear();
        std::size_t stories = 0;
        for (; at < ends[i] && stories < kManyStories && sharing.size() < kMostPostings; ++at) {
            const Slot slot = slots[at];
            const Entry& other = slots_[slot];
            if (!other.alive() || other.article == member.article) continue;
            const bool counted = std::any_of(sharing.begin(), sharing.end(),
                                             [&](Slot one) { return same_story(one, slot); });
            if (!counted) ++stories;
            sharing.push_back(slot);
        }
        at = ends[i];
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
        const Entry& other = slots_[slot];
        if (weight < kLeastWeight || std::chrono::abs(other.at - member.at) > window_) continue;
        found.push_back({.article = other.article,
                         .story = other.story == 0 ? std::nullopt : std::optional(other.story),
                         .weight = weight});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Near& a, const Near& b) { return a.weight > b.weight; });
    return found;
}

}  // namespace feedd
