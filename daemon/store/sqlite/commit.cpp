#include "store/sqlite/commit.h"

#include <fmt/format.h>

#include "store/sqlite/archive.h"
#include "store/sqlite/articles.h"
#include "store/sqlite/evidence.h"
#include "store/sqlite/feed_rows.h"
#include "store/sqlite/merge.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/sightings.h"
#include "store/sqlite/stories.h"

namespace feedd::sqlite {

namespace {

// An item that has come back so often is left out of every other answer: no sign of a withdrawal.
constexpr std::int64_t kMostReturns = 2;

constexpr std::string_view kPurged = "its article was purged";

// One outcome on its way into the store.
class OutcomeWriter {
  public:
    OutcomeWriter(Connection& connection, ChangeLog& changes, const PollOutcome& outcome,
                  Stories* stories)
        : connection_(connection),
          changes_(changes),
          stories_(stories),
          outcome_(outcome),
          document_(siblings_in(outcome)) {
        if (!document_.keys.empty()) withdrawn_ = withdrawn_keys(connection, outcome.feed);
        report_.feed = outcome.feed;
    }

    void write(const Candidate& candidate, Judge judge) {
        const auto sighting = known_sighting(connection_, outcome_.feed, candidate.key);
        if (was_purged(candidate, sighting)) {
            write_sighting(connection_, outcome_, candidate, std::nullopt, kPurged);
            if (sighting) return;
            ++items_;
            if (forget_key(connection_, outcome_.feed, candidate.reissue_of)) --items_;
            return;
        }
        const Evidence evidence =
            evidence_for(connection_, candidate, sighting, outcome_, document_);
        const Verdict verdict = judge(candidate, evidence);
        const ArticleId article = apply(candidate, evidence, verdict);
        if (sighting && *sighting->article != article) {
            retire_sighting(connection_, outcome_.feed, candidate.key);
        }
        if (!withdrawn_.empty()) restore(article);
        if (verdict.waits) {
            // With the hash of what it said before, the screen lets it through the next time, too.
            renew_sighting(connection_, outcome_,
                           {.key = candidate.key, .position = candidate.position});
        } else {
            write_sighting(connection_, outcome_, candidate, article, verdict.reason);
        }
        if (sighting) return;
        ++items_;
        if (verdict.kind == Verdict::Kind::sighted)
            items_ -= forget_old_keys(connection_, outcome_.feed, article);
    }

    void renew(const Reseen& item) {
        if (withdrawn_.contains(item.key)) {
            const auto sighting = known_sighting(connection_, outcome_.feed, item.key);
            if (sighting && sighting->article) restore(*sighting->article);
        }
        renew_sighting(connection_, outcome_, item);
    }

    // After all that the document lists: an item may be there under another key.
    void end(const std::vector<Departed>& departed) {
        for (const Departed& item : departed)
            end_sighting(connection_, outcome_.feed, item.key, outcome_.at);
        for (const Departed& item : departed) {
            if (item.withdrawn) withdraw(item.key);
        }
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
        if (outcome_.document) archive(connection_, outcome_.feed, outcome_.at, *outcome_.document);
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

    // Purged, and still listed, be it under another key: it must not come back as new.
    [[nodiscard]] bool was_purged(const Candidate& candidate,
                                  const std::optional<KnownSighting>& sighting) {
        if (sighting) return !sighting->article;
        if (candidate.reissue_of.empty()) return false;
        const auto before = known_sighting(connection_, outcome_.feed, candidate.reissue_of);
        return before && !before->article;
    }

    // The mark is the feed's; the article is withdrawn only where its words are the feed's, too.
    void withdraw(const std::string& key) {
        const auto sighting = known_sighting(connection_, outcome_.feed, key);
        if (!sighting || !sighting->article ||
            returns_of(connection_, *sighting->article) >= kMostReturns) {
            return;
        }
        const auto article = mark_withdrawn(connection_, outcome_.feed, key, outcome_.at);
        if (!article || !owns(connection_, outcome_.feed, *article)) return;
        if (set_withdrawn(connection_, *article, outcome_.at)) {
            changes_.append(*article, "withdrawn", outcome_.feed, outcome_.at);
        }
    }

    // It is there again.
    void restore(ArticleId article) {
        if (!unmark_withdrawn(connection_, outcome_.feed, article)) return;
        if (owns(connection_, outcome_.feed, article) &&
            set_withdrawn(connection_, article, std::nullopt)) {
            changes_.append(article, "returned", outcome_.feed, outcome_.at);
        }
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
                // Another key for what the feed carries is nothing that a consumer did not know.
                if (!carries(connection_, found.feed, verdict.article)) {
                    ++report_.sighted;
                    changes_.append(verdict.article, "sighted", found.feed, found.at,
                                    candidate.backfill);
                }
                if (verdict.moves) move_article(connection_, verdict.article, candidate);
                if (verdict.revises) revise(candidate, verdict.article, found);
                return verdict.article;
            case Verdict::Kind::added:
                break;
        }
        ++report_.added;
        const ArticleId article = insert_article(connection_, candidate, found);
        changes_.append(article, "new", found.feed, found.at, candidate.backfill);
        if (stories_ != nullptr) stories_->place(connection_, changes_, article, candidate, found);
        return article;
    }

