// Feeds, items and polls as the tests of the store need them.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <SQLiteCpp/Database.h>

#include "model/feed.h"
#include "model/outcome.h"
#include "model/retention.h"
#include "model/verdict.h"
#include "store/open.h"
#include "support/temp_dir.h"

namespace feedd::test {

// 2025-04-08T00:00:00Z plus `seconds`.
[[nodiscard]] Time at(int seconds);

[[nodiscard]] FeedSpec spec(std::string url, std::string name);

// An item whose guid is `id`, published at https://site.example/`id`, saying `text`.
[[nodiscard]] Candidate item(const std::string& id, const std::string& text);

// A good poll of `feed` that brought these items.
[[nodiscard]] PollOutcome poll(const FeedState& feed, Time when, std::vector<Candidate> items);

// The rules of identity in their simplest form: the key, then the URL, then the text.
[[nodiscard]] Verdict simple_judge(const Candidate& candidate, const Evidence& evidence);

// Does `work` in a process of its own that ends without closing anything, as one that is killed.
void exit_in_the_midst(const std::function<void()>& work);

// A store in a directory of its own, with a writer, two feeds and direct access for assertions.
class Store {
  public:
    Store();
    [[nodiscard]] StoreWriter& writer() { return *writer_; }
    [[nodiscard]] std::unique_ptr<StoreReader> reader() const;
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] const FeedState& feed(std::size_t index) const { return feeds_.at(index); }

    // And brings the full-text index up to date.
    PollReport commit(const PollOutcome& outcome, Judge judge = simple_judge);
    // A whole pass of retention in slices of `most` rows; how many articles were purged.
    int prune(const RetentionRules& rules, Time now, int most = 100);
    // Those first seen before that time, as if all feeds kept nothing older.
    int prune_before(Time before, Time now);
    // The list is replaced by this one.
    const std::vector<FeedState>& apply(const std::vector<FeedSpec>& list, Time now);
    // Of a statement with one value; "NULL" for NULL.
    [[nodiscard]] std::string value(const std::string& sql) const;
    // One string per row, columns joined by '|'.
    [[nodiscard]] std::vector<std::string> rows(const std::string& sql) const;
    // Lets go of the store, as the end of a process does.
    void close() { writer_.reset(); }
    void reopen();

  private:
    TempDir directory_;
    std::string path_;
    std::unique_ptr<StoreWriter> writer_;
    std::vector<FeedState> feeds_;
};

}  // namespace feedd::test
