#include "store/sqlite/writer.h"

#include <algorithm>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <utility>

#include <sqlite3.h>

#include "store/sqlite/archive.h"
#include "store/sqlite/commit.h"
#include "store/sqlite/hosts.h"
#include "store/sqlite/list.h"
#include "store/sqlite/restory.h"
#include "store/sqlite/retention.h"
#include "store/sqlite/search_index.h"
#include "store/sqlite/whole.h"

namespace feedd::sqlite {

namespace {

bool breaks_a_rule(const SQLite::Exception& error) {
    switch (error.getErrorCode()) {
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE:
        case SQLITE_TOOBIG:
            return true;
        default:
            return false;
    }
}

// What is thrown just now, in words, if it is the fault of the one outcome that was written: a row
// that breaks a rule of the schema, or a bug that it meets. Everything else (disk full, I/O, no
// memory) concerns the whole transaction and is thrown on.
std::string own_fault() {
    try {
        throw;
    } catch (const SQLite::Exception& error) {
        if (!breaks_a_rule(error)) throw;
        return std::string("the store refuses it: ") + error.what();
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        return std::string("a bug of feedd: ") + error.what();
    }
}

// A change that a consumer was told of must not be taken back by a power failure: its number would
// be given to another. Health and times of polls may be: they are learned again.
bool worth_a_sync(std::span<const PollOutcome> outcomes) {
    return std::ranges::any_of(
        outcomes, [](const PollOutcome& outcome) { return !outcome.candidates.empty(); });
}

void undo(Connection& connection, ChangeLog& changes, std::int64_t last) {
    connection.query("ROLLBACK TO outcome").run();
    connection.query("RELEASE outcome").run();
    changes.rewind(last);
}

PollReport refused(const PollOutcome& outcome, std::string what) {
    return {.feed = outcome.feed,
            .error = Error{.kind = ErrorKind::internal,
                           .where = outcome.state.name,
                           .what = std::move(what),
                           .hint = {}}};
}

// Fails alone: what it wrote is taken back, its neighbours stay. A savepoint copies each page
// before it is written on.
PollReport write_apart(Connection& connection, ChangeLog& changes, const PollOutcome& outcome,
                       Judge judge, Stories* stories) {
    const std::int64_t last = changes.last();
    connection.query("SAVEPOINT outcome").run();
    try {
        PollReport report = write_outcome(connection, changes, outcome, judge, stories);
        connection.query("RELEASE outcome").run();
        return report;
    } catch (...) {
        std::string fault = own_fault();
        if (!connection.in_transaction()) throw;
        undo(connection, changes, last);
        if (stories != nullptr) stories->forget();
        return refused(outcome, std::move(fault));
    }
}

using WriteOne = PollReport (*)(Connection&, ChangeLog&, const PollOutcome&, Judge, Stories*);

std::vector<PollReport> write_all(Connection& connection, std::span<const PollOutcome> outcomes,
                                  Judge judge, Stories* stories, WriteOne write) {
    Transaction transaction(connection, Transaction::Kind::write);
    ChangeLog changes(connection);
    std::vector<PollReport> written;
    written.reserve(outcomes.size());
    for (const PollOutcome& outcome : outcomes)
        written.push_back(write(connection, changes, outcome, judge, stories));
    write_visits(connection, outcomes);
    transaction.commit();
    return written;
}

// As if none of them could fail, for hardly any does. nullopt: one did by its own fault, and all
// are rolled back.
std::optional<std::vector<PollReport>> write_together(Connection& connection,
                                                      std::span<const PollOutcome> outcomes,
                                                      Judge judge, Stories* stories) {
    try {
        return write_all(connection, outcomes, judge, stories, write_outcome);
    } catch (...) {
        (void)own_fault();  // of which, and what, the second attempt tells
        return std::nullopt;
    }
}

}  // namespace

Result<std::vector<FeedState>> Writer::apply_list(std::span<const FeedSpec> list, Time now) {
    return guarded(connection_->path(), [&] {
        connection_->set_durable(true);
        Transaction transaction(*connection_, Transaction::Kind::write);
        auto states = sqlite::apply_list(*connection_, list, now);
        transaction.commit();
        return states;
    });
}

std::vector<PollReport> Writer::commit(std::span<const PollOutcome> outcomes, Judge judge) {
    auto reports = guarded(connection_->path(), [&] {
        connection_->set_durable(worth_a_sync(outcomes));
        auto written = write_together(*connection_, outcomes, judge, stories_.get());
        if (written) return std::move(*written);
        if (stories_) stories_->forget();
        return write_all(*connection_, outcomes, judge, stories_.get(), write_apart);
    });
    if (reports) return std::move(*reports);
    if (stories_) stories_->forget();
    std::vector<PollReport> failed;
    failed.reserve(outcomes.size());
    for (const PollOutcome& outcome : outcomes)
        failed.push_back({.feed = outcome.feed, .error = reports.error()});
    return failed;
}

Result<int> Writer::index_articles(int most) {
    return guarded(connection_->path(), [&] {
        connection_->set_durable(false);  // what a power failure takes back is indexed again
        Transaction transaction(*connection_, Transaction::Kind::write);
        const int indexed = index_waiting(*connection_, most);
        transaction.commit();
        return indexed;
    });
}

void Writer::leave_checkpoints(std::function<void(std::uint64_t)> committed) {
    connection_->on_commit(std::move(committed));
}

Result<int> Writer::prune_polls(Time before, int most) {
    return guarded(connection_->path(), [&] {
        connection_->set_durable(false);
        return connection_
            ->query(R"sql(
DELETE FROM polls WHERE id IN (SELECT id FROM polls WHERE at < ? ORDER BY at LIMIT ?)
)sql")
            .bind(before, most)
            .run();
    });
}

Result<int> Writer::prune_hosts(Time before, int most) {
    return guarded(connection_->path(), [&] {
        connection_->set_durable(false);
        return connection_
            ->query(R"sql(
DELETE FROM hosts WHERE host IN (SELECT host FROM hosts WHERE last_at < ? LIMIT ?)
)sql")
            .bind(before, most)
            .run();
    });
}

Result<int> Writer::prune_archive(const ArchiveBounds& bounds, int most, Time now) {
    return guarded(connection_->path(), [&] {
        connection_->set_durable(false);
        Transaction transaction(*connection_, Transaction::Kind::write);
        const int documents = sqlite::prune_archive(*connection_, bounds, most, now);
        transaction.commit();
        return documents;
    });
}

Result<bool> Writer::polled_between(Time from, Time to) {
    return guarded(connection_->path(), [&] {
        return connection_->query("SELECT 1 FROM polls WHERE at >= ? AND at < ? LIMIT 1")
            .bind(from, to)
            .next();
    });
}

Result<RetentionSlice> Writer::prune_articles(const RetentionRules& rules, RetentionPlace& place,
                                              int most, Time now) {
    RetentionPlace next = place;
    auto pruned = guarded(connection_->path(), [&] {
        RetentionSlice slice;
        {
            // Nobody else deletes articles: to look for them needs no lock.
            Transaction snapshot(*connection_, Transaction::Kind::read);
            slice = outdated(*connection_, rules, next, most, now);
            snapshot.commit();
        }
        if (slice.outdated.empty()) return slice;
        connection_->set_durable(true);
        Transaction transaction(*connection_, Transaction::Kind::write);
        purge_articles(*connection_, slice.outdated, now);
        transaction.commit();
        return slice;
    });
    if (pruned) place = std::move(next);
    return pruned;
}

Result<void> Writer::rewrite(std::span<const Rewrite> changes, Time now) {
    return guarded(connection_->path(), [&]() -> Result<void> {
        connection_->set_durable(true);
        Transaction transaction(*connection_, Transaction::Kind::write);
        for (const Rewrite& change : changes)
            sqlite::rewrite(*connection_, change, now);
        transaction.commit();
        return {};
    });
}

Result<void> Writer::shrink() {
    return guarded(connection_->path(), [&]() -> Result<void> {
        connection_->execute("VACUUM");
        // The copy went through the WAL, which would stay as large as the store.
        connection_->execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return {};
    });
}

void Writer::match_stories(std::unique_ptr<StoryMatcher> matcher) {
    stories_ = matcher ? std::make_unique<Stories>(std::move(matcher)) : nullptr;
}

Result<int> Writer::prune_fingerprints(Time before, int most) {
    return guarded(connection_->path(), [&] {
        connection_->set_durable(false);
        return sqlite::prune_fingerprints(*connection_, before, most);
    });
}

Result<Restoried> Writer::restory(Time now) {
    if (!stories_)
        return fail(ErrorKind::internal, connection_->path(), "stories are not looked for");
    stories_->forget();
    return guarded(connection_->path(), [&] {
        connection_->set_durable(true);
        return sqlite::restory(*connection_, stories_->matcher(), now);
    });
}

}  // namespace feedd::sqlite
