#include "store/sqlite/retention.h"

#include <algorithm>
#include <unordered_set>

namespace feedd::sqlite {

namespace {

using Stage = RetentionPlace::Stage;

// That are passed over in the time that one article takes.
constexpr std::size_t kRowsOfIndex = 256;

std::string json_list(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) {
        if (!list.empty()) list += ',';
        list += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\') list += '\\';
            list +=
                static_cast<unsigned char>(c) < 0x20 ? ' ' : c;  // no tag has control characters
        }
        list += '"';
    }
    return "[" + list + "]";
}

class Pass {
  public:
    Pass(Connection& connection, const RetentionRules& rules, RetentionPlace& place, Time now)
        : connection_(connection), rules_(rules), place_(place), now_(now) {}

    RetentionSlice slice(int most) {
        most_ = most;
        if (place_.stage == Stage::begin) begin();
        if (place_.stage == Stage::by_age) by_age();
        while (place_.stage == Stage::by_count && slice_.looked_at < most_)
            by_count();
        return std::move(slice_);
    }

  private:
    void begin() {
        place_.stage = Stage::by_age;
        if (rules_.keep_tags.empty()) return;
        Query query = connection_.query(R"sql(
SELECT f.id FROM feeds AS f
WHERE EXISTS (SELECT 1 FROM json_each(f.tags) AS t WHERE t.value IN (SELECT value FROM json_each(?)))
)sql");
        query.bind(json_list(rules_.keep_tags));
        while (query.next())
            place_.kept.insert(query.integer(0));
    }

    void by_age() {
        const auto shortest = rules_.shortest_age();
        int found = 0;
        if (shortest) {
            Query query = connection_.query(R"sql(
SELECT id, first_seen_at, coalesce(published_at, first_seen_at) FROM articles
WHERE first_seen_at < ?1 AND (first_seen_at, id) > (?2, ?3) ORDER BY first_seen_at, id LIMIT ?4
)sql");
            query.bind(now_ - *shortest, place_.at, place_.article, most_);
            while (query.next()) {
                place_.article = query.integer(0);
                place_.at = query.time(1).value_or(place_.at);
                look_at({.first_seen = place_.at,
                         .published = query.time(2).value_or(place_.at),
                         .article = place_.article});
                ++found;
            }
        }
        if (found == most_) return;
        place_.stage = rules_.any_count() ? Stage::by_count : Stage::done;
        place_.article = 0;
        next_feed();
    }

    // Feeds that have no more items than are kept are passed over.
    void next_feed() {
        if (place_.stage != Stage::by_count) return;
        Query query =
            connection_.query("SELECT id, item_count FROM feeds WHERE id > ? ORDER BY id");
        query.bind(place_.feed);
        while (query.next()) {
            const FeedId feed = query.integer(0);
            const auto count = rules_.of(feed).count;
            if (!count || place_.kept.contains(feed)) continue;
            if (static_cast<std::size_t>(query.integer(1)) <= *count) continue;
            place_.feed = feed;
            place_.article = 0;
            return;
        }
        place_.stage = Stage::done;
    }

    void by_count() {
        std::vector<ArticleId> older;
        if (const auto threshold = threshold_of(place_.feed)) {
            Query query = connection_.query(R"sql(
SELECT DISTINCT article_id FROM sightings
WHERE feed_id = ?1 AND article_id > ?2 AND article_id <= ?3 ORDER BY article_id LIMIT ?4
)sql");
            query.bind(place_.feed, place_.article, threshold->last, most_ - slice_.looked_at);
            while (query.next())
                older.push_back(query.integer(0));
        }
        for (const ArticleId article : older) {
            look_at(recency_of(article));
            place_.article = article;
        }
        if (slice_.looked_at < most_) next_feed();
    }

    Recency recency_of(ArticleId article) {
        Query query =
            connection_.query("SELECT first_seen_at, published_at FROM articles WHERE id = ?");
        if (!query.bind(article).next()) return {.first_seen = now_, .article = article};
        const Time seen = query.time(0).value_or(now_);
        return {.first_seen = seen, .published = query.time(1).value_or(seen), .article = article};
    }

