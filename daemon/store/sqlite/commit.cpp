#include "store/sqlite/commit.h"

#include <fmt/format.h>

#include "store/sqlite/articles.h"
#include "store/sqlite/evidence.h"
#include "store/sqlite/feed_rows.h"
#include "store/sqlite/merge.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/stories.h"

namespace feedd::sqlite {

namespace {

// How much older than now a last_seen_at may be before it alone is worth a write: a document that
// is parsed every few minutes and stays the same costs its feed's row, not all its items' rows.
constexpr Seconds kSightingGrain{3600};

constexpr std::string_view kUpsertSighting = R"sql(
INSERT INTO sightings (feed_id, key, article_id, item_hash, position, first_seen_at, last_seen_at,
    guid, url, reason)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, ?8, ?9)
ON CONFLICT (feed_id, key) DO UPDATE SET
    item_hash = excluded.item_hash, position = excluded.position,
    last_seen_at = excluded.last_seen_at, guid = excluded.guid, url = excluded.url
)sql";

// A key that means another article from now on: the old sighting stays, under a key that no item
// can have (they begin with 'guid:', 'url:' or 'hash:').
constexpr std::string_view kRetireSighting = R"sql(
UPDATE OR REPLACE sightings SET key = 'was:' || article_id || ':' || key
WHERE feed_id = ? AND key = ?
)sql";

constexpr std::string_view kRenewSighting = R"sql(
UPDATE sightings SET last_seen_at = ?1, position = ?2
WHERE feed_id = ?3 AND key = ?4 AND (position <> ?2 OR last_seen_at < ?5)
)sql";

// One outcome on its way into the store.
class OutcomeWriter {
  public:
    OutcomeWriter(Connection& connection, ChangeLog& changes, const PollOutcome& outcome,
                  Stories* stories)
        : connection_(connection),
          changes_(changes),
          stories_(stories),
          outcome_(outcome),
          document_(keys_of(outcome)) {
        report_.feed = outcome.feed;
    }

    void write(const Candidate& candidate, Judge judge) {
        const auto sighting = known_sighting(connection_, outcome_.feed, candidate.key);
        if (sighting && !sighting->article) {
            // Purged, and still listed: it must not come back as new.
            upsert_sighting(candidate, std::nullopt, {});
            return;
        }
        const Evidence evidence =
            evidence_for(connection_, candidate, sighting, outcome_.feed, document_);
        const Verdict verdict = judge(candidate, evidence);
        const ArticleId article = apply(candidate, evidence, verdict);
        if (sighting && *sighting->article != article) {
            connection_.query(kRetireSighting).bind(outcome_.feed, candidate.key).run();
        }
        upsert_sighting(candidate, article, verdict.reason);
        if (!sighting) ++items_;
    }

    void renew(const Reseen& item) {
        connection_.query(kRenewSighting)
            .bind(outcome_.at, item.position, outcome_.feed, item.key, outcome_.at - kSightingGrain)
            .run();
    }

    // The feed's own row and the history of polls, last: they tell what was written before.
    void finish() {
        write_state(connection_, outcome_);
        if (moved_) settle_move();
        if (outcome_.plan.never) release_merged(connection_, outcome_.feed);
        if (outcome_.info) write_info(connection_, outcome_.feed, *outcome_.info);
        if (items_ > 0 || report_.added > 0) {
            count_items(connection_, outcome_, items_, report_.added > 0);
        }
        write_poll(connection_, outcome_, report_);
    }

    [[nodiscard]] const PollReport& report() const noexcept { return report_; }

    // The feed has adopted another URL than this one.
    void moved_from(const std::string& url) { moved_ = url; }

  private:
    // Two feeds at one URL would be asked twice for the same.
    void settle_move() {
        const auto other = poller_of(connection_, outcome_.feed, outcome_.state.url);
        if (!other) return;
        stay_at(connection_, outcome_.feed, *moved_);
        merge(connection_, outcome_.feed, *other);
        report_.merged_into = *other;
    }

