// Which articles tell the same story: what a text leaves to be found by, and who decides.
#pragma once

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

// Two texts beside each other. Shares from 0 to 1; docs/deduplication.md says how they are
// measured.
struct Resemblance {
    double shared = 0;  // of the shorter text, in passages that stand in both
    double spread = 0;  // of its stretches, those that have such passages
    double gaps = 0;    // of its words, those in rows as long as a stretch without any
    double early = 0;   // the same of the stretches in its first half
    double terms = 0;   // of the different words in such stretches, those that stand in both
    // Natural logarithm of how much likelier the differences are between two texts of one template
    // than between a text and its rewritten copy.
    double template_odds = 0;
    int words = 0;            // of the shorter text
    bool of_letters = false;  // it is in a script that parts no words, and has no ideographs
};

// An article that another one was held against.
struct StoryMatch {
    StoryMember member;
    Resemblance resemblance;
};

// What becomes of an article: nothing, or a story with `matches.front()`. Further stories that it
// links are merged into the oldest.
struct StoryDecision {
    std::optional<StoryId> story;   // to join; nullopt: a new one, or none (no `partner`)
    ArticleId partner = 0;          // whose text decided it; 0: the article stands alone
    double score = 0;               // Resemblance::shared with it
    std::vector<StoryId> absorbed;  // further stories that turn out to be this one
    std::vector<ArticleId> joined;  // further articles without a story that become part of it
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
    // Learns which words are rare.
    virtual void learn(std::span<const std::uint32_t> terms) = 0;
    // From now on the article is part of that story.
    virtual void assign(ArticleId article, std::optional<StoryId> story) = 0;
    // Articles worth a comparison, the most promising first; few, whatever is known.
    [[nodiscard]] virtual std::vector<ArticleId> near(const StoryMember& member,
                                                      const Fingerprint& fingerprint) = 0;
    [[nodiscard]] virtual Resemblance compare(std::string_view a, std::string_view b) const = 0;
    // `near` ones, compared.
    [[nodiscard]] virtual StoryDecision decide(const StoryMember& member,
                                               std::span<const StoryMatch> matches) const = 0;
    // What an article of this text is found by.
    [[nodiscard]] virtual Fingerprint fingerprint(std::string_view text) const = 0;
};

// Of the rules and figures by which articles become one story; kept with each match.
inline constexpr int kStoryVersion = 1;

}  // namespace feedd
