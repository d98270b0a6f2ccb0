#include "dedup/story.h"

#include <algorithm>
#include <vector>

namespace feedd {

namespace {

constexpr int kFewestWords = 12;
// With a third of its words replaced at random a text still has half of them in passages of three
// that stand; articles on one subject have a tenth.
constexpr double kShared = 0.28;
constexpr double kSharedOfLetters = 0.42;  // words of one language are made of the same syllables
constexpr double kSpread = 0.62;
constexpr double kTerms = 0.42;
// What stands below the articles of a publisher is not what they tell.
constexpr double kEarly = 0.45;
// Words replaced here and there leave short gaps. Longer ones are a new lead-in, or that the rest
// is boilerplate.
constexpr double kGaps = 0.38;
// The longer a text, the surer are the odds.
constexpr double kTemplateOdds = 0.5;
constexpr double kLeastTemplateOdds = -6;
constexpr int kFewWords = 40;
constexpr double kOddsOfWord = 0.08;
// Of one feed, only what is nearly the same.
constexpr double kSharedInFeed = 0.60;
constexpr double kSpreadInFeed = 0.85;
constexpr double kTemplateOddsInFeed = -4;

double most_odds(int words) {
    const double lower = kOddsOfWord * std::max(0, words - kFewWords);
    return std::max(kLeastTemplateOdds, kTemplateOdds - lower);
}

}  // namespace

bool tells_same_story(const Resemblance& r, bool same_feed) {
    if (r.words < kFewestWords) return false;
    if (r.shared < (r.of_letters ? kSharedOfLetters : kShared)) return false;
    if (r.spread < kSpread || r.early < kEarly) return false;
    if (r.terms < kTerms) return false;
    if (r.gaps > kGaps) return false;
    if (r.template_odds > most_odds(r.words)) return false;
    return !same_feed || (r.shared >= kSharedInFeed && r.spread >= kSpreadInFeed &&
                          r.template_odds <= kTemplateOddsInFeed);
}

StoryDecision story_of(const StoryMember& member, std::span<const StoryMatch> compared) {
    std::vector<StoryMatch> same;
    for (const StoryMatch& match : compared) {
        if (tells_same_story(match.resemblance, match.member.feed == member.feed)) {
            same.push_back(match);
        }
    }
    StoryDecision decision;
    if (same.empty()) return decision;
    const auto best = std::ranges::max_element(
        same, {}, [](const StoryMatch& match) { return match.resemblance.shared; });
    decision.partner = best->member.article;
    decision.score = best->resemblance.shared;
    std::vector<StoryId> stories;
    if (member.story) stories.push_back(*member.story);
    for (const StoryMatch& match : same) {
        if (match.member.story) {
            stories.push_back(*match.member.story);
        } else {
            decision.joined.push_back(match.member.article);
        }
    }
    std::ranges::sort(stories);
    stories.erase(std::unique(stories.begin(), stories.end()), stories.end());
    if (stories.empty()) return decision;
    decision.story = stories.front();
    decision.absorbed.assign(stories.begin() + 1, stories.end());
    return decision;
}

}  // namespace feedd
