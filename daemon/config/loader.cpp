#include "config/loader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <glob.h>

#include "base/handle.h"
#include "base/text.h"
#include "config/feed_url.h"
#include "config/file.h"
#include "config/load.h"
#include "config/names.h"
#include "config/scalar.h"
#include "config/settings.h"

namespace feedd {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxIncludeDepth = 16;
constexpr std::size_t kManyFeeds = 1'000;

constexpr std::array<std::string_view, 10> kListKeys{"store",   "defaults", "fetch",  "retention",
                                                     "archive", "dedup",    "search", "metrics",
                                                     "feeds",   "include"};
constexpr std::array<std::string_view, 3> kIncludedKeys{"defaults", "feeds", "include"};

// Sorted. An empty answer to a pattern with wildcards is fine: a directory for later.
std::vector<std::string> files_matching(const std::string& pattern) {
    glob_t found{};
    const int status = glob(pattern.c_str(), GLOB_ERR, nullptr, &found);
    const Handle<glob_t, globfree> owner(&found);
    if (status != 0) return {};
    return {found.gl_pathv, found.gl_pathv + found.gl_pathc};
}

bool has_wildcard(std::string_view pattern) {
    return pattern.find_first_of("*?[") != std::string_view::npos;
}

// `path` seen from the file `shown`, as short as the list writes it.
std::string beside(const std::string& shown, std::string_view path) {
    return (fs::path(shown).parent_path() / path).lexically_normal().string();
}

}  // namespace

tl::expected<Config, std::vector<Error>> Loader::load(const std::string& path) {
    config_.fetch.user_agent = "feedd/" FEEDD_VERSION " (+" FEEDD_HOMEPAGE ")";
    read_file({.shown = path, .defaults = {}, .main = true, .from_file = 0, .from = {}});
    if (!out_.empty()) return tl::unexpected<std::vector<Error>>(out_.errors());
    name_the_nameless();
    return std::move(config_);
}

void Loader::read_file(const Include& include) {
    const auto refuse = [&](std::string what, std::string hint = {}) {
        if (include.main) {
            out_.begin_file(include.shown);
            out_.add({}, std::move(what), std::move(hint));
        } else {
            out_.add_in(include.from_file, include.from, fmt::format("{}: {}", include.shown, what),
                        std::move(hint));
        }
    };
    std::error_code failed;
    const std::string absolute = fs::weakly_canonical(include.shown, failed).string();
    if (std::find(stack_.begin(), stack_.end(), absolute) != stack_.end()) {
        return refuse("this list includes itself");
    }
    const std::string named =
        include.main ? include.shown : to_string(out_.file_name(include.from_file), include.from);
    if (const auto [it, fresh] = seen_.emplace(absolute, named); !fresh) {
        return refuse("this list is included twice", fmt::format("first at {}", it->second));
    }
    if (stack_.size() == kMaxIncludeDepth) return refuse("lists are included too deeply");
    config_.files.push_back(fs::absolute(include.shown, failed).lexically_normal().string());
    const std::string directory = fs::path(config_.files.back()).parent_path().string();
    const auto text = text_of(include.shown, absolute);
    if (!text) return refuse(text.error().what, text.error().hint);
    out_.begin_file(include.shown);
    const auto tree = YamlTree::parse(*text, out_);
    if (!tree) return;
    stack_.push_back(absolute);
    read_list(*tree, include, directory);
    stack_.pop_back();
}

Result<std::string> Loader::text_of(const std::string& shown, const std::string& absolute) const {
    std::error_code failed;
    if (draft_ != nullptr && fs::weakly_canonical(draft_->path, failed).string() == absolute)
        return draft_->text;
    return read_list_file(shown);
}

void Loader::read_list(const YamlTree& tree, const Include& include, const std::string& directory) {
    const YamlNode root = tree.root();
    if (root.is_null()) {
        // A list cut to nothing by accident must not look like the wish to poll nothing.
        if (include.main) out_.add({}, "the file is empty", "write 'feeds: []' if it shall be");
        return;
    }
    if (root.kind() == YamlKind::sequence) {
        return out_.add(root.position(), "the file is a list, not a map",
                        "write 'feeds:' above it");
    }
    const auto keys = include.main ? std::span<const std::string_view>(kListKeys)
                                   : std::span<const std::string_view>(kIncludedKeys);
    const Section list(root, include.main ? "the file" : "an included file", keys, out_);
    if (root.kind() != YamlKind::map) return;
    FeedSpec defaults = include.defaults;
    if (include.main) {
        config_.store = read_path(list, "store", directory);
        config_.metrics = read_path(list, "metrics", directory);
        if (const auto node = list.node("fetch")) {
            read_fetch(*node, config_.fetch, defaults, out_);
        }
        if (const auto search = list.read("search", parse_flag)) config_.search = *search;
        if (const auto node = list.node("retention")) {
            read_retention(*node, config_, defaults, out_);
        }
        if (const auto node = list.node("archive")) read_archive(*node, config_, defaults, out_);
        if (const auto node = list.node("dedup")) read_dedup(*node, config_, out_);
    }
    if (const auto node = list.node("defaults")) {
        read_defaults(*node, defaults, {directory, environment_, pem_, out_});
    }
    if (include.main) config_.defaults = defaults;
    const auto feeds = list.node("feeds");
    if (feeds) read_feeds(*feeds, defaults, directory);
    if (include.main && list.clean() && !list.has("feeds") && !list.has("include")) {
        out_.add(root.position(), "the file has neither 'feeds' nor 'include'",
                 "write 'feeds: []' if it shall be empty");
    }
    read_includes(list, include, defaults);
}

