#include "dedup/item_key.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/hash.h"
#include "base/text.h"
#include "base/url.h"
#include "dedup/item_hash.h"
#include "model/document_address.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestKey = 1024;  // bytes; what is longer is kept as its digest

// What of an item may say which one it is. Views into the document.
struct Facts {
    const Item* item = nullptr;
    std::string_view guid;
    std::string_view link;
    std::string place;          // of the link, see place_of()
    bool link_is_home = false;  // or there is none
    bool place_is_home = false;
    std::uint64_t hash = 0;
};

// The page that a link leads to: without scheme, www, fragment and closing slash.
std::string place_of(std::string_view link) {
    const UrlParts parts = split_url(link);
    std::string host = lower(parts.authority.value_or(""));
    if (host.starts_with("www.")) host.erase(0, 4);
    std::string place = host + std::string(parts.path);
    if (parts.query) place.append("?").append(*parts.query);
    if (place.ends_with('/')) place.pop_back();
    return place;
}

bool is_root(std::string_view link) {
    const UrlParts parts = split_url(link);
    return parts.authority && (parts.path.empty() || parts.path == "/") && !parts.query;
}

// Where links lead that stand for the feed as a whole.
struct FeedPlaces {
    std::string home;
    std::string self;
};

Facts facts_of(const Item& item, const FeedPlaces& feed, GuidTrust trust) {
    Facts facts;
    facts.item = &item;
    facts.hash = item_hash(item);
    if (trust != GuidTrust::volatile_guids) facts.guid = trim(item.id);
    // The article behind a proxy's link, where the proxy tells it.
    facts.link = trim(document_address(item));
    facts.place = place_of(facts.link);
    facts.place_is_home = facts.place.empty() || facts.place == feed.home ||
                          facts.place == feed.self || is_root(facts.link);
    // A page with all its articles on it still tells them apart by fragments.
    const auto fragment = split_url(facts.link).fragment;
    facts.link_is_home = facts.place_is_home && (!fragment || fragment->empty());
    return facts;
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts)
        out.append(std::to_string(part.size())).append(":").append(part);
    return out;
}

// Marks an item that stands earlier in the document. The same guid, link and title are enough where
// the link leads to a document of its own; else the whole item has to be the same.
class Repeats {
  public:
    bool seen(const Facts& facts) {
        const std::string name = joined({facts.guid, facts.link, facts.item->title.value});
        const bool named = !names_.insert(name).second;
        const bool whole = !wholes_.insert(joined({name, std::to_string(facts.hash)})).second;
        return whole || (named && !facts.guid.empty() && !facts.link_is_home);
    }

  private:
    std::unordered_set<std::string> names_;
    std::unordered_set<std::string> wholes_;
};

using Counts = std::unordered_map<std::string_view, int>;

struct Census {
    Counts guids;
    Counts links;
    Counts places;
    void add(const Facts& facts) {
        ++guids[facts.guid];
        ++links[facts.link];
        ++places[facts.place];
    }
};

std::string named(std::string_view rule, std::string_view value) {
    if (value.size() <= kLongestKey) return std::string(rule).append(value);
    return std::string(rule).append("digest:").append(digest_of(value));
}

// With `apart`, told apart also from items that say the very same.
std::string hash_key(const Facts& facts, bool apart) {
    const Item& item = *facts.item;
    Digest digest;
    digest.field("title", trim(item.title.value))
        .field("summary", trim(item.summary.value))
        .field("content", trim(item.content.value))
        .field("link", facts.link);
    if (apart) {
        if (item.published) digest.field("published", format_utc(*item.published));
        if (!item.enclosures.empty()) digest.field("enclosure", item.enclosures.front().url);
    }
    return "hash:" + digest.hex();
}

std::string key_of(const Facts& facts, const Census& census) {
    if (!facts.guid.empty() && census.guids.at(facts.guid) == 1) return named("guid:", facts.guid);
    if (!facts.link_is_home && census.links.at(facts.link) == 1) return named("url:", facts.link);
    return hash_key(facts, false);
}

bool identifies(const Facts& facts, const Census& census) {
    const std::string scheme = scheme_of(facts.link);
    return (scheme == "http" || scheme == "https") && !facts.place_is_home &&
           census.places.at(facts.place) == 1;
}

// Items without guid and link that say the same, such as 'up' and 'up' of a status page. The oldest
// keeps the plain key, so that it stays the same when a newer one joins it.
void tell_apart(std::vector<ItemKey>& keys, const std::vector<Facts>& facts) {
    std::unordered_map<std::string, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!keys[i].duplicate && keys[i].key.starts_with("hash:"))
            groups[keys[i].key].push_back(i);
    }
    for (auto& [key, members] : groups) {
        std::stable_sort(members.begin(), members.end(), [&](std::size_t a, std::size_t b) {
            return facts[a].item->published < facts[b].item->published;
        });
        std::unordered_set<std::string> taken{hash_key(facts[members.front()], true)};
        for (std::size_t i = 1; i < members.size(); ++i) {
            ItemKey& later = keys[members[i]];
            std::string apart = hash_key(facts[members[i]], true);
            later.duplicate = !taken.insert(apart).second;
            if (!later.duplicate) later.key = std::move(apart);
        }
    }
}

}  // namespace

std::vector<ItemKey> item_keys(const Document& document, GuidTrust trust) {
    const FeedPlaces places{.home = place_of(trim(document.feed.home_page_url)),
                            .self = place_of(trim(document.feed.feed_url))};
    std::vector<Facts> facts;
    facts.reserve(document.items.size());
    for (const Item& item : document.items)
        facts.push_back(facts_of(item, places, trust));

    std::vector<ItemKey> keys(facts.size());
    Repeats repeats;
    Census census;
    for (std::size_t i = 0; i < facts.size(); ++i) {
        keys[i].hash = facts[i].hash;
        keys[i].duplicate = repeats.seen(facts[i]);
        if (!keys[i].duplicate) census.add(facts[i]);
    }
    for (std::size_t i = 0; i < facts.size(); ++i) {
        keys[i].key = key_of(facts[i], census);
        keys[i].url_identifies = identifies(facts[i], census);
    }
    tell_apart(keys, facts);
    return keys;
}

GuidTrust learned_trust(GuidTrust before, int items, int known_guids, int known_links) {
    // Under three items an edited or reused link looks the same as a guid made anew.
    constexpr int kFewestItems = 3;
    if (before == GuidTrust::volatile_guids) return before;
    const bool recur = known_guids > 0 && known_guids * 2 >= items;
    if (recur) return GuidTrust::stable;
    const bool guids_are_new = known_guids * 10 <= items;
    const bool links_are_old = known_links * 10 >= items * 8;
    if (items < kFewestItems || !guids_are_new || !links_are_old) return before;
    // Guids that have recurred may all change once, with the publisher's software: such a feed is
    // only put back to where one more sign convicts it.
    return before == GuidTrust::stable ? GuidTrust::unknown : GuidTrust::volatile_guids;
}

}  // namespace feedd
