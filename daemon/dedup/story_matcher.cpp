#include "dedup/story_matcher.h"

#include <algorithm>

#include "dedup/fingerprint.h"
#include "dedup/frequencies.h"
#include "dedup/story.h"
#include "dedup/story_index.h"

namespace feedd {

namespace {

constexpr std::size_t kMostCompared = 5;
constexpr std::ptrdiff_t kMostOfOneStory = 2;

class Matcher final : public StoryMatcher {
  public:
    explicit Matcher(Seconds window) : index_(window) {}

    Seconds window() const override { return index_.window(); }
    void clear() override {
        index_.clear();
        frequencies_.clear();
    }
    void add(const StoryMember& member, std::span<const std::uint32_t> kept) override {
        index_.add(member, kept);
    }
    void add_all(std::span<const FoundBy> articles, std::size_t to_come) override {
        index_.add_all(articles, to_come);
    }
    void learn(std::span<const std::uint32_t> terms) override { frequencies_.learn(terms); }
    void assign(ArticleId article, std::optional<StoryId> story) override {
        index_.assign(article, story);
    }
    std::vector<ArticleId> near(const StoryMember& member,
                                const Fingerprint& fingerprint) override {
        std::vector<StoryIndex::Near> chosen;
        for (const StoryIndex::Near& near : index_.near(member, fingerprint.asked)) {
            const auto of_story = std::ranges::count_if(chosen, [&](const StoryIndex::Near& one) {
                return near.story && one.story == near.story;
            });
            if (of_story >= kMostOfOneStory) continue;
            chosen.push_back(near);
            if (chosen.size() == kMostCompared) break;
        }
        std::vector<ArticleId> articles;
        articles.reserve(chosen.size());
        for (const StoryIndex::Near& one : chosen)
            articles.push_back(one.article);
        return articles;
    }
    StoryDecision decide(const StoryText& told, std::span<const StoryText> others) const override {
        return story_of(told, others, frequencies_);
    }
    Fingerprint fingerprint(std::string_view text) const override { return fingerprint_of(text); }

  private:
    StoryIndex index_;
    Frequencies frequencies_;
};

}  // namespace

std::unique_ptr<StoryMatcher> make_story_matcher(Seconds window) {
    return std::make_unique<Matcher>(window);
}

}  // namespace feedd
