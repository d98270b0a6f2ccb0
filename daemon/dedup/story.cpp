#include "dedup/story.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "dedup/family.h"

namespace feedd {

namespace {

constexpr int kFewestWords = 12;
// With a third of its words replaced at random a text still has half of them in passages of three
// that stand; articles on one subject have a tenth.
constexpr double kShared = 0.25;
constexpr double kSharedOfLetters = 0.42;  // words of one language are made of the same syllables
constexpr double kSpread = 0.5;
constexpr double kTerms = 0.42;
// What stands below the articles of a publisher is not what they tell.
constexpr double kEarly = 0.3;
// A new lead-in may be as long as this; and so much may have been put in.
constexpr double kLeadIn = 0.42;
constexpr double kForeign = 0.15;
// What was put together from a stock of sentences, as horoscopes are, has them in any order.
constexpr double kForeignInOrder = 0.27;
constexpr double kOrdered = 0.9;
constexpr double kKeptInPlace = 0.47;
constexpr double kTemplateOdds = 0.5;
// Forms have more to be filled in than one word of twenty.
constexpr double kSameTerms = 0.95;
constexpr double kTemplateOddsOfSame = 3;
// Of one feed, only what is nearly the same.
constexpr double kSharedInFeed = 0.60;
constexpr double kSpreadInFeed = 0.85;
constexpr double kTemplateOddsInFeed = -1;
// What it repeats below another beginning is its own plea, or its frame.
constexpr double kOwnInFeed = 0.08;

}  // namespace

bool may_tell_same_story(const Overlap& overlap) {
    return overlap.words >= kFewestWords &&
           overlap.shared >= (overlap.of_letters ? kSharedOfLetters : kShared) &&
           overlap.spread >= kSpread && overlap.early >= kEarly;
}

bool tells_same_story(const Resemblance& r, bool same_feed) {
    if (!may_tell_same_story(r.overlap)) return false;
    if (r.terms < kTerms) return false;
    if (r.aligned.lead > kLeadIn) return false;
    if (r.aligned.foreign > (r.aligned.ordered >= kOrdered ? kForeignInOrder : kForeign)) {
        return false;
    }
    if (r.aligned.kept < kKeptInPlace) return false;
    if (r.template_odds > (r.terms >= kSameTerms ? kTemplateOddsOfSame : kTemplateOdds))
        return false;
    return !same_feed || (r.overlap.shared >= kSharedInFeed && r.overlap.spread >= kSpreadInFeed &&
                          r.aligned.lead + r.aligned.foreign <= kOwnInFeed &&
                          r.template_odds <= kTemplateOddsInFeed);
}

namespace {

// With less in common two texts are no evidence for or against anything.
constexpr double kRelated = 0.25;
// What two share beyond what a third one of another story has as well.
constexpr double kBeyond = 0.3;
// A story's longest text and any other one of it have in common so many stretches at least.
constexpr double kKin = 0.35;
// As long as another one, or nearly.
constexpr double kAsLong = 0.75;
// With less left of its own a third text explains nothing: it is a copy, too.
constexpr double kLeastBeyond = 0.12;
constexpr double kWhole = 0.95;

bool one_story(const StoryMember& a, const StoryMember& b) {
    return a.story && a.story == b.story;
}

class Weighing {
  public:
    Weighing(const StoryText& told, std::span<const StoryText> others,
             const Frequencies& frequencies) {
        const auto add = [&](const StoryText& one) {
            members_.push_back(one.member);
            family_.add(one.text);
        };
        add(told);
        std::ranges::for_each(others, add);
        scores_.resize(members_.size());
        same_.resize(members_.size());
        for (std::size_t i = 1; i < members_.size(); ++i) {
            const Overlap both = overlap(family_, 0, i);
            scores_[i] = both.shared;
            same_[i] = may_tell_same_story(both) &&
                       tells_same_story(resemblance(family_, 0, i, frequencies),
                                        members_[i].feed == members_[0].feed);
        }
    }

    StoryDecision decide() {
        StoryDecision decision;
        find_templates();
        find_explained();
        std::ranges::sort(suspects_);
        suspects_.erase(std::unique(suspects_.begin(), suspects_.end()), suspects_.end());
        for (const std::size_t i : suspects_) {
            if (!same_[i] && !has_twin(i)) decision.parted.push_back(members_[i].article);
        }
        std::size_t best = 0;
        for (std::size_t i = 1; i < members_.size(); ++i) {
            if (same_[i] && kin_of_story(i) && (best == 0 || score(i) > score(best))) best = i;
        }
        if (best == 0) return decision;
        decision.partner = members_[best].article;
        decision.score = scores_[best];
        std::vector<StoryId> stories;
        if (members_[0].story) stories.push_back(*members_[0].story);
        const std::size_t longest = longer(0, longest_of_story(best));
        for (std::size_t i = 1; i < members_.size(); ++i) {
            if (!same_[i] || !kin(longest, longest_of_story(i)) || !kin(longest, i)) continue;
            if (members_[i].story) {
                stories.push_back(*members_[i].story);
            } else {
                decision.joined.push_back(members_[i].article);
            }
        }
        std::ranges::sort(stories);
        stories.erase(std::unique(stories.begin(), stories.end()), stories.end());
        std::erase(decision.joined, decision.partner);
        if (!members_[best].story)
            decision.joined.insert(decision.joined.begin(), decision.partner);
        if (stories.empty()) return decision;
        decision.story = stories.front();
        decision.absorbed.assign(stories.begin() + 1, stories.end());
        return decision;
    }

