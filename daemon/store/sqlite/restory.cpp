#include "store/sqlite/restory.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "store/sqlite/commit.h"
#include "store/sqlite/stories.h"

namespace feedd::sqlite {

namespace {

constexpr std::size_t kSlice = 500;  // articles in one transaction

// The stories as they should be: found by the articles in their order, with numbers of their own.
class Anew {
  public:
    Anew(Connection& connection, StoryMatcher& matcher, Time now)
        : connection_(connection), matcher_(matcher), oldest_(now - matcher.window()) {}

    void read_all() {
        matcher_.clear();
        ArticleId last = 0;
        while (read_slice(last)) {
        }
        matcher_.clear();
    }

    struct Found {
        FeedId feed = 0;
        std::optional<StoryId> before;
        std::optional<StoryId> story;
        std::optional<StoryDecision> decision;  // what made it part of it; the first has none
    };
    // By article.
    std::map<ArticleId, Found> articles;
    std::map<StoryId, std::vector<ArticleId>> stories;

  private:
    // Articles whose time comes after the window are found no more: what they are found by is
    // written for those that still can be.
    bool read_slice(ArticleId& last) {
        Transaction transaction(connection_, Transaction::Kind::write);
        std::vector<ArticleId> slice;
        {
            Query query =
                connection_.query("SELECT id FROM articles WHERE id > ? ORDER BY id LIMIT ?");
            query.bind(last, kSlice);
            while (query.next())
                slice.push_back(query.integer(0));
        }
        for (const ArticleId article : slice) {
            last = article;
            if (auto told = told_by(connection_, article)) read(*told);
        }
        transaction.commit();
        return !slice.empty();
    }

    void read(StoryText& told) {
        StoryMember& member = told.member;
        Found& found = articles[member.article];
        found.feed = member.feed;
        found.before = std::exchange(member.story, std::nullopt);
        const Fingerprint fingerprint = matcher_.fingerprint(told.text);
        if (fingerprint.empty()) return;
        StoryDecision decision = matcher_.decide(told, others_of(told, fingerprint));
        const std::vector<ArticleId> parted = std::move(decision.parted);
        if (decision.partner != 0) join(member, std::move(decision));
        for (const ArticleId article : parted)
            part(article);
        if (member.seen_at >= oldest_) write_fingerprint(connection_, member, fingerprint);
        matcher_.add(member, fingerprint.kept);
        matcher_.learn(fingerprint.terms);
    }

    std::vector<StoryText> others_of(const StoryText& told, const Fingerprint& fingerprint) {
        std::vector<ArticleId> ids = matcher_.near(told.member, fingerprint);
        const std::size_t found = ids.size();
        for (std::size_t i = 0; i < found; ++i) {
            const auto& story = articles.at(ids[i]).story;
            if (!story) continue;
            bool of_feed = false;  // one that the same feed brought was added
            int first = 0;
            for (const ArticleId fellow : stories.at(*story)) {
                const bool own = !of_feed && articles.at(fellow).feed == told.member.feed;
                of_feed = of_feed || own;
                if ((first++ < kFellows || own) && std::ranges::find(ids, fellow) == ids.end()) {
                    ids.push_back(fellow);
                }
            }
        }
        std::vector<StoryText> others;
        for (const ArticleId id : ids) {
            auto other = told_by(connection_, id);
            if (!other) continue;
            if (std::chrono::abs(other->member.at - told.member.at) > matcher_.window()) continue;
            other->member.story = articles.at(id).story;
            others.push_back(std::move(*other));
        }
        return others;
    }

    void part(ArticleId article) {
        Found& found = articles.at(article);
        if (!found.story) return;
        const StoryId story = *found.story;
        auto& members = stories.at(story);
        std::erase(members, article);
        set_alone(article);
        // One article alone is no story.
        if (members.size() == 1) set_alone(members.front());
        if (members.size() <= 1) stories.erase(story);
    }

    void set_alone(ArticleId article) {
        articles.at(article).story.reset();
        articles.at(article).decision.reset();
        matcher_.assign(article, std::nullopt);
    }

