#include "store/sqlite/stories.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace feedd::sqlite {

namespace {

// Of how many articles the words are counted again after a start: which are rare is soon known.
constexpr int kTextsToLearn = 1'000;
// The more come at once the more go near each other in the index; this many take 17 MB meanwhile.
constexpr std::size_t kLoadedTogether = 16'384;
// Fellows that a revised article is held against before it leaves its story.
constexpr int kFellowsOfRevised = 4;

constexpr std::string_view kMember = R"sql(
SELECT story_id, first_feed_id, coalesce(published_at, first_seen_at), first_seen_at
FROM articles WHERE id = ?
)sql";

constexpr std::string_view kText = "SELECT content_text FROM articles WHERE id = ?";

// In the order of their ids, which is that of their times.
constexpr std::string_view kFingerprints = R"sql(
SELECT article_id, feed_id, at, seen_at, passages FROM fingerprints
WHERE seen_at >= ?1 AND article_id > (SELECT max(article_id) FROM fingerprints) - ?2
ORDER BY article_id
)sql";

constexpr std::string_view kHowManyFingerprints = R"sql(
SELECT count(*) FROM fingerprints
WHERE seen_at >= ?1 AND article_id > (SELECT max(article_id) FROM fingerprints) - ?2
)sql";

constexpr std::string_view kLastTexts = R"sql(
SELECT a.content_text FROM fingerprints AS f JOIN articles AS a ON a.id = f.article_id
WHERE f.article_id <= ? ORDER BY f.article_id DESC LIMIT ?
)sql";

constexpr std::string_view kRefresh = R"sql(
UPDATE stories SET
    (article_count, first_seen_at, last_seen_at) =
        (SELECT count(*), min(first_seen_at), max(first_seen_at) FROM articles WHERE story_id = ?1),
    title = coalesce((SELECT title FROM articles WHERE story_id = ?1 AND title <> ''
                      ORDER BY id LIMIT 1), '')
WHERE id = ?1
)sql";

std::string bytes_of(const std::vector<std::uint32_t>& hashes) {
    std::string bytes;
    bytes.reserve(hashes.size() * sizeof(std::uint32_t));
    for (std::uint32_t hash : hashes) {
        for (std::size_t i = 0; i < sizeof hash; ++i, hash >>= 8U)
            bytes += static_cast<char>(hash & 0xFFU);
    }
    return bytes;
}

std::vector<std::uint32_t> hashes_of(std::string_view bytes) {
    std::vector<std::uint32_t> hashes(bytes.size() / sizeof(std::uint32_t));
    for (std::size_t i = 0; i < hashes.size() * sizeof(std::uint32_t); ++i) {
        hashes[i / sizeof(std::uint32_t)] |= std::uint32_t{static_cast<unsigned char>(bytes[i])}
                                             << (8U * (i % sizeof(std::uint32_t)));
    }
    return hashes;
}

std::vector<ArticleId> ids_of(Query& query) {
    std::vector<ArticleId> articles;
    while (query.next())
        articles.push_back(query.integer(0));
    return articles;
}

std::vector<ArticleId> articles_of(Connection& connection, StoryId story) {
    Query query = connection.query("SELECT id FROM articles WHERE story_id = ? ORDER BY id");
    query.bind(story);
    return ids_of(query);
}

// The first ones of a story, and the first that `feed` brought: a feed that tells the same twice
// follows a form.
std::vector<ArticleId> some_of(Connection& connection, StoryId story, FeedId feed, int most) {
    Query query = connection.query(
        "SELECT id FROM (SELECT id FROM articles WHERE story_id = ?1 ORDER BY id LIMIT ?2) "
        "UNION SELECT min(id) FROM articles WHERE story_id = ?1 AND first_feed_id = ?3 "
        "HAVING min(id) IS NOT NULL");
    query.bind(story, most, feed);
    return ids_of(query);
}

// As refresh_story does, without reading its other articles.
void grow_story(Connection& connection, StoryId story, const StoryMember& member) {
    connection
        .query(R"sql(
UPDATE stories SET article_count = article_count + 1,
    first_seen_at = min(first_seen_at, ?2), last_seen_at = max(last_seen_at, ?2),
    title = iif(title = '', (SELECT title FROM articles WHERE id = ?3), title)
WHERE id = ?1
)sql")
        .bind(story, member.seen_at, member.article)
        .run();
}

std::optional<StoryMember> member_of(Connection& connection, ArticleId article) {
    Query query = connection.query(kMember);
    if (!query.bind(article).next()) return std::nullopt;
    return StoryMember{.article = article,
                       .story = query.optional_integer(0),
                       .feed = query.integer(1),
                       .at = query.time(2).value_or(Time{}),
                       .seen_at = query.time(3).value_or(Time{})};
}

