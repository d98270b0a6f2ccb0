// The one narrow interface to the store, at the level of intent: no SQL leaves store/sqlite.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/feed.h"
#include "model/known.h"
#include "model/outcome.h"
#include "model/rebuilt.h"
#include "model/retention.h"
#include "model/story.h"
#include "model/verdict.h"
#include "store/rows.h"

namespace feedd {

// Reads without ever waiting for the writer (WAL). For one thread at a time.
class StoreReader {
  public:
    StoreReader() = default;
    StoreReader(const StoreReader&) = delete;
    StoreReader& operator=(const StoreReader&) = delete;
    virtual ~StoreReader() = default;

    [[nodiscard]] virtual Result<KnownItems> known_items(FeedId feed,
                                                         std::span<const std::string> keys) = 0;
    // How many of the links (canonical URLs) belong to articles that the feed has brought before,
    // under whatever key: tells guids that change at every poll from items that are new.
    [[nodiscard]] virtual Result<int> known_links(FeedId feed,
                                                  std::span<const std::string> urls) = 0;
    // What the last document of the feed listed, as far as is known: the items that have not left.
    [[nodiscard]] virtual Result<std::vector<Listed>> window(FeedId feed) = 0;
    // True once the feed has brought any item: the first poll is no gap.
    [[nodiscard]] virtual Result<bool> has_items(FeedId feed) = 0;
    // Error not_found: the filter names a feed that the store has never heard of.
    [[nodiscard]] virtual Result<std::vector<FeedRow>> feeds(const FeedFilter& filter) = 0;
    // Newest first, by the date of publication or, without one, of the first sighting; with a
    // query, best first: of two that fit alike, the one of this month before the one of last year.
    // Error not_found as with feeds.
    [[nodiscard]] virtual Result<std::vector<ArticleRow>> articles(const ArticleFilter& filter) = 0;
    // The last polls of the feed, the newest first, at most `most`.
    [[nodiscard]] virtual Result<std::vector<PollRow>> polls(FeedId feed, std::size_t most) = 0;
    // Error not_found: there is none of that id, or it was purged.
    [[nodiscard]] virtual Result<ArticleHistory> history(ArticleId article) = 0;
    // How many articles a query does not find yet: they wait for the full-text index.
    [[nodiscard]] virtual Result<std::int64_t> not_indexed() = 0;
    // Hosts by name.
    [[nodiscard]] virtual Result<std::vector<HostRow>> hosts(const HostFilter& filter) = 0;
    // Listed feeds with suspected gaps, the most first.
    [[nodiscard]] virtual Result<std::vector<GapRow>> gaps() = 0;
    [[nodiscard]] virtual Result<StoreStats> stats() = 0;

    // The body as the archive would keep it, packed against the feed's last one. `hash`: its
    // digest.
    [[nodiscard]] virtual Result<PackedBody> packed(FeedId feed, std::string_view body,
                                                    std::string hash) = 0;
    // Documents of the archive after the one of that id, in the order in which they were stored, at
    // most `most`.
    [[nodiscard]] virtual Result<std::vector<ArchivedDocument>> archived(
        const ArchiveFilter& filter, std::int64_t after, std::size_t most) = 0;
    // Error not_found: it was pruned meanwhile; io: it is damaged.
    [[nodiscard]] virtual Result<std::string> archived_body(std::int64_t id) = 0;

    // Articles after that id, in its order, at most `most`.
    [[nodiscard]] virtual Result<std::vector<WholeArticle>> whole_articles(ArticleId after,
                                                                           std::size_t most) = 0;
    // What the store has for an article that was rebuilt elsewhere: by its items, else by its URL,
    // else by its text.
    [[nodiscard]] virtual Result<Counterpart> counterpart(const WholeArticle& rebuilt) = 0;
    // All items of the feed.
    [[nodiscard]] virtual Result<std::vector<Carried>> carried_by(FeedId feed) = 0;

    // The next slice of a pass that looks for what all feeds let go of, as
    // StoreWriter::prune_articles, and deletes nothing.
    [[nodiscard]] virtual Result<RetentionSlice> outdated(const RetentionRules& rules,
                                                          RetentionPlace& place, int most,
                                                          Time now) = 0;
    [[nodiscard]] virtual Result<Prunable> prunable(Time polls_before, Time hosts_before,
                                                    const ArchiveBounds& bounds, Time now) = 0;

    // The change log after `after`, in its order, at most `most` entries.
    [[nodiscard]] virtual Result<std::vector<ChangeRow>> changes(std::int64_t after,
                                                                 std::size_t most) = 0;
    // The last entry of the change log, 0 if there is none.
    [[nodiscard]] virtual Result<std::int64_t> last_seq() = 0;
    // Another number than the last time: something was committed meanwhile. Reads no disk.
    [[nodiscard]] virtual Result<std::int64_t> version() = 0;
    // By name.
    [[nodiscard]] virtual Result<std::vector<ConsumerRow>> consumers() = 0;
};

// Cursors of the change log's consumers, kept in the store. Not the daemon's: may be written while
// it runs, and waits for it for at most some seconds.
class ConsumerLog {
  public:
    ConsumerLog() = default;
    ConsumerLog(const ConsumerLog&) = delete;
    ConsumerLog& operator=(const ConsumerLog&) = delete;
    virtual ~ConsumerLog() = default;

