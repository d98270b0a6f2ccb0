#include "dedup/handover.h"

#include <algorithm>
#include <map>
#include <unordered_set>
#include <utility>

namespace feedd {

namespace {

constexpr std::size_t kFewestToRedate = 3;
// One could be a text that was posted again while the first place of it was reworded.
constexpr std::size_t kFewestToCount = 2;

using Wording = std::pair<std::optional<std::uint64_t>, std::optional<std::uint64_t>>;
constexpr std::size_t kSharedByMany = SIZE_MAX;

// Who says what: an index, or kSharedByMany.
using Speakers = std::map<Wording, std::size_t>;

Wording said_by(const Keyed& item) {
    return {item.signs.title, item.signs.words};
}

Speakers speakers_of(std::span<const Keyed> items) {
    Speakers speakers;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].signs.title && !items[i].signs.words) continue;
        const auto [at, first] = speakers.emplace(said_by(items[i]), i);
        if (!first) at->second = kSharedByMany;
    }
    return speakers;
}

bool is_elsewhere(const Signs& a, const Signs& b) {
    return !a.address.empty() && !b.address.empty() && a.address != b.address;
}

bool is_redated(const Signs& a, const Signs& b) {
    return a.date && b.date && *a.date != *b.date;
}

}  // namespace

std::vector<std::optional<std::size_t>> handovers(std::span<const Keyed> now,
                                                  std::span<const Keyed> before) {
    std::vector<std::optional<std::size_t>> found(now.size());
    const Speakers speak_now = speakers_of(now);
    const Speakers spoke = speakers_of(before);
    std::unordered_set<std::string_view> keys;
    for (const Keyed& item : now)
        keys.insert(item.key);
    for (const auto& [words, i] : speak_now) {
        const auto at = spoke.find(words);
        if (i == kSharedByMany || at == spoke.end() || at->second == kSharedByMany) continue;
        const Keyed& was = before[at->second];
        const bool stayed = was.key == now[i].key || !keys.contains(was.key);
        if (!stayed && !is_elsewhere(now[i].signs, was.signs)) found[i] = at->second;
    }
    const auto count =
        std::ranges::count_if(found, [](const auto& one) { return one.has_value(); });
    if (static_cast<std::size_t>(count) >= kFewestToRedate) return found;
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (found[i] && is_redated(now[i].signs, before[*found[i]].signs)) found[i].reset();
    }
    return found;
}

bool are_counters(std::size_t known, std::size_t handed_over) {
    if (handed_over == 0) return false;
    return handed_over >= kFewestToCount || handed_over + 1 >= known;
}

}  // namespace feedd