    void revise(const Candidate& candidate, ArticleId article, const Found& found) {
        ++report_.revised;
        revise_article(connection_, article, candidate, found);
        changes_.append(article, "revised", found.feed, found.at);
        if (stories_ != nullptr) stories_->place(connection_, changes_, article, candidate, found);
    }

    Connection& connection_;
    ChangeLog& changes_;
    Stories* stories_;  // null: they are not looked for
    const PollOutcome& outcome_;
    const Siblings document_;
    std::unordered_set<std::string> withdrawn_;  // keys, before this poll
    PollReport report_;
    std::optional<std::string> moved_;  // from there
    int items_ = 0;                     // keys that the feed brought for the first time
};

// While a poll is under way its feed's entry may be edited: what it brought is of a feed that is no
// longer asked for, and its state would undo the edit.
std::optional<Error> refusal(Connection& connection, const std::optional<Listing>& feed,
                             const PollOutcome& outcome) {
    const auto refuse = [&](std::string what) {
        return Error{ErrorKind::not_found, outcome.state.name, std::move(what), {}};
    };
    if (!feed) return refuse(fmt::format("the store has no feed {}", outcome.feed));
    if (feed->removed) return refuse("was taken off the list while it was polled");
    if (feed->listed_url != outcome.state.listed_url) {
        return refuse("got another URL in the list while it was polled");
    }
    if (outcome.document && !can_archive(connection, *outcome.document)) {
        return refuse("what its document was packed against was pruned while it was polled");
    }
    return std::nullopt;
}

}  // namespace

ChangeLog::ChangeLog(Connection& connection)
    : connection_(connection),
      last_(connection.number("SELECT coalesce(max(seq), 0) FROM changes")) {}

void ChangeLog::append(ArticleId article, const char* kind, std::optional<FeedId> feed, Time at,
                       bool backfill) {
    connection_
        .query(R"sql(
INSERT INTO changes (seq, article_id, kind, feed_id, at, backfill) VALUES (?, ?, ?, ?, ?, ?)
)sql")
        .bind(last_ + 1, article, kind, feed, at, backfill ? 1 : 0)
        .run();
    ++last_;
}

PollReport write_outcome(Connection& connection, ChangeLog& changes, const PollOutcome& outcome,
                         Judge judge, Stories* stories) {
    const std::optional<Listing> before = listing(connection, outcome.feed);
    if (auto error = refusal(connection, before, outcome)) {
        return {.feed = outcome.feed, .error = std::move(error)};
    }
    OutcomeWriter writer(connection, changes, outcome, stories);
    const std::string& url = outcome.state.url;
    if (url != before->url && url != outcome.state.listed_url) writer.moved_from(before->url);
    for (const Candidate& candidate : outcome.candidates)
        writer.write(candidate, judge);
    for (const Reseen& item : outcome.reseen)
        writer.renew(item);
    writer.end(outcome.departed);
    writer.finish();
    return writer.report();
}

void purge_articles(Connection& connection, std::span<const ArticleId> articles, Time now) {
    if (articles.empty()) return;
    ChangeLog changes(connection);
    for (const ArticleId article : articles) {
        changes.append(article, "purged", std::nullopt, now);
        unindex(connection, article, false);
        leave_story(connection, article);
        connection.query("DELETE FROM articles WHERE id = ?").bind(article).run();
    }
}

}  // namespace feedd::sqlite
