// A feed: what the list says of it (FeedSpec) and what the store remembers (FeedState).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/access.h"
#include "model/hints.h"
#include "model/rhythm.h"

namespace feedd {

using FeedId = std::int64_t;

// How long the articles of a feed are kept: an article goes when every feed that carries it lets go
// of it.
struct Retention {
    std::optional<Seconds> age;        // since it was first seen; nullopt: for ever
    std::optional<std::size_t> count;  // of the feed's newest articles; nullopt: all
    bool operator==(const Retention&) const = default;
};

// One entry of the feed list, defaults already applied.
struct FeedSpec {
    std::string url;   // as written, its ${…} filled in and credentials taken out; file: absolute
    std::string name;  // unique; derived from the URL where the list gives none
    std::vector<std::string> tags;
    std::optional<Seconds> interval;  // nullopt: auto
    Seconds min_interval{600};        // of `auto`
    Seconds max_interval{86400};      // of `auto`, and of backing off
    Seconds timeout{30};              // for a whole fetch, redirects and body included
    std::uint64_t max_body = std::uint64_t{16} << 20U;  // bytes, after decoding
    std::optional<std::string> user_agent;              // instead of fetch.user_agent
    bool archive = false;                               // keep its documents as received
    Retention retention;
    Access access;            // credentials, certificates, proxy
    std::string place;        // "feeds.yaml:12", for messages
    bool secret_url = false;  // a ${…} is filled in: the URL itself may be a secret
    bool operator==(const FeedSpec&) const = default;
};

enum class FeedStatus : std::uint8_t {
    active,
    failing,  // the last poll failed
    gone,     // 410: not polled until the list's entry is touched
    paused,
    removed,  // no longer on the list; its articles stay
};
[[nodiscard]] std::string_view name(FeedStatus status) noexcept;
[[nodiscard]] std::optional<FeedStatus> feed_status(std::string_view name) noexcept;

// Opaque bytes, those of the last usable answer, always replaced as a pair (RFC 9110 §8.8).
struct Validators {
    std::optional<std::string> etag;
    std::optional<std::string> last_modified;
    bool operator==(const Validators&) const = default;
    [[nodiscard]] bool empty() const { return !etag && !last_modified; }
};

// A permanent redirect on probation: adopted only after it has held for several good polls.
struct Move {
    std::string to;
    int polls = 0;  // good polls in a row that ended there
    bool operator==(const Move&) const = default;
};

// How far the feed's guids can be trusted, learned poll by poll (dedup/item_key).
enum class GuidTrust : std::uint8_t {
    unknown,  // too few polls
    stable,
    volatile_guids,  // new at every poll although the links stay: keyed by link
};

struct FeedState {
    FeedId id = 0;
    std::string listed_url;  // FeedSpec::url: the key that joins list and store
    std::string url;         // what is polled: listed_url until a permanent redirect is adopted
    std::string name;
    FeedStatus status = FeedStatus::active;
    Validators validators;
    std::string body_hash;  // quick_digest_of the last body that was stored, decoded; "" none
    std::optional<Time> last_polled_at;
    std::optional<Time> last_success_at;
    std::optional<Time> last_new_at;
    std::optional<Time> next_poll_at;  // nullopt: now
    // The latest that server and document asked for at the last poll: it holds when the list's
    // interval is shortened, too.
    std::optional<Time> not_before;
    int failures = 0;        // in a row
    std::string last_error;  // "" after a good poll
    std::optional<Move> move;
    // The listed feed that is polled in its place, since a permanent redirect leads there.
    std::optional<FeedId> merged_into;
    GuidTrust guid_trust = GuidTrust::unknown;
    std::optional<Seconds> period;  // between items, as published: of the rhythm, for people
    std::optional<Rhythm> rhythm;   // learned, for `auto`; nullopt: nothing yet
    // The last moment of a feed that has been silent against its rhythm up to its last good poll.
    std::optional<Time> silent_since;
    FeedHints hints;  // of the last document: a 304 brings none
};

// Not polled by itself, for the time being.
[[nodiscard]] inline bool is_asleep(FeedStatus status,
                                    const std::optional<FeedId>& merged_into) noexcept {
    return status == FeedStatus::gone || status == FeedStatus::paused || merged_into.has_value();
}

// What a feed says about itself, as shown to people.
struct FeedInfo {
    std::string title;
    std::string site_url;
    std::string description;
    std::string language;
    std::string image_url;
    bool operator==(const FeedInfo&) const = default;
};

}  // namespace feedd
