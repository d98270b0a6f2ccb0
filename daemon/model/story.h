// Which articles tell the same story: what a text leaves to be found by, and who decides.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/article.h"
#include "model/feed.h"
#include "model/fingerprint.h"

namespace feedd {

using StoryId = std::int64_t;

// Of an article that is, or may be, part of a story.
struct StoryMember {
    ArticleId article = 0;
    std::optional<StoryId> story;
    FeedId feed = 0;  // that brought it first
    Time at{};        // of publication, else of its first sighting
    Time seen_at{};   // of its first sighting
};

// Of the window's articles at most so many are kept in memory to be found, the newest: 360 MB.
inline constexpr std::size_t kMostFindable = 1'000'000;

// An article with what it is found by: passages of its text.
struct FoundBy {
    StoryMember member;
    std::vector<std::uint32_t> kept;
};

// An article with what it says.
struct StoryText {
    StoryMember member;
    std::string text;
};

// What becomes of an article: nothing, or a story with others. Further stories that it links are
// merged into the oldest.
struct StoryDecision {
    std::optional<StoryId> story;   // to join; nullopt: a new one, or none (no `partner`)
    ArticleId partner = 0;          // whose text decided it; 0: the article stands alone
    double score = 0;               // the share of the shorter text that stands in both
    std::vector<StoryId> absorbed;  // further stories that turn out to be this one
    std::vector<ArticleId> joined;  // further articles without a story that become part of it
    // Articles that were taken for parts of a story, and turn out to be of a template.
    std::vector<ArticleId> parted;
};

// Finds the articles of a sliding window that tell one story. Kept by the store's writer, asked
// inside its transaction; what it knows comes from the store, and may be dropped and learned again
// at any time. For one thread.
class StoryMatcher {
  public:
    StoryMatcher() = default;
    StoryMatcher(const StoryMatcher&) = delete;
    StoryMatcher& operator=(const StoryMatcher&) = delete;
    virtual ~StoryMatcher() = default;

    // How far apart two articles of one story may be.
    [[nodiscard]] virtual Seconds window() const = 0;
    // Forgets everything.
    virtual void clear() = 0;
    // The article can be found from now on. Known already: with this text in place of the last.
    virtual void add(const StoryMember& member, std::span<const std::uint32_t> kept) = 0;
    // As one after the other, in a fraction of the time: after a start. `to_come` more will follow.
    virtual void add_all(std::span<const FoundBy> articles, std::size_t to_come) = 0;
    // Learns which words are rare.
    virtual void learn(std::span<const std::uint32_t> terms) = 0;
    // From now on the article is part of that story.
    virtual void assign(ArticleId article, std::optional<StoryId> story) = 0;
    // Articles worth a comparison, the most promising first; few, whatever is known.
    [[nodiscard]] virtual std::vector<ArticleId> near(const StoryMember& member,
                                                      const Fingerprint& fingerprint) = 0;
    // `others`: near ones, and some of the stories that these are part of.
    [[nodiscard]] virtual StoryDecision decide(const StoryText& told,
                                               std::span<const StoryText> others) const = 0;
    // What an article of this text is found by.
    [[nodiscard]] virtual Fingerprint fingerprint(std::string_view text) const = 0;
};

// Of the rules and figures by which articles become one story; kept with each match.
inline constexpr int kStoryVersion = 1;

}  // namespace feedd