  private:
    // Word for word the same: whatever it may be made of, they tell one story.
    bool has_twin(std::size_t i) {
        for (std::size_t j = 1; j < members_.size(); ++j) {
            if (i != j && one_story(members_[i], members_[j]) && family_.share(i, j) >= kWhole &&
                family_.share(j, i) >= kWhole) {
                return true;
            }
        }
        return false;
    }
    // Of two that both have all, the one that has more.
    std::pair<double, std::size_t> score(std::size_t i) const {
        return {scores_[i], std::min(family_[0].size(), family_[i].size())};
    }
    // Of the shorter one, what stands in the longer one.
    double share(std::size_t i, std::size_t j) {
        return is_shorter(family_[i], family_[j]) ? family_.share(i, j) : family_.share(j, i);
    }
    bool kin(std::size_t i, std::size_t j) {
        return i == j || overlap(family_, i, j).spread >= kKin;
    }
    // The one that has more to tell; `i` unless it is much the shorter one.
    std::size_t longer(std::size_t i, std::size_t j) const {
        return static_cast<double>(family_[i].size()) <
                       kAsLong * static_cast<double>(family_[j].size())
                   ? j
                   : i;
    }
    // `of` itself unless it is much shorter.
    std::size_t longest_of_story(std::size_t of) const {
        std::size_t longest = of;
        for (std::size_t i = 1; i < members_.size(); ++i) {
            if (one_story(members_[of], members_[i]) && is_shorter(family_[longest], family_[i])) {
                longest = i;
            }
        }
        return longer(of, longest);
    }
    // A story is what its longest text tells, not what one leads to by way of another.
    // Nor is it told twice by one feed in different words: what a feed repeats is its own frame.
    bool kin_of_story(std::size_t i) {
        for (std::size_t j = 1; j < members_.size(); ++j) {
            if (!same_[j] && one_story(members_[i], members_[j]) &&
                members_[j].feed == members_[0].feed) {
                return false;
            }
        }
        return kin(0, longest_of_story(i));
    }

    void find_templates() {
        std::vector<std::size_t> refuted;
        for (std::size_t i = 1; i < members_.size(); ++i) {
            for (std::size_t j = i + 1; j < members_.size(); ++j) {
                const bool together = one_story(members_[i], members_[j]);
                if (!same_[i] && !same_[j] && !together) continue;
                if (share(0, i) < kRelated || share(0, j) < kRelated || share(i, j) < kRelated) {
                    continue;
                }
                if (!family_.follow_template(0, i, j)) continue;
                refuted.insert(refuted.end(), {i, j});
                if (together) suspects_.insert(suspects_.end(), {i, j});
            }
        }
        for (const std::size_t i : refuted)
            same_[i] = false;
    }

    // Whether the two are, or are about to be, of one story.
    bool together(std::size_t i, std::size_t j) const {
        if (i == 0) return same_[j];
        if (j == 0) return same_[i];
        return one_story(members_[i], members_[j]);
    }

    bool explained(std::size_t a, std::size_t b) {
        if (!is_shorter(family_[a], family_[b])) std::swap(a, b);
        std::vector<std::size_t> beside;
        for (std::size_t c = 0; c < members_.size(); ++c) {
            if (c != a && c != b && !together(a, c) && !together(b, c)) beside.push_back(c);
        }
        if (beside.empty()) return false;
        const Family::Beyond beyond = family_.beyond(a, b, beside);
        return beyond.own >= kLeastBeyond && beyond.shared < kBeyond;
    }

    // What two texts share may all be elsewhere, too.
    void find_explained() {
        std::vector<std::size_t> none;
        for (std::size_t i = 1; i < members_.size(); ++i) {
            if (same_[i] && explained(0, i)) none.push_back(i);
            for (std::size_t j = i + 1; j < members_.size(); ++j) {
                if (!one_story(members_[i], members_[j]) || !explained(i, j)) continue;
                suspects_.insert(suspects_.end(), {i, j});
            }
        }
        for (const std::size_t i : none)
            same_[i] = false;
    }

    std::vector<StoryMember> members_;  // the article first
    Family family_;
    std::vector<double> scores_;  // the share of the shorter text that stands in both
    std::vector<bool> same_;
    std::vector<std::size_t> suspects_;
};

}  // namespace

StoryDecision story_of(const StoryText& told, std::span<const StoryText> others,
                       const Frequencies& frequencies) {
    if (others.empty()) return {};
    return Weighing(told, others, frequencies).decide();
}

}  // namespace feedd
