#include "command/list_edit.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "command/table.h"
#include "config/edit.h"
#include "config/edit_list.h"
#include "config/feed_url.h"
#include "config/load.h"
#include "config/secret_url.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestUrl = 400;  // columns of a URL

}  // namespace

void add_edit_options(CLI::App& command, EditOptions& options) {
    add_config_option(command, options.places);
    command
        .add_option("--file", options.file,
                    "File of the list, included by it, that new feeds are put into "
                    "(default: the list itself)")
        ->type_name("FILE");
    command.add_option("--tag", options.tags, "A tag for the new feeds; may be repeated")
        ->type_name("TAG")
        ->delimiter(',')
        ->take_all()
        ->allow_extra_args(false);
}

std::string EditedList::directory() const {
    return std::filesystem::absolute(path).parent_path().string();
}

std::optional<EditedList> read_list_to_edit(const Places& places, int& exit_code) {
    const Environment environment = process_environment();
    EditedList list{.path = config_path(places.config, environment).value_or("feeds.yaml")};
    list.is_new = !std::filesystem::exists(list.path);
    auto config = editable_list(list.path, environment);
    if (!config) {
        exit_code = report(config.error());
        return std::nullopt;
    }
    list.config = std::move(*config);
    return list;
}

std::optional<Config> write_feeds(const EditedList& list, const std::string& file,
                                  std::span<const NewFeed> feeds, int& exit_code) {
    auto after =
        add_to_list({.list = list.path, .file = file, .feeds = {feeds.begin(), feeds.end()}},
                    process_environment());
    if (after) {
        if (list.is_new) fmt::print(stderr, "{}: a new list\n", list.path);
        return std::move(*after);
    }
    exit_code = report(after.error().errors);
    if (after.error().by_hand) {
        fmt::print(stderr, "Nothing was written. To be put below 'feeds:' by hand:\n{}",
                   entries_to_paste(feeds));
    }
    return std::nullopt;
}

const FeedSpec* feed_of(const NewFeed& entry, const Config& list, const std::string& directory) {
    const auto address = read_feed_url(entry.url, directory, with_stand_ins(process_environment()));
    if (!address) return nullptr;
    const std::string key = url_key(address->url);
    const auto found = std::find_if(list.feeds.begin(), list.feeds.end(),
                                    [&](const FeedSpec& feed) { return url_key(feed.url) == key; });
    return found == list.feeds.end() ? nullptr : &*found;
}

std::string shown_url(std::string_view url) {
    return fitted(without_secrets(url), kLongestUrl);
}

}  // namespace feedd