// One article on its way into a story.
class Placing {
  public:
    Placing(Connection& connection, ChangeLog& changes, StoryMatcher& matcher, const Found& found)
        : connection_(connection), changes_(changes), matcher_(matcher), found_(found) {}

    // What it is worth to be compared with.
    [[nodiscard]] std::vector<StoryText> others_of(const StoryText& told,
                                                   const Fingerprint& fingerprint) {
        std::vector<StoryText> others;
        const auto add = [&](ArticleId id) {
            const auto known = [&](const StoryText& one) { return one.member.article == id; };
            if (id == told.member.article || std::ranges::any_of(others, known)) return;
            auto other = told_by(connection_, id);
            // A fellow from before the window does not make an article leave.
            if (!other || std::chrono::abs(other->member.at - told.member.at) > matcher_.window()) {
                return;
            }
            others.push_back(std::move(*other));
        };
        for (const ArticleId id : matcher_.near(told.member, fingerprint))
            add(id);
        const std::size_t found = others.size();
        for (std::size_t i = 0; i < found; ++i) {
            const auto story = others[i].member.story;
            if (!story || story == told.member.story) continue;
            for (const ArticleId fellow : some_of(connection_, *story, told.member.feed, kFellows))
                add(fellow);
        }
        if (!told.member.story) return others;
        for (const ArticleId fellow :
             some_of(connection_, *told.member.story, told.member.feed, kFellowsOfRevised + 1))
            add(fellow);
        return others;
    }

    void place(StoryText& told, std::span<const StoryText> others) {
        const StoryDecision decision = matcher_.decide(told, others);
        if (decision.partner != 0) {
            join(told.member, decision);
        } else if (told.member.story && !others.empty()) {
            leave(told.member);
        }
        for (const ArticleId article : decision.parted)
            part(article);
    }

    // It may be part of none.
    void part(ArticleId article) {
        const auto member = member_of(connection_, article);
        if (member && member->story) leave(article, *member->story);
    }

  private:
    void move(ArticleId article, std::optional<StoryId> story) {
        move_to_story(connection_, changes_, article, story, found_);
        matcher_.assign(article, story);
    }

    void join(StoryMember& member, const StoryDecision& decision) {
        const StoryId story =
            decision.story ? *decision.story : insert_story(connection_, found_.at);
        const bool moves = member.story != story;
        for (const StoryId absorbed : decision.absorbed) {
            for (const ArticleId article : articles_of(connection_, absorbed)) {
                if (article != member.article) move(article, story);
            }
        }
        for (const ArticleId article : decision.joined)
            move(article, story);
        if (moves) move(member.article, story);
        member.story = story;
        for (const StoryId absorbed : decision.absorbed)
            refresh_story(connection_, absorbed);
        const bool grew =
            decision.story && moves && decision.absorbed.empty() && decision.joined.empty();
        if (grew) {
            grow_story(connection_, story, member);
        } else {
            refresh_story(connection_, story);
        }
        write_match(connection_, member.article, decision, found_.at);
    }

    void leave(StoryMember& member) {
        const StoryId story = *member.story;
        member.story.reset();
        leave(member.article, story);
    }

    void leave(ArticleId article, StoryId story) {
        move(article, std::nullopt);
        remove_match(connection_, article);
        // One article alone is no story.
        if (const auto rest = articles_of(connection_, story); rest.size() == 1) {
            move(rest.front(), std::nullopt);
            remove_match(connection_, rest.front());
        }
        refresh_story(connection_, story);
    }

    Connection& connection_;
    ChangeLog& changes_;
    StoryMatcher& matcher_;
    const Found& found_;
};

}  // namespace

std::optional<StoryText> told_by(Connection& connection, ArticleId article) {
    const auto member = member_of(connection, article);
    Query query = connection.query(kText);
    if (!member || !query.bind(article).next()) return std::nullopt;
    return StoryText{.member = *member, .text = query.text(0)};
}

void write_fingerprint(Connection& connection, const StoryMember& member,
                       const Fingerprint& fingerprint) {
    const std::string passages = bytes_of(fingerprint.kept);
    connection
        .query(R"sql(
INSERT INTO fingerprints (article_id, feed_id, at, seen_at, passages) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (article_id) DO UPDATE SET at = excluded.at, passages = excluded.passages
)sql")
        .bind(member.article, member.feed, member.at, member.seen_at)
        .bind_blob(passages)
        .run();
}

void remove_match(Connection& connection, ArticleId article) {
    connection.query("DELETE FROM story_matches WHERE article_id = ?").bind(article).run();
}

