// The feeds of a list, asked whether one is among them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "model/config.h"
#include "model/feed.h"

namespace feedd {

class Listed {
  public:
    explicit Listed(const Config& list);

    // A feed with that URL to the letter (url_key), or, by `document`, with another that leads to
    // the same document: http for https, with or without "www.", a slash or trackers. nullptr:
    // none.
    [[nodiscard]] const FeedSpec* by_url(std::string_view url) const;
    [[nodiscard]] const FeedSpec* by_document(std::string_view url) const;

    [[nodiscard]] const FeedSpec* by_name(std::string_view name) const;

    // `wanted`, or "wanted 2" and so on where it is taken, which it then is. Made such that the
    // list takes it for a name; "" where nothing is left of it.
    [[nodiscard]] std::string free_name(std::string_view wanted);

  private:
    std::vector<FeedSpec> feeds_;
    std::unordered_map<std::string, std::size_t> urls_;
    std::unordered_map<std::string, std::size_t> documents_;
    std::unordered_map<std::string, std::size_t> names_;
    std::unordered_set<std::string> given_;
};

// Pairs of feeds of the list that lead to the same document by their URLs, the earlier one first.
struct Twins {
    const FeedSpec* first = nullptr;
    const FeedSpec* second = nullptr;
};
[[nodiscard]] std::vector<Twins> twins_in(const Config& list);

}  // namespace feedd
