#include "dedup/edit.h"

#include <algorithm>

#include "dedup/settled.h"

namespace feedd {

namespace {

constexpr int kManyRevisions = 24;                   // more than an edited article has in its life
constexpr Seconds kSoon = std::chrono::hours{1};     // after the last of so many
constexpr Seconds kToAndFro = std::chrono::days{1};  // after which what stays is believed
constexpr Seconds kAtOnePlace = std::chrono::hours{6};

// Where two texts differ: from `begin` to `end` of the first.
struct Region {
    std::size_t begin = 0;
    std::size_t end = 0;
};
Region changed(std::string_view from, std::string_view to) {
    const std::size_t least = std::min(from.size(), to.size());
    std::size_t prefix = 0;
    while (prefix < least && from[prefix] == to[prefix])
        ++prefix;
    std::size_t suffix = 0;
    while (suffix < least - prefix && from[from.size() - 1 - suffix] == to[to.size() - 1 - suffix])
        ++suffix;
    return {.begin = prefix, .end = from.size() - suffix};
}

// Three changes in a row at one small place, as a rotating teaser makes them. Each takes something
// out: a story that is told on grows at one place, too.
bool at_one_place(const KnownArticle& known, const Said& now) {
    if (known.past.size() < 2) return false;
    const std::string text = settled(known.content_text);
    const Region next = changed(text, settled(now.text));
    const Region last = changed(text, settled(known.past[0].text));
    const std::string middle = settled(known.past[0].text);
    const Region last_there = changed(middle, text);
    const Region before = changed(middle, settled(known.past[1].text));
    const auto overlap = [](const Region& a, const Region& b) {
        return a.begin <= b.end && b.begin <= a.end;
    };
    const auto is_small = [](const Region& a, const Region& b, std::size_t size) {
        return (std::max(a.end, b.end) - std::min(a.begin, b.begin)) * 3 <= size;
    };
    if (next.begin == next.end || last_there.begin == last_there.end) return false;
    return overlap(next, last) && is_small(next, last, text.size()) &&
           overlap(last_there, before) && is_small(last_there, before, middle.size()) &&
           settled_title(now.title) == settled_title(known.title);
}

}  // namespace

bool is_edit(const Said& before, const Said& now) {
    return settled_title(before.title) != settled_title(now.title) ||
           settled(before.text) != settled(now.text);
}

EditVerdict edit_verdict(const KnownArticle& known, const Said& now, Time at) {
    if (!is_edit({.title = known.title, .text = known.content_text}, now))
        return EditVerdict::noise;
    if (!known.revised_at) return EditVerdict::edit;
    const Seconds since = at - *known.revised_at;
    const bool to_and_fro = known.said_this_before && known.says_again;
    if (to_and_fro && since < kToAndFro) return EditVerdict::restless;
    if (known.revisions >= kManyRevisions && since < kSoon) return EditVerdict::restless;
    if (since < kAtOnePlace && at_one_place(known, now)) return EditVerdict::restless;
    return EditVerdict::edit;
}

}  // namespace feedd