    // Durable when this returns. A lower number than before takes it back.
    [[nodiscard]] virtual Result<void> acknowledge(const std::string& consumer, std::int64_t seq,
                                                   Time now) = 0;
    // False: there was none of that name.
    [[nodiscard]] virtual Result<bool> forget(const std::string& consumer) = 0;
};

// Moves what was committed from the WAL into the store's file, beside the writer and without it
// waiting for more than some milliseconds. For one thread.
class Checkpointer {
  public:
    Checkpointer() = default;
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;
    virtual ~Checkpointer() = default;

    // A WAL file of `shrink_from` bytes or more is cut to nothing, a smaller one written over from
    // its beginning.
    [[nodiscard]] virtual Result<WalState> checkpoint(std::uint64_t shrink_from) = 0;
    // Which other processes read just now; those that read for long hold the WAL.
    [[nodiscard]] virtual std::vector<WalReader> readers() = 0;
};

// The only writer, of one thread, holding the store's lock against a second daemon.
class StoreWriter {
  public:
    StoreWriter() = default;
    StoreWriter(const StoreWriter&) = delete;
    StoreWriter& operator=(const StoreWriter&) = delete;
    virtual ~StoreWriter() = default;

    // Makes the store's feeds those of the list, in one transaction: new ones are added, changed
    // ones updated, the others marked removed (nothing is deleted). An entry is the same feed as
    // before if its URL is; else if its name is and the old URL is no longer listed (the URL was
    // edited: history and articles stay, validators do not). Returns the states of the listed
    // feeds in the order of `list`. A feed that was gone becomes active again when its entry
    // was touched (it comes back, or another URL, name or headers).
    [[nodiscard]] virtual Result<std::vector<FeedState>> apply_list(std::span<const FeedSpec> list,
                                                                    Time now) = 0;

    // All outcomes in one transaction, each in a savepoint of its own: a bad one undoes nothing of
    // its neighbours and reports its error. A report per outcome, in their order; when the whole
    // transaction fails (full disk), every report has the error. An outcome whose feed was taken
    // off the list or got another listed_url while it was polled is not written: an error, too. Its
    // visits are, whatever becomes of the rest: those requests were sent.
    [[nodiscard]] virtual std::vector<PollReport> commit(std::span<const PollOutcome> outcomes,
                                                         Judge judge) = 0;

    // Puts words of new and revised articles into the full-text index, of at most `most`; how many
    // they were. What is not indexed yet waits in the store, over restarts too.
    [[nodiscard]] virtual Result<int> index_articles(int most) = 0;

    // From now on checkpoints are made by another (a Checkpointer). `committed` is called after
    // each commit, on its thread, with the bytes that wait in the WAL.
    virtual void leave_checkpoints(std::function<void(std::uint64_t)> committed) = 0;

    // Deletes poll history older than `before`; at most `most` rows, so that nobody waits long.
    [[nodiscard]] virtual Result<int> prune_polls(Time before, int most) = 0;

    // Deletes hosts that were last asked before `before`, at most `most`.
    [[nodiscard]] virtual Result<int> prune_hosts(Time before, int most) = 0;

    // Deletes what the archive has beyond its bounds, the oldest runs of documents first, until at
    // least `most` documents are gone; how many they were.
    [[nodiscard]] virtual Result<int> prune_archive(const ArchiveBounds& bounds, int most,
                                                    Time now) = 0;

    // Whether any poll in the history is of that time: what the clock says now can be believed when
    // it has said the like before.
    [[nodiscard]] virtual Result<bool> polled_between(Time from, Time to) = 0;

    // The next slice of a pass that deletes what all feeds let go of (model/retention.h); the
    // change log says 'purged'. Their items stay known, so that a feed that still lists them does
    // not bring them back as new.
    [[nodiscard]] virtual Result<RetentionSlice> prune_articles(const RetentionRules& rules,
                                                                RetentionPlace& place, int most,
                                                                Time now) = 0;

    // Makes articles what a replay has found, in one transaction; the change log says 'revised' and
    // 'new', by no feed, at `now`. To do it again changes nothing more.
    [[nodiscard]] virtual Result<void> rewrite(std::span<const Rewrite> changes, Time now) = 0;

    // Gives the free pages of the file back to the file system: copies the whole store, which
    // nobody may be reading, and needs room for a second one.
    [[nodiscard]] virtual Result<void> shrink() = 0;

    // From now on `commit` makes articles that tell one story part of it, as the matcher says;
    // null: it does not, as in the beginning.
    virtual void match_stories(std::unique_ptr<StoryMatcher> matcher) = 0;

    // Deletes what articles first seen before `before` are found by, looking at most at `most`.
    [[nodiscard]] virtual Result<int> prune_fingerprints(Time before, int most) = 0;

    // Finds all stories anew, by the matcher that was given, in slices; what changes is in the
    // change log. The same articles always give the same stories, and a story keeps its id where
    // most of its articles stay together. May be interrupted and begun again.
    [[nodiscard]] virtual Result<Restoried> restory(Time now) = 0;
};

}  // namespace feedd
