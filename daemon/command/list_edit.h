// What the commands that edit the list share.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "command/common.h"
#include "config/new_feed.h"
#include "model/config.h"

namespace feedd {

struct EditOptions {
    Places places;
    std::string file;  // of the list, where new feeds go; "" the main file
    std::vector<std::string> tags;
};
void add_edit_options(CLI::App& command, EditOptions& options);

// The list to be edited, and where it is: where none is found, ./feeds.yaml, which an edit makes.
struct EditedList {
    std::string path;
    Config config;
    bool is_new = false;
    [[nodiscard]] std::string directory() const;  // absolute, of the list
};
// Its errors are reported; the exit code is then in `exit_code`.
[[nodiscard]] std::optional<EditedList> read_list_to_edit(const Places& places, int& exit_code);

// Puts the feeds on the list. Where that fails, reports why, with the entries to be put there by
// hand; the exit code is then in `exit_code`.
[[nodiscard]] std::optional<Config> write_feeds(const EditedList& list, const std::string& file,
                                                std::span<const NewFeed> feeds, int& exit_code);

// The feed of the list that a new entry has become.
[[nodiscard]] const FeedSpec* feed_of(const NewFeed& entry, const Config& list,
                                      const std::string& directory);

// A list URL as it may be shown: no user name, no password.
[[nodiscard]] std::string shown_url(std::string_view url);

}  // namespace feedd
