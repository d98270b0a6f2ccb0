// feedd import: the feeds of an OPML file onto the list.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sysexits.h>

#include "base/text.h"
#include "base/url.h"
#include "command/command.h"
#include "command/list_edit.h"
#include "command/table.h"
#include "config/edit.h"
#include "config/edit_list.h"
#include "config/feed_url.h"
#include "config/file.h"
#include "config/names.h"
#include "parse/opml.h"
#include "service/listed_feeds.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestName = 100;  // columns of a name
constexpr std::size_t kLongestTag = 100;   // bytes, as the list has it
constexpr std::size_t kMostTags = 100;     // of a feed, likewise

struct ImportOptions {
    EditOptions edit;
    std::string file;
    bool dry_run = false;
};

// What becomes of the feeds of a file.
struct Import {
    struct Known {
        std::string name;
        std::string url;
        std::string as;     // the name that it has on the list
        std::string place;  // "" in the same file
    };
    struct Refused {
        std::string name;
        Error error;
    };
    std::vector<NewFeed> feeds;
    std::vector<Known> known;
    std::vector<Refused> refused;
    std::size_t with_password = 0;
};

// "feed://a.org/x" and "feed:https://a.org/x" are what pages have for readers to open.
std::string url_of(std::string_view written) {
    std::string url(trim(written));
    if (istarts_with(url, "feed:")) {
        url.erase(0, std::string_view("feed:").size());
        if (url.starts_with("//")) url.insert(0, "http:");
    }
    const bool spaced = std::any_of(url.begin(), url.end(), is_space);
    return spaced ? resolve_url({}, url) : url;
}

// A tag of the list has no comma.
std::string tag_of(std::string tag) {
    if (tag.find(',') != std::string::npos) {
        std::replace(tag.begin(), tag.end(), ',', ' ');
        tag = collapse_space(tag);
    }
    return std::string(trim(truncate_utf8(trim(tag), kLongestTag)));
}

void add_tags(std::vector<std::string>& tags, const std::vector<std::string>& more) {
    for (const std::string& each : more) {
        std::string tag = tag_of(each);
        const bool there = std::find(tags.begin(), tags.end(), tag) != tags.end();
        if (!tag.empty() && !there && tags.size() < kMostTags) tags.push_back(std::move(tag));
    }
}

class Planner {
  public:
    Planner(const EditedList& list, const std::vector<std::string>& tags)
        : directory_(list.directory()),
          environment_(with_stand_ins(process_environment())),
          listed_(list.config),
          tags_(tags) {}

    Import plan(const std::vector<OpmlFeed>& feeds) {
        for (const OpmlFeed& feed : feeds)
            take(feed);
        // Names last: a feed may be named only where it stands in the file for the second time.
        for (std::size_t i = 0; i < import_.feeds.size(); ++i)
            name(import_.feeds[i], addresses_[i]);
        return std::move(import_);
    }

  private:
    void take(const OpmlFeed& feed) {
        std::string url = list_url(url_of(feed.url));
        const auto address = read_feed_url(url, directory_, environment_);
        if (!address) {
            import_.refused.push_back({feed.name, address.error()});
            return;
        }
        if (const FeedSpec* same = listed_.by_document(address->url)) {
            import_.known.push_back({feed.name, url, same->name, same->place});
            return;
        }
        const auto [at, fresh] = urls_.emplace(url_key(address->url), import_.feeds.size());
        if (!fresh) {
            NewFeed& first = import_.feeds[at->second];
            add_tags(first.tags, feed.tags);
            if (first.name.empty()) first.name = feed.name;
            import_.known.push_back({feed.name, url, first.name, {}});
            return;
        }
        NewFeed entry{.url = std::move(url), .name = feed.name, .tags = {}, .interval = {}};
        add_tags(entry.tags, feed.tags);
        add_tags(entry.tags, tags_);
        if (address->authorization) ++import_.with_password;
        addresses_.push_back(address->url);
        import_.feeds.push_back(std::move(entry));
    }

    // A name that the URL gives anyway need not be written.
    void name(NewFeed& feed, const std::string& address) {
        if (feed.name == feed.url) feed.name.clear();
        if (feed.name.empty()) return;
        feed.name = listed_.free_name(feed.name);
        if (feed.name == derived_name(address, 0)) feed.name.clear();
    }

