#pragma once

#include <memory>
#include <utility>

#include "store/sqlite/connection.h"
#include "store/store.h"

namespace feedd::sqlite {

class Reader final : public StoreReader {
  public:
    // `connection`: to read, its schema up to date.
    explicit Reader(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

    Result<KnownItems> known_items(FeedId feed, std::span<const std::string> keys) override;
    Result<int> known_links(FeedId feed, std::span<const std::string> urls) override;
    Result<std::vector<Listed>> window(FeedId feed) override;
    Result<bool> has_items(FeedId feed) override;
    Result<std::vector<FeedRow>> feeds(const FeedFilter& filter) override;
    Result<std::vector<ArticleRow>> articles(const ArticleFilter& filter) override;
    Result<std::vector<PollRow>> polls(FeedId feed, std::size_t most) override;
    Result<ArticleHistory> history(ArticleId article) override;
    Result<std::int64_t> not_indexed() override;
    Result<std::vector<HostRow>> hosts(const HostFilter& filter) override;
    Result<std::vector<GapRow>> gaps() override;
    Result<StoreStats> stats() override;
    Result<PackedBody> packed(FeedId feed, std::string_view body, std::string hash) override;
    Result<std::vector<ArchivedDocument>> archived(const ArchiveFilter& filter, std::int64_t after,
                                                   std::size_t most) override;
    Result<std::string> archived_body(std::int64_t id) override;
    Result<std::vector<WholeArticle>> whole_articles(ArticleId after, std::size_t most) override;
    Result<Counterpart> counterpart(const WholeArticle& rebuilt) override;
    Result<std::vector<Carried>> carried_by(FeedId feed) override;
    Result<RetentionSlice> outdated(const RetentionRules& rules, RetentionPlace& place, int most,
                                    Time now) override;
    Result<Prunable> prunable(Time polls_before, Time hosts_before, const ArchiveBounds& bounds,
                              Time now) override;
    Result<std::vector<ChangeRow>> changes(std::int64_t after, std::size_t most) override;
    Result<std::int64_t> last_seq() override;
    Result<std::int64_t> version() override;
    Result<std::vector<ConsumerRow>> consumers() override;

  private:
    std::unique_ptr<Connection> connection_;
};

}  // namespace feedd::sqlite
