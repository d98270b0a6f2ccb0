#include "service/listed.h"

#include <fmt/format.h>

#include "base/text.h"
#include "config/feed_url.h"
#include "normalize/canonical_url.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestName = 100;  // bytes, as config/names has it
constexpr std::size_t kLongestBase = 90;   // of a name that a number follows

// "" for what is no web URL.
std::string document_of(std::string_view url) {
    return document_url_key(canonical_url(url));
}

const FeedSpec* found(const std::vector<FeedSpec>& feeds,
                      const std::unordered_map<std::string, std::size_t>& index,
                      const std::string& key) {
    const auto at = index.find(key);
    return key.empty() || at == index.end() ? nullptr : &feeds[at->second];
}

}  // namespace

Listed::Listed(const Config& list) : feeds_(list.feeds) {
    for (std::size_t i = 0; i < feeds_.size(); ++i) {
        urls_.emplace(url_key(feeds_[i].url), i);
        documents_.emplace(document_of(feeds_[i].url), i);
        names_.emplace(feeds_[i].name, i);
    }
}

const FeedSpec* Listed::by_url(std::string_view url) const {
    return found(feeds_, urls_, url_key(url));
}

const FeedSpec* Listed::by_document(std::string_view url) const {
    if (const FeedSpec* same = by_url(url)) return same;
    return found(feeds_, documents_, document_of(url));
}

const FeedSpec* Listed::by_name(std::string_view name) const {
    return found(feeds_, names_, std::string(name));
}

std::string Listed::free_name(std::string_view wanted) {
    while (wanted.starts_with('-') || wanted.starts_with(' '))
        wanted.remove_prefix(1);
    std::string name(trim(truncate_utf8(wanted, kLongestName)));
    if (name.empty()) return {};
    const std::string base(trim(truncate_utf8(name, kLongestBase)));
    for (int number = 2; names_.contains(name) || given_.contains(name); ++number)
        name = fmt::format("{} {}", base, number);
    given_.insert(name);
    return name;
}

std::vector<Twins> twins_in(const Config& list) {
    std::unordered_map<std::string, const FeedSpec*> first;
    std::vector<Twins> twins;
    for (const FeedSpec& feed : list.feeds) {
        const std::string document = document_of(feed.url);
        if (document.empty()) continue;
        const auto [at, fresh] = first.emplace(document, &feed);
        if (!fresh) twins.push_back({at->second, &feed});
    }
    return twins;
}

}  // namespace feedd