    std::string directory_;
    Environment environment_;
    ListedFeeds listed_;
    const std::vector<std::string>& tags_;
    Import import_;
    std::vector<std::string> addresses_;                 // of import_.feeds
    std::unordered_map<std::string, std::size_t> urls_;  // url_key → index in import_.feeds
};

Result<std::string> contents_of(const std::string& file) {
    if (file == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
    auto text = read_list_file(file);
    if (text) return text;
    return fail(ErrorKind::io, file, text.error().what, text.error().hint);
}

std::string shown_name(const std::string& name) {
    return name.empty() ? "a feed without a name" : fitted(name, kLongestName);
}

void print_feeds(const Import& planned, const Config& after, const EditedList& list) {
    for (const NewFeed& feed : planned.feeds) {
        const FeedSpec* there = feed_of(feed, after, list.directory());
        fmt::print("{}: added, {}\n", there == nullptr ? feed.name : there->name,
                   shown_url(feed.url));
    }
}

void print_others(const Import& planned, const std::string& file) {
    for (const Import::Known& known : planned.known) {
        if (known.place.empty()) {
            fmt::print("{}: twice in the file, {}\n", shown_name(known.name), shown_url(known.url));
        } else {
            fmt::print("{}: on the list already, {} ({}, {})\n", shown_name(known.name),
                       shown_url(known.url), known.place, known.as);
        }
    }
    for (const Import::Refused& refused : planned.refused) {
        Error error = refused.error;
        error.where = fmt::format("{}: {}", file, shown_name(refused.name));
        report(error);
    }
}

int import_file(const ImportOptions& options) {
    int exit_code = EX_OK;
    const std::string shown = options.file == "-" ? "standard input" : options.file;
    const auto bytes = contents_of(options.file);
    if (!bytes) return report(bytes.error());
    const auto opml = read_opml(*bytes);
    if (!opml) {
        Error error = opml.error();
        error.where = shown;
        return report(error);
    }
    const auto list = read_list_to_edit(options.edit.places, exit_code);
    if (!list) return exit_code;
    const Import planned = Planner(*list, options.edit.tags).plan(opml->feeds);
    if (options.dry_run) {
        std::fputs(entries_to_paste(planned.feeds).c_str(), stdout);
    } else if (!planned.feeds.empty()) {
        const auto after = write_feeds(*list, options.edit.file, planned.feeds, exit_code);
        if (!after) return exit_code;
        print_feeds(planned, *after, *list);
    }
    print_others(planned, shown);
    const auto twice =
        std::count_if(planned.known.begin(), planned.known.end(),
                      [](const Import::Known& known) { return known.place.empty(); });
    fmt::print(stderr, "{}: {} {}, {} on the list already, {} twice in the file, {} left out\n",
               shown, planned.feeds.size(), options.dry_run ? "would be added" : "added",
               planned.known.size() - static_cast<std::size_t>(twice), twice,
               planned.refused.size());
    if (opml->recovered) {
        fmt::print(
            stderr,
            "feedd: {}: warning: it is damaged, and may have had more feeds than were found\n",
            shown);
    }
    if (planned.with_password > 0) {
        fmt::print(stderr,
                   "feedd: {}: warning: passwords stand in {} of the new URLs (docs: Secrets)\n",
                   list->path, planned.with_password);
    }
    return planned.refused.empty() ? EX_OK : EX_DATAERR;
}

}  // namespace

void add_import(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<ImportOptions>();
    CLI::App& command = *app.add_subcommand("import", "Put the feeds of an OPML file on the list");
    add_edit_options(command, options->edit);
    command.add_flag("--dry-run", options->dry_run, "Print the new entries, and write nothing");
    command.add_option("FILE", options->file, "An OPML file; - is standard input")->required();
    command.footer(
        "Folders and categories become tags. Nothing is fetched. Exit status: 0 every feed of the\n"
        "file is on the list, 65 some are not, each with its reason, or the file is no OPML.");
    command.callback([options, &exit_code] { exit_code = import_file(*options); });
}

}  // namespace feedd
