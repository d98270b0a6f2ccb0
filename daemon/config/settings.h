// The sections that hold for the whole program: 'fetch', 'retention', 'archive' and 'dedup'.
#pragma once

#include "config/diagnostic.h"
#include "config/yaml.h"
#include "model/config.h"

namespace feedd {

// 'timeout' and 'max_body' stand under 'fetch' and become defaults of the feeds.
void read_fetch(YamlNode node, FetchConfig& fetch, FeedSpec& defaults, Diagnostics& out);

// Likewise what holds for feeds that do not say otherwise.
void read_retention(YamlNode node, Config& config, FeedSpec& defaults, Diagnostics& out);

// true, false, or a map of bounds, which is true, too: then all feeds are archived that do not say
// otherwise.
void read_archive(YamlNode node, Config& config, FeedSpec& defaults, Diagnostics& out);

void read_dedup(YamlNode node, Config& config, Diagnostics& out);

}  // namespace feedd
