// One entry of 'feeds:', and the settings that 'defaults:' may give to all of them.
#pragma once

#include <optional>
#include <string>

#include "config/access.h"
#include "config/yaml.h"
#include "model/feed.h"

namespace feedd {

// What an entry is read with.
struct EntryContext {
    const FeedSpec& defaults;
    AccessContext access;
};

struct FeedEntry {
    FeedSpec spec;  // name "": none given
    Position url;
    Position name;
};

// nullopt: it has no usable URL, and that is reported.
[[nodiscard]] std::optional<FeedEntry> read_feed_entry(YamlNode node, const EntryContext& context);

// The 'defaults' section over what held before it.
void read_defaults(YamlNode node, FeedSpec& defaults, const AccessContext& context);

// How often to poll, nullopt for 'auto'.
[[nodiscard]] Result<std::optional<Seconds>> read_interval_or_auto(std::string_view text);
// A whole fetch takes from a second to an hour.
[[nodiscard]] Result<Seconds> read_timeout(std::string_view text);
// A body has from a kibibyte to a gibibyte.
[[nodiscard]] Result<std::uint64_t> read_max_body(std::string_view text);
[[nodiscard]] Result<std::string> read_user_agent(std::string_view text);

}  // namespace feedd