void write_match(Connection& connection, ArticleId article, const StoryDecision& decision,
                 Time at) {
    connection
        .query(R"sql(
INSERT INTO story_matches (article_id, other_id, score, version, matched_at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (article_id) DO UPDATE SET other_id = excluded.other_id, score = excluded.score,
    version = excluded.version, matched_at = excluded.matched_at
WHERE other_id <> excluded.other_id OR score <> excluded.score OR version <> excluded.version
)sql")
        .bind(article, decision.partner, decision.score, kStoryVersion, at)
        .run();
}

void move_to_story(Connection& connection, ChangeLog& changes, ArticleId article,
                   std::optional<StoryId> story, const Found& found) {
    connection.query("UPDATE articles SET story_id = ? WHERE id = ?").bind(story, article).run();
    changes.append(article, "story", found.feed == 0 ? std::nullopt : std::optional(found.feed),
                   found.at);
}

StoryId insert_story(Connection& connection, Time at) {
    connection.query("INSERT INTO stories (first_seen_at, last_seen_at) VALUES (?1, ?1)")
        .bind(at)
        .run();
    return connection.inserted();
}

void refresh_story(Connection& connection, StoryId story) {
    const bool any =
        connection.query("SELECT 1 FROM articles WHERE story_id = ? LIMIT 1").bind(story).next();
    connection.query(any ? kRefresh : "DELETE FROM stories WHERE id = ?").bind(story).run();
}

void leave_story(Connection& connection, ArticleId article) {
    std::optional<StoryId> story;
    {
        Query query = connection.query("SELECT story_id FROM articles WHERE id = ?");
        if (query.bind(article).next()) story = query.optional_integer(0);
    }
    if (!story) return;
    connection.query("UPDATE articles SET story_id = NULL WHERE id = ?").bind(article).run();
    refresh_story(connection, *story);
}

int prune_fingerprints(Connection& connection, Time before, int most) {
    return connection
        .query(R"sql(
DELETE FROM fingerprints WHERE seen_at < ?1
    AND article_id IN (SELECT article_id FROM fingerprints ORDER BY article_id LIMIT ?2)
)sql")
        .bind(before, most)
        .run();
}

void Stories::load(Connection& connection, Time now) {
    if (loaded_) return;
    matcher_->clear();
    learned_ = false;
    last_loaded_ = 0;
    std::unordered_map<ArticleId, StoryId> stories;
    {
        Query query =
            connection.query("SELECT id, story_id FROM articles WHERE story_id IS NOT NULL");
        while (query.next())
            stories.emplace(query.integer(0), query.integer(1));
    }
    std::size_t to_come = 0;
    {
        Query count = connection.query(kHowManyFingerprints);
        count.bind(now - matcher_->window(), kMostFindable).next();
        to_come = static_cast<std::size_t>(count.integer(0));
    }
    Query query = connection.query(kFingerprints);
    query.bind(now - matcher_->window(), kMostFindable);
    std::vector<FoundBy> known;
    while (query.next()) {
        StoryMember member{.article = query.integer(0),
                           .story = std::nullopt,
                           .feed = query.integer(1),
                           .at = query.time(2).value_or(Time{}),
                           .seen_at = query.time(3).value_or(Time{})};
        if (const auto story = stories.find(member.article); story != stories.end()) {
            member.story = story->second;
        }
        last_loaded_ = member.article;
        known.push_back({.member = member, .kept = hashes_of(query.text(4))});
        --to_come;
        if (known.size() < kLoadedTogether) continue;
        matcher_->add_all(known, to_come);
        known.clear();
    }
    matcher_->add_all(known, to_come);
    loaded_ = true;
}

// Only a comparison asks which words are rare, and few articles of a quiet day are compared.
void Stories::learn(Connection& connection) {
    if (learned_) return;
    Query query = connection.query(kLastTexts);
    query.bind(last_loaded_, kTextsToLearn);
    while (query.next())
        matcher_->learn(matcher_->fingerprint(query.text(0)).terms);
    learned_ = true;
}

void Stories::place(Connection& connection, ChangeLog& changes, ArticleId article,
                    const Candidate& candidate, const Found& found) {
    const std::string& text = candidate.article.content_text;
    const Fingerprint fingerprint =
        candidate.fingerprint ? *candidate.fingerprint : matcher_->fingerprint(text);
    if (fingerprint.empty()) {
        // If it was revised, it was long enough before.
        const int known =
            connection.query("DELETE FROM fingerprints WHERE article_id = ?").bind(article).run();
        if (known == 0) return;
        load(connection, found.at);
        matcher_->add({.article = article, .seen_at = found.at}, {});
        Placing(connection, changes, *matcher_, found).part(article);
        return;
    }
    const auto member = member_of(connection, article);
    if (!member) return;
    StoryText told{.member = *member, .text = text};
    load(connection, found.at);
    Placing placing(connection, changes, *matcher_, found);
    const std::vector<StoryText> others = placing.others_of(told, fingerprint);
    if (!others.empty()) learn(connection);
    placing.place(told, others);
    write_fingerprint(connection, told.member, fingerprint);
    matcher_->add(told.member, fingerprint.kept);
    matcher_->learn(fingerprint.terms);
}

}  // namespace feedd::sqlite
