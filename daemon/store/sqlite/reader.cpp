#include "store/sqlite/reader.h"

#include <algorithm>
#include <string_view>

#include "store/sqlite/archive.h"
#include "store/sqlite/article_list.h"
#include "store/sqlite/change_list.h"
#include "store/sqlite/feed_rows.h"
#include "store/sqlite/history.h"
#include "store/sqlite/hosts.h"
#include "store/sqlite/retention.h"
#include "store/sqlite/sightings.h"
#include "store/sqlite/stats.h"
#include "store/sqlite/whole.h"

namespace feedd::sqlite {

namespace {

// One snapshot for all that `work` reads.
template <typename Work>
auto in_snapshot(Connection& connection, Work&& work) {
    return guarded(connection.path(), [&] {
        Transaction snapshot(connection, Transaction::Kind::read);
        auto answer = std::forward<Work>(work)();
        snapshot.commit();
        return answer;
    });
}

const std::string& name_of(const FeedRow& feed) {
    return feed.state.name;
}

bool wanted(const FeedRow& feed, const FeedFilter& filter) {
    const FeedStatus status = feed.state.status;
    if (!filter.removed && status == FeedStatus::removed) return false;
    if (filter.failing && status != FeedStatus::failing && status != FeedStatus::gone) return false;
    return filter.names.empty() ||
           std::ranges::find(filter.names, feed.state.name) != filter.names.end();
}

}  // namespace

Result<KnownItems> Reader::known_items(FeedId feed, std::span<const std::string> keys) {
    return in_snapshot(*connection_, [&] {
        KnownItems known;
        for (const std::string& key : keys) {
            Query query =
                connection_->query("SELECT item_hash FROM sightings WHERE feed_id = ? AND key = ?");
            if (query.bind(feed, key).next()) {
                known.emplace(key, static_cast<std::uint64_t>(query.integer(0)));
            }
        }
        return known;
    });
}

Result<int> Reader::known_links(FeedId feed, std::span<const std::string> urls) {
    return in_snapshot(*connection_, [&] {
        int known = 0;
        for (const std::string& url : urls) {
            Query query = connection_->query(R"sql(
SELECT 1 FROM articles AS a
WHERE a.url = ? AND EXISTS (SELECT 1 FROM sightings WHERE article_id = a.id AND feed_id = ?)
)sql");
            if (query.bind(url, feed).next()) ++known;
        }
        return known;
    });
}

Result<std::vector<Listed>> Reader::window(FeedId feed) {
    return guarded(connection_->path(), [&] { return listed_items(*connection_, feed); });
}

Result<bool> Reader::has_items(FeedId feed) {
    return guarded(connection_->path(), [&] {
        Query query = connection_->query("SELECT 1 FROM sightings WHERE feed_id = ? LIMIT 1");
        return query.bind(feed).next();
    });
}

Result<std::vector<FeedRow>> Reader::feeds(const FeedFilter& filter) {
    return in_snapshot(*connection_, [&]() -> Result<std::vector<FeedRow>> {
        std::vector<FeedRow> feeds = all_feeds(*connection_);
        for (const std::string& name : filter.names) {
            if (std::ranges::find(feeds, name, name_of) == feeds.end()) {
                return tl::unexpected(unknown_feed(name));
            }
        }
        std::erase_if(feeds, [&](const FeedRow& feed) { return !wanted(feed, filter); });
        return feeds;
    });
}

Result<std::vector<ArticleRow>> Reader::articles(const ArticleFilter& filter) {
    return in_snapshot(*connection_, [&] { return list_articles(*connection_, filter); });
}

Result<std::vector<PollRow>> Reader::polls(FeedId feed, std::size_t most) {
    return in_snapshot(*connection_, [&] { return last_polls(*connection_, feed, most); });
}

Result<ArticleHistory> Reader::history(ArticleId article) {
    return in_snapshot(*connection_, [&] { return history_of(*connection_, article); });
}

Result<std::int64_t> Reader::not_indexed() {
    return guarded(connection_->path(),
                   [&] { return connection_->number("SELECT count(*) FROM search_queue"); });
}

Result<std::vector<HostRow>> Reader::hosts(const HostFilter& filter) {
    return in_snapshot(*connection_, [&] { return list_hosts(*connection_, filter); });
}

Result<std::vector<GapRow>> Reader::gaps() {
    return in_snapshot(*connection_, [&] { return list_gaps(*connection_); });
}

Result<StoreStats> Reader::stats() {
    return in_snapshot(*connection_, [&] { return stats_of(*connection_); });
}

Result<PackedBody> Reader::packed(FeedId feed, std::string_view body, std::string hash) {
    return in_snapshot(*connection_,
                       [&] { return pack_for(*connection_, feed, body, std::move(hash)); });
}

Result<std::vector<ArchivedDocument>> Reader::archived(const ArchiveFilter& filter,
                                                       std::int64_t after, std::size_t most) {
    return in_snapshot(*connection_,
                       [&] { return list_archived(*connection_, filter, after, most); });
}

Result<std::string> Reader::archived_body(std::int64_t id) {
    return in_snapshot(*connection_, [&] { return sqlite::archived_body(*connection_, id); });
}

Result<std::vector<WholeArticle>> Reader::whole_articles(ArticleId after, std::size_t most) {
    return in_snapshot(*connection_,
                       [&] { return sqlite::whole_articles(*connection_, after, most); });
}

Result<Counterpart> Reader::counterpart(const WholeArticle& rebuilt) {
    return in_snapshot(*connection_, [&] { return sqlite::counterpart(*connection_, rebuilt); });
}

Result<std::vector<Carried>> Reader::carried_by(FeedId feed) {
    return in_snapshot(*connection_, [&] { return sqlite::carried_by(*connection_, feed); });
}

Result<RetentionSlice> Reader::outdated(const RetentionRules& rules, RetentionPlace& place,
                                        int most, Time now) {
    return in_snapshot(*connection_,
                       [&] { return sqlite::outdated(*connection_, rules, place, most, now); });
}

Result<Prunable> Reader::prunable(Time polls_before, Time hosts_before, const ArchiveBounds& bounds,
                                  Time now) {
    const auto before = [&](std::string_view sql, Time time) {
        Query query = connection_->query(sql);
        return query.bind(time).next() ? query.integer(0) : 0;
    };
    return in_snapshot(*connection_, [&] {
        return Prunable{
            .polls = before("SELECT count(*) FROM polls WHERE at < ?", polls_before),
            .hosts = before("SELECT count(*) FROM hosts WHERE last_at < ?", hosts_before),
            .documents = outdated_documents(*connection_, bounds, now)};
    });
}

Result<std::vector<ChangeRow>> Reader::changes(std::int64_t after, std::size_t most) {
    return in_snapshot(*connection_, [&] { return list_changes(*connection_, after, most); });
}

Result<std::int64_t> Reader::last_seq() {
    return guarded(connection_->path(), [&] {
        return connection_->number("SELECT coalesce(max(seq), 0) FROM changes");
    });
}

Result<std::int64_t> Reader::version() {
    return guarded(connection_->path(), [&] { return connection_->number("PRAGMA data_version"); });
}

Result<std::vector<ConsumerRow>> Reader::consumers() {
    return guarded(connection_->path(), [&] {
        Query query =
            connection_->query("SELECT name, seq, acknowledged_at FROM consumers ORDER BY name");
        std::vector<ConsumerRow> consumers;
        while (query.next()) {
            consumers.push_back({.name = query.text(0),
                                 .seq = query.integer(1),
                                 .acknowledged_at = query.time(2).value_or(Time{})});
        }
        return consumers;
    });
}

}  // namespace feedd::sqlite
