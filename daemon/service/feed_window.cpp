#include "service/feed_window.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "dedup/departure.h"
#include "dedup/guid_alias.h"
#include "dedup/handover.h"
#include "dedup/reissue.h"
#include "normalize/article.h"
#include "normalize/canonical_url.h"

namespace feedd {

namespace {

Signs signs_of(const Candidate& candidate) {
    Signs signs{.alias = guid_alias(candidate.guid),
                .address = {},
                .path = {},
                .title = candidate.title_hash,
                .words = candidate.words_hash,
                .date = candidate.article.published_at};
    if (!candidate.url_identifies) return signs;
    signs.address = candidate.article.url_key;
    signs.path = guid_alias(candidate.article.url);
    return signs;
}

Signs signs_of(const Listed& item) {
    const std::string url = canonical_url(item.link);
    return {.alias = guid_alias(item.guid),
            .address = document_url_key(url),
            .path = guid_alias(url),
            .title = item.title_hash,
            .words = item.words_hash,
            .date = item.published_at};
}

// Places in the present document by key.
using Places = std::unordered_map<std::string_view, std::size_t>;

Places places_of(const std::vector<ItemKey>& keys) {
    Places places;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!keys[i].duplicate) places.emplace(keys[i].key, i);
    }
    return places;
}

void find_reissued(PollOutcome& outcome, const std::vector<Listed>& gone,
                   const std::unordered_set<std::string_view>& unknown) {
    std::vector<Candidate*> fresh;
    std::vector<Signs> fresh_signs;
    for (Candidate& candidate : outcome.candidates) {
        if (!unknown.contains(candidate.key) || !candidate.reissue_of.empty()) continue;
        fresh.push_back(&candidate);
        fresh_signs.push_back(signs_of(candidate));
    }
    if (fresh.empty() || gone.empty()) return;
    std::vector<Signs> gone_signs;
    gone_signs.reserve(gone.size());
    for (const Listed& item : gone)
        gone_signs.push_back(signs_of(item));
    const auto pairs = reissued(fresh_signs, gone_signs);
    for (std::size_t i = 0; i < fresh.size(); ++i) {
        if (pairs[i]) fresh[i]->reissue_of = gone[*pairs[i]].key;
    }
}

std::vector<Before> before_of(const std::vector<Listed>& window, const Places& places) {
    std::vector<Before> before;
    before.reserve(window.size());
    for (const Listed& item : window) {
        const auto place = places.find(item.key);
        before.push_back(
            {.date = item.published_at,
             .first_seen_at = item.first_seen_at,
             .position = item.position,
             .position_now = place == places.end() ? -1 : static_cast<int>(place->second)});
    }
    return before;
}

void find_departed(PollOutcome& outcome, const std::vector<Listed>& window, const Places& places,
                   const DocumentItems& items) {
    std::unordered_set<std::string_view> listed;
    std::unordered_set<std::string_view> reissued_keys;
    for (const Listed& item : window)
        listed.insert(item.key);
    for (const Candidate& candidate : outcome.candidates) {
        if (candidate.reissue_of.empty()) continue;
        reissued_keys.insert(candidate.reissue_of);
        listed.insert(candidate.key);
    }
    std::vector<Present> now;
    for (std::size_t i = 0; i < items.keys.size(); ++i) {
        if (items.keys[i].duplicate) continue;
        now.push_back({.date = publication_date(items.document.items[i], outcome.at),
                       .listed_before = listed.contains(items.keys[i].key)});
    }
    const auto found = departures(before_of(window, places), now);
    for (std::size_t i = 0; i < window.size(); ++i) {
        if (found[i] == Departure::none) continue;
        const bool reissued = reissued_keys.contains(window[i].key);
        if (found[i] == Departure::undecided && items.whole && !reissued) continue;
        outcome.departed.push_back(
            {.key = window[i].key,
             .withdrawn = found[i] == Departure::withdrawn && items.whole && !reissued});
    }
}

void note_dates(FeedPast& past, const std::vector<Listed>& window) {
    for (const Listed& item : window) {
        if (!item.published_at) continue;
        past.oldest = std::min(past.oldest.value_or(*item.published_at), *item.published_at);
        past.newest = std::max(past.newest.value_or(*item.published_at), *item.published_at);
    }
}

}  // namespace

int still_listed(const std::vector<Listed>& window, const std::vector<std::string>& urls) {
    std::unordered_set<std::string> listed;
    for (const Listed& item : window)
        listed.insert(canonical_url(item.link));
    return static_cast<int>(
        std::ranges::count_if(urls, [&](const std::string& url) { return listed.contains(url); }));
}

std::vector<std::string> keys_before_count(const PollOutcome& outcome,
                                           const std::vector<Listed>& window, std::size_t items) {
    std::unordered_map<std::string_view, std::size_t> listed;
    for (std::size_t k = 0; k < window.size(); ++k)
        listed.emplace(window[k].key, k);
    const auto is_counted = [&](std::string_view key) {
        return key.starts_with("guid:") && listed.contains(key);
    };
    if (std::ranges::none_of(outcome.candidates,
                             [&](const Candidate& one) { return is_counted(one.key); })) {
        return {};  // nothing that was known says something else
    }
    std::vector<Keyed> before;
    before.reserve(window.size());
    for (const Listed& item : window)
        before.push_back({.key = item.key, .signs = signs_of(item)});
    std::vector<Keyed> now;
    std::vector<int> positions;
    for (const Candidate& candidate : outcome.candidates) {
        now.push_back({.key = candidate.key, .signs = signs_of(candidate)});
        positions.push_back(candidate.position);
    }
    std::vector<std::string> keys(items);
    for (const Reseen& item : outcome.reseen) {
        keys.at(static_cast<std::size_t>(item.position)) = item.key;
        const auto at = listed.find(item.key);
        if (at == listed.end()) continue;
        now.push_back(before[at->second]);
        positions.push_back(item.position);
    }
    const auto found = handovers(now, before);
    std::size_t known = 0;
    std::size_t handed_over = 0;
    for (std::size_t i = 0; i < now.size(); ++i) {
        const bool counted = is_counted(now[i].key);
        known += counted ? 1 : 0;
        handed_over += counted && found[i] ? 1 : 0;
        if (found[i]) keys.at(static_cast<std::size_t>(positions[i])) = before[*found[i]].key;
    }
    return are_counters(known, handed_over) ? keys : std::vector<std::string>{};
}

void compare_with_window(PollOutcome& outcome, const std::vector<Listed>& window,
                         const DocumentItems& items, FeedPast past) {
    note_dates(past, window);
    std::unordered_set<std::string_view> unknown;
    for (const std::size_t index : items.unknown)
        unknown.insert(items.keys[index].key);
    for (Candidate& candidate : outcome.candidates) {
        candidate.backfill =
            unknown.contains(candidate.key) && is_backfill(candidate.article.published_at, past);
    }
    if (outcome.partial || items.keys.empty()) return;
    const Places places = places_of(items.keys);
    std::vector<Listed> gone;
    for (const Listed& item : window) {
        if (!places.contains(item.key)) gone.push_back(item);
    }
    if (gone.empty()) return;
    find_reissued(outcome, gone, unknown);
    find_departed(outcome, window, places, items);
}

}  // namespace feedd
