// What changes articles, and the log of it. The outcome of a poll: candidates → judge → stored.
#pragma once

#include <cstdint>
#include <span>

#include "model/outcome.h"
#include "model/verdict.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// Counts on in the change log without gaps. One writer, one transaction: what the transaction
// rolls back was never counted.
class ChangeLog {
  public:
    // Inside the write transaction.
    explicit ChangeLog(Connection& connection);
    // `backfill`: it was old already when it came.
    void append(ArticleId article, const char* kind, std::optional<FeedId> feed, Time at,
                bool backfill = false);

    [[nodiscard]] std::int64_t last() const noexcept { return last_; }
    // After the savepoint that holds everything past `last` was rolled back.
    void rewind(std::int64_t last) noexcept { last_ = last; }

  private:
    Connection& connection_;
    std::int64_t last_;
};

class Stories;

// Inside a write transaction. Articles become part of stories unless `stories` is null. Throws
// SQLite::Exception; what it wrote until then is for the caller to roll back. The report has an
// error, and nothing was written, when the feed is unknown, off the list or has another URL there
// by now.
[[nodiscard]] PollReport write_outcome(Connection& connection, ChangeLog& changes,
                                       const PollOutcome& outcome, Judge judge, Stories* stories);

// Deletes the articles; the change log says 'purged'. Their sightings stay, so that a feed that
// still lists them does not bring them back. Inside a write transaction.
void purge_articles(Connection& connection, std::span<const ArticleId> articles, Time now);

}  // namespace feedd::sqlite