    ArticleId apply(const Candidate& candidate, const Evidence& evidence, const Verdict& verdict) {
        const Found found{.feed = outcome_.feed, .at = outcome_.at};
        switch (verdict.kind) {
            case Verdict::Kind::unchanged:
                if (evidence.by_key && evidence.by_key->from_this_feed) {
                    refresh_details(connection_, verdict.article, candidate.article);
                }
                return verdict.article;
            case Verdict::Kind::revised:
                revise(candidate, verdict.article, found);
                return verdict.article;
            case Verdict::Kind::sighted:
                ++report_.sighted;
                changes_.append(verdict.article, "sighted", found.feed, found.at);
                if (verdict.revises) revise(candidate, verdict.article, found);
                return verdict.article;
            case Verdict::Kind::added:
                break;
        }
        ++report_.added;
        const ArticleId article = insert_article(connection_, candidate, found);
        changes_.append(article, "new", found.feed, found.at);
        if (stories_ != nullptr) stories_->place(connection_, changes_, article, candidate, found);
        return article;
    }

    void revise(const Candidate& candidate, ArticleId article, const Found& found) {
        ++report_.revised;
        revise_article(connection_, article, candidate, found);
        changes_.append(article, "revised", found.feed, found.at);
        if (stories_ != nullptr) stories_->place(connection_, changes_, article, candidate, found);
    }

    void upsert_sighting(const Candidate& candidate, std::optional<ArticleId> article,
                         std::string_view reason) {
        connection_.query(kUpsertSighting)
            .bind(outcome_.feed, candidate.key, article,
                  static_cast<std::int64_t>(candidate.item_hash), candidate.position, outcome_.at,
                  candidate.guid, candidate.article.link, reason)
            .run();
    }

    Connection& connection_;
    ChangeLog& changes_;
    Stories* stories_;  // null: they are not looked for
    const PollOutcome& outcome_;
    const KeySet document_;
    PollReport report_;
    std::optional<std::string> moved_;  // from there
    int items_ = 0;                     // keys that the feed brought for the first time
};

// While a poll is under way its feed's entry may be edited: what it brought is of a feed that is no
// longer asked for, and its state would undo the edit.
std::optional<Error> refusal(Connection& connection, const PollOutcome& outcome) {
    const auto feed = listing(connection, outcome.feed);
    const auto refuse = [&](std::string what) {
        return Error{ErrorKind::not_found, outcome.state.name, std::move(what), {}};
    };
    if (!feed) return refuse(fmt::format("the store has no feed {}", outcome.feed));
    if (feed->removed) return refuse("was taken off the list while it was polled");
    if (feed->listed_url != outcome.state.listed_url) {
        return refuse("got another URL in the list while it was polled");
    }
    return std::nullopt;
}

}  // namespace

ChangeLog::ChangeLog(Connection& connection)
    : connection_(connection),
      last_(connection.number("SELECT coalesce(max(seq), 0) FROM changes")) {}

void ChangeLog::append(ArticleId article, const char* kind, std::optional<FeedId> feed, Time at) {
    connection_
        .query("INSERT INTO changes (seq, article_id, kind, feed_id, at) VALUES (?, ?, ?, ?, ?)")
        .bind(last_ + 1, article, kind, feed, at)
        .run();
    ++last_;
}

PollReport write_outcome(Connection& connection, ChangeLog& changes, const PollOutcome& outcome,
                         Judge judge, Stories* stories) {
    if (auto error = refusal(connection, outcome)) {
        return {.feed = outcome.feed, .error = std::move(error)};
    }
    OutcomeWriter writer(connection, changes, outcome, stories);
    const std::string& url = outcome.state.url;
    if (const std::string before = listing(connection, outcome.feed)->url;
        url != before && url != outcome.state.listed_url) {
        writer.moved_from(before);
    }
    for (const Candidate& candidate : outcome.candidates)
        writer.write(candidate, judge);
    for (const Reseen& item : outcome.reseen)
        writer.renew(item);
    writer.finish();
    return writer.report();
}

int purge_articles(Connection& connection, Time before, int most, Time now) {
    std::vector<ArticleId> old;
    {
        Query query = connection.query(R"sql(
SELECT id FROM articles WHERE first_seen_at < ? ORDER BY first_seen_at LIMIT ?
)sql");
        query.bind(before, most);
        while (query.next())
            old.push_back(query.integer(0));
    }
    ChangeLog changes(connection);
    for (const ArticleId article : old) {
        changes.append(article, "purged", std::nullopt, now);
        unindex(connection, article, false);
        leave_story(connection, article);
        connection.query("DELETE FROM articles WHERE id = ?").bind(article).run();
    }
    return static_cast<int>(old.size());
}

}  // namespace feedd::sqlite