    void join(StoryMember& member, StoryDecision decision) {
        const StoryId story = decision.story ? *decision.story : ++last_;
        std::vector<ArticleId> moved = decision.joined;
        moved.push_back(member.article);
        for (const StoryId absorbed : decision.absorbed) {
            auto& others = stories.at(absorbed);
            moved.insert(moved.end(), others.begin(), others.end());
            stories.erase(absorbed);
        }
        for (const ArticleId article : moved) {
            articles.at(article).story = story;
            stories[story].push_back(article);
            matcher_.assign(article, story);
        }
        std::ranges::sort(stories.at(story));
        member.story = story;
        articles.at(member.article).decision = std::move(decision);
    }

    Connection& connection_;
    StoryMatcher& matcher_;
    Time oldest_;
    StoryId last_ = 0;
};

// The story keeps the id that most of its articles had, of several the lowest, unless that one went
// to another story already.
std::map<StoryId, StoryId> kept_ids(const Anew& anew) {
    std::vector<std::pair<ArticleId, StoryId>> in_order;
    for (const auto& [story, articles] : anew.stories)
        in_order.emplace_back(*std::ranges::min_element(articles), story);
    std::ranges::sort(in_order);
    // The most faithful first.
    std::vector<std::tuple<std::int64_t, StoryId, ArticleId, StoryId>> claims;
    for (const auto& [first, story] : in_order) {
        std::map<StoryId, std::int64_t> had;
        for (const ArticleId article : anew.stories.at(story)) {
            if (const auto& before = anew.articles.at(article).before) ++had[*before];
        }
        for (const auto& [before, count] : had)
            claims.emplace_back(-count, before, first, story);
    }
    std::ranges::sort(claims);
    std::map<StoryId, StoryId> kept;
    std::set<StoryId> taken;
    for (const auto& [count, before, first, story] : claims) {
        if (kept.contains(story) || !taken.insert(before).second) continue;
        kept.emplace(story, before);
    }
    return kept;
}

class Rewriting {
  public:
    Rewriting(Connection& connection, const Anew& anew, Time now)
        : connection_(connection), anew_(anew), found_{.at = now}, ids_(kept_ids(anew)) {}

    std::int64_t write_all() {
        std::vector<ArticleId> slice;
        for (const auto& [article, found] : anew_.articles) {
            if (!found.before && !found.story) continue;
            slice.push_back(article);
            if (slice.size() == kSlice) write(std::exchange(slice, {}));
        }
        write(slice);
        return changed_;
    }

  private:
    void write(std::span<const ArticleId> slice) {
        Transaction transaction(connection_, Transaction::Kind::write);
        ChangeLog changes(connection_);
        std::set<StoryId> touched;
        for (const ArticleId article : slice) {
            const Anew::Found& found = anew_.articles.at(article);
            std::optional<StoryId> story;
            if (found.story) story = id_of(*found.story);
            if (story != found.before) {
                move_to_story(connection_, changes, article, story, found_);
                ++changed_;
            }
            if (story) touched.insert(*story);
            if (found.before) touched.insert(*found.before);
            if (found.decision) {
                write_match(connection_, article, *found.decision, found_.at);
            } else {
                connection_.query("DELETE FROM story_matches WHERE article_id = ?")
                    .bind(article)
                    .run();
            }
        }
        for (const StoryId story : touched)
            refresh_story(connection_, story);
        transaction.commit();
    }

    StoryId id_of(StoryId story) {
        const auto known = ids_.find(story);
        if (known != ids_.end()) return known->second;
        const StoryId made = insert_story(connection_, found_.at);
        ids_.emplace(story, made);
        return made;
    }

    Connection& connection_;
    const Anew& anew_;
    const sqlite::Found found_;
    std::map<StoryId, StoryId> ids_;
    std::int64_t changed_ = 0;
};

}  // namespace

Restoried restory(Connection& connection, StoryMatcher& matcher, Time now) {
    Anew anew(connection, matcher, now);
    anew.read_all();
    const std::int64_t changed = Rewriting(connection, anew, now).write_all();
    return {.articles = static_cast<std::int64_t>(anew.articles.size()),
            .stories = static_cast<std::int64_t>(anew.stories.size()),
            .changed = changed};
}

}  // namespace feedd::sqlite
