// Reads the list and the lists that it includes, and joins them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "config/diagnostic.h"
#include "config/environment.h"
#include "config/feed_entry.h"
#include "config/load.h"
#include "config/section.h"
#include "config/yaml.h"
#include "model/config.h"

namespace feedd {

class Loader {
  public:
    explicit Loader(const Environment& environment,
                    Diagnostics::Unset unset = Diagnostics::Unset::refused)
        : environment_(environment), out_(unset) {}

    // In the place of what is on disk. Outlives the loader.
    void use(const ListDraft& draft) { draft_ = &draft; }

    // Once per loader.
    [[nodiscard]] tl::expected<Config, std::vector<Error>> load(const std::string& path);

    // What was read so far, or could not be.
    [[nodiscard]] ListFiles seen() const {
        return {.files = config_.files, .directories = config_.directories};
    }

  private:
    // Where a file was named: itself a place in a file, but for the first.
    struct Include {
        std::string shown;  // the path in errors
        FeedSpec defaults;
        bool main = false;
        std::size_t from_file = 0;
        Position from;
    };
    struct Place {
        std::size_t file;
        Position url;
        Position name;
    };

    void read_file(const Include& include);
    void read_list(const YamlTree& tree, const Include& include, const std::string& directory);
    [[nodiscard]] static std::optional<std::string> read_path(const Section& list,
                                                              std::string_view key,
                                                              const std::string& directory);
    void read_feeds(YamlNode feeds, const FeedSpec& defaults, const std::string& directory);
    void read_includes(const Section& list, const Include& include, const FeedSpec& defaults);
    void include_pattern(YamlNode pattern, const Include& include, const FeedSpec& defaults);
    void make_room(std::size_t feeds);
    // Refuses a URL or a name that is there already.
    void add_feed(FeedEntry entry);
    // When all names that the lists give are known.
    void name_the_nameless();

    [[nodiscard]] Result<std::string> text_of(const std::string& shown,
                                              const std::string& absolute) const;

    const Environment& environment_;
    const ListDraft* draft_ = nullptr;
    Diagnostics out_;
    PemFiles pem_;
    Config config_;
    std::vector<Place> places_;                           // of config_.feeds
    std::unordered_map<std::string, std::size_t> urls_;   // url_key → index in config_.feeds
    std::unordered_map<std::string, std::size_t> names_;  // likewise
    std::vector<std::string> stack_;                      // files being read, absolute
    std::unordered_map<std::string, std::string> seen_;   // absolute → where it was named
};

}  // namespace feedd