std::optional<std::string> Loader::read_path(const Section& list, std::string_view key,
                                             const std::string& directory) {
    return list.read(key, [&](std::string_view text) -> Result<std::string> {
        const std::string_view path = trim(text);
        if (path.empty()) return fail(ErrorKind::config, {}, "the path is empty");
        if (path.ends_with('/')) return fail(ErrorKind::config, {}, "this is a directory");
        if (path.starts_with('~')) {
            return fail(ErrorKind::config, {}, "'~' is known to shells only",
                        "write the whole path");
        }
        return (fs::path(directory) / path).lexically_normal().string();
    });
}

void Loader::read_feeds(YamlNode feeds, const FeedSpec& defaults, const std::string& directory) {
    if (feeds.kind() != YamlKind::sequence) {
        return out_.add(feeds.position(),
                        fmt::format("feeds is {}, not a list", kind_name(feeds.kind())),
                        "begin each feed with '- '");
    }
    make_room(static_cast<std::size_t>(std::distance(feeds.begin(), feeds.end())));
    const EntryContext context{defaults, {directory, environment_, pem_, out_}};
    for (const YamlNode node : feeds) {
        auto entry = read_feed_entry(node, context);
        if (entry) add_feed(std::move(*entry));
        if (out_.full()) break;
    }
}

void Loader::read_includes(const Section& list, const Include& include, const FeedSpec& defaults) {
    for (const YamlNode pattern : list.texts("include"))
        include_pattern(pattern, include, defaults);
}

void Loader::include_pattern(YamlNode pattern, const Include& include, const FeedSpec& defaults) {
    const std::size_t file = out_.current_file();
    const std::string path = beside(include.shown, trim(pattern.text()));
    std::vector<std::string> paths{path};
    if (has_wildcard(path)) {
        paths = files_matching(path);
        config_.directories.push_back(fs::absolute(path).parent_path().lexically_normal().string());
    }
    for (const std::string& found : paths) {
        read_file({.shown = found,
                   .defaults = defaults,
                   .main = false,
                   .from_file = file,
                   .from = pattern.position()});
        out_.resume_file(file);
    }
}

// For the first long list alone: done for each, all that is there would be moved each time.
void Loader::make_room(std::size_t feeds) {
    if (feeds < kManyFeeds || !config_.feeds.empty()) return;
    config_.feeds.reserve(feeds);
    places_.reserve(feeds);
    urls_.reserve(feeds);
    names_.reserve(feeds);
}

void Loader::add_feed(FeedEntry entry) {
    const Place place{out_.current_file(), entry.url, entry.name};
    const std::size_t index = config_.feeds.size();
    const auto first_at = [&](std::size_t file, Position position) {
        return fmt::format("first at {}", to_string(out_.file_name(file), position));
    };
    const auto [known_url, new_url] = urls_.emplace(url_key(entry.spec.url), index);
    if (!new_url) {
        const Place& first = places_[known_url->second];
        out_.add(entry.url, "this URL is on the list twice", first_at(first.file, first.url));
        return;
    }
    if (!entry.spec.name.empty()) {
        const auto [known_name, new_name] = names_.emplace(entry.spec.name, index);
        if (!new_name) {
            const Place& first = places_[known_name->second];
            out_.add(entry.name, fmt::format("two feeds are named {}", in_quotes(entry.spec.name)),
                     first_at(first.file, first.name));
        }
    }
    places_.push_back(place);
    config_.feeds.push_back(std::move(entry.spec));
}

void Loader::name_the_nameless() {
    for (FeedSpec& feed : config_.feeds) {
        for (int level = 0; feed.name.empty() && level < kNameLevels; ++level) {
            std::string name = derived_name(feed.url, level);
            if (names_.emplace(name, 0).second) feed.name = std::move(name);
        }
        // Two URLs alike in their first hundred bytes and in a hash: a number tells them apart.
        for (int number = 2; feed.name.empty(); ++number) {
            std::string name = fmt::format("{}~{}", derived_name(feed.url, 0), number);
            if (names_.emplace(name, 0).second) feed.name = std::move(name);
        }
    }
}

tl::expected<Config, std::vector<Error>> load_config(const std::string& path,
                                                     const Environment& environment,
                                                     ListFiles* seen) {
    Loader loader(environment);
    auto loaded = loader.load(path);
    if (!loaded && seen != nullptr) *seen = loader.seen();
    return loaded;
}

tl::expected<Config, std::vector<Error>> load_draft(const std::string& path, const ListDraft& draft,
                                                    const Environment& environment) {
    const Environment stood_in = with_stand_ins(environment);
    Loader loader(stood_in, Diagnostics::Unset::tolerated);
    loader.use(draft);
    return loader.load(path);
}

tl::expected<Config, std::vector<Error>> load_without_secrets(const std::string& path,
                                                              const Environment& environment) {
    return Loader(environment, Diagnostics::Unset::tolerated).load(path);
}

tl::expected<std::optional<std::string>, std::vector<Error>> listed_store(
    const std::string& path, const Environment& environment) {
    return load_without_secrets(path, environment).map([](const Config& config) {
        return config.store;
    });
}

}  // namespace feedd
