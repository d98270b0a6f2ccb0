// The feed list, read and checked: what the daemon runs on.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/network.h"
#include "base/time.h"
#include "model/archive.h"
#include "model/feed.h"

namespace feedd {

// allow_private_addresses: nothing, everything, or these networks.
struct PrivateAddresses {
    bool all = false;
    std::vector<Network> networks;
};

// Hosts by name, as base/url's host_of writes them, or by the address that stands in a URL.
struct HostSet {
    std::vector<std::string> names;
    std::vector<Network> networks;
};

struct FetchConfig {
    std::string user_agent;
    std::size_t concurrency = 128;
    std::optional<std::size_t> requests_per_hour;  // for all feeds together; nullopt: no budget
    std::size_t per_host = 2;                      // at a time; 0: any number
    std::chrono::milliseconds host_pause{500};     // between two requests to a public host; 0: none
    HostSet unlimited_hosts;                       // per_host and host_pause are not for these
    PrivateAddresses private_addresses;
};

inline constexpr Seconds kDefaultStoryWindow = std::chrono::days{7};

struct Config {
    std::optional<std::string> store;  // path, absolute
    FetchConfig fetch;
    Retention retention;                 // of feeds that are off the list; else FeedSpec::retention
    std::vector<std::string> keep_tags;  // feeds with one of these tags let go of nothing
    std::optional<std::string> metrics;  // file for node_exporter, absolute; nullopt: none
    bool search = true;                  // keep the full-text index
    // dedup.story_window: how far apart articles of one story may be; nullopt: `dedup.stories`
    // is off
    std::optional<Seconds> story_window = kDefaultStoryWindow;
    ArchiveBounds archive;                 // whose documents: FeedSpec::archive
    FeedSpec defaults;                     // what a feed of the main file is that says nothing
    std::vector<FeedSpec> feeds;           // in the order of the list, names and URLs unique
    std::vector<std::string> files;        // every file it was read from, absolute: to be watched
    std::vector<std::string> directories;  // absolute; a new file there may belong to the list
};

}  // namespace feedd