    std::optional<RetentionPlace::Threshold> threshold_of(FeedId feed) {
        const auto [at, fresh] = place_.thresholds.try_emplace(feed, std::nullopt);
        const auto count = rules_.of(feed).count;
        if (!fresh || !count) return at->second;
        slice_.looked_at += 1 + static_cast<int>(*count / kRowsOfIndex);
        Query query = connection_.query(R"sql(
SELECT DISTINCT article_id FROM sightings WHERE feed_id = ? AND article_id IS NOT NULL
ORDER BY article_id DESC LIMIT 1 OFFSET ?
)sql");
        if (!query.bind(feed, *count - 1).next()) return at->second;
        // By the order of polls this one is the last to stay; of those that came with it, which
        // have their ids as they stand in the document, the newest stay.
        std::vector<Recency> together = brought_with(recency_of(query.integer(0)), feed);
        slice_.looked_at += static_cast<int>(together.size() / kRowsOfIndex);
        ArticleId last = 0;
        for (const Recency& one : together)
            last = std::max(last, one.article);
        const std::size_t stay = *count - static_cast<std::size_t>(later_than(last, feed));
        const auto oldest =
            together.begin() + static_cast<std::ptrdiff_t>(std::min(stay, together.size()) - 1);
        std::nth_element(together.begin(), oldest, together.end(),
                         [](const Recency& a, const Recency& b) { return b.older_than(a); });
        at->second = RetentionPlace::Threshold{.oldest = *oldest, .last = last};
        return at->second;
    }

    // What the feed has that was seen first with `one`, itself among it.
    std::vector<Recency> brought_with(const Recency& one, FeedId feed) {
        std::vector<Recency> found;
        Query query = connection_.query(R"sql(
SELECT id, coalesce(published_at, first_seen_at) FROM articles AS a WHERE first_seen_at = ?1
AND EXISTS (SELECT 1 FROM sightings AS s WHERE s.article_id = a.id AND s.feed_id = ?2)
)sql");
        query.bind(one.first_seen, feed);
        while (query.next()) {
            found.push_back({.first_seen = one.first_seen,
                             .published = query.time(1).value_or(one.first_seen),
                             .article = query.integer(0)});
        }
        return found;
    }

    std::int64_t later_than(ArticleId article, FeedId feed) {
        Query query = connection_.query(
            "SELECT count(DISTINCT article_id) FROM sightings WHERE feed_id = ? AND article_id > "
            "?");
        return query.bind(feed, article).next() ? query.integer(0) : 0;
    }

    void look_at(const Recency& article) {
        ++slice_.looked_at;
        std::vector<FeedId> carriers;
        {
            Query query =
                connection_.query("SELECT DISTINCT feed_id FROM sightings WHERE article_id = ?");
            query.bind(article.article);
            while (query.next())
                carriers.push_back(query.integer(0));
        }
        for (const FeedId feed : carriers) {
            if (!lets_go(feed, article)) return;
        }
        // One slice may come upon it by its age and in several feeds.
        if (chosen_.insert(article.article).second) slice_.outdated.push_back(article.article);
    }

    bool lets_go(FeedId feed, const Recency& article) {
        if (place_.kept.contains(feed)) return false;
        const Retention& rule = rules_.of(feed);
        if (rule.age && article.first_seen < now_ - *rule.age) return true;
        const auto threshold = threshold_of(feed);
        return threshold && article.older_than(threshold->oldest);
    }

    Connection& connection_;
    const RetentionRules& rules_;
    RetentionPlace& place_;
    const Time now_;
    RetentionSlice slice_;
    std::unordered_set<ArticleId> chosen_;
    int most_ = 0;
};

}  // namespace

RetentionSlice outdated(Connection& connection, const RetentionRules& rules, RetentionPlace& place,
                        int most, Time now) {
    return Pass(connection, rules, place, now).slice(most);
}

}  // namespace feedd::sqlite
