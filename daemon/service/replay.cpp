#include "service/replay.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/hash.h"
#include "dedup/judge.h"
#include "service/pipeline.h"
#include "store/open.h"

namespace feedd {

namespace {

constexpr std::size_t kDocumentsTogether = 64;  // in one commit, each of another feed
constexpr std::size_t kBytesTogether = std::size_t{16} << 20U;
constexpr std::size_t kHeadsAtOnce = 1000;
constexpr std::uint64_t kLargestBody = std::uint64_t{1} << 30U;  // as the list allows at most

class Rebuilder {
  public:
    Rebuilder(StoreReader& store, std::unique_ptr<StoreWriter> writer,
              std::unique_ptr<StoreReader> made)
        : store_(store), writer_(std::move(writer)), made_(std::move(made)) {}

    Result<Rebuilt> run(const ReplayRequest& request) {
        if (const auto listed = list(request.feeds); !listed) {
            return tl::unexpected(listed.error());
        }
        ArchiveFilter filter{.feeds = {}, .since = request.since};
        if (!request.feeds.empty()) {
            for (const auto& [id, name] : rebuilt_.names)
                filter.feeds.push_back(id);
        }
        for (std::int64_t after = 0;;) {
            const auto documents = store_.archived(filter, after, kHeadsAtOnce);
            if (!documents) return tl::unexpected(documents.error());
            if (documents->empty()) break;
            for (const ArchivedDocument& document : *documents) {
                if (const auto read = take(document); !read) return tl::unexpected(read.error());
                after = document.id;
            }
        }
        if (const auto written = commit(); !written) return tl::unexpected(written.error());
        return std::move(rebuilt_);
    }

  private:
    // All feeds are on the list of the new store: it was so when their documents came.
    Result<void> list(const std::vector<std::string>& names) {
        const auto rows = store_.feeds({.names = names, .removed = true});
        if (!rows) return tl::unexpected(rows.error());
        std::vector<FeedSpec> specs;
        specs.reserve(rows->size());
        for (const FeedRow& row : *rows) {
            const FeedState& state = row.state;
            rebuilt_.names.emplace(state.id, state.name);
            specs.push_back({.url = state.listed_url,
                             // That of a feed that is off the list may be another one's by now.
                             .name = state.status == FeedStatus::removed
                                         ? fmt::format("{}~{}", state.name, state.id)
                                         : state.name,
                             .tags = row.tags,
                             .max_body = kLargestBody});
        }
        const auto states = writer_->apply_list(specs, Time{});
        if (!states) return tl::unexpected(states.error());
        for (std::size_t i = 0; i < specs.size(); ++i) {
            const FeedId feed = (*rows)[i].state.id;
            rebuilt_.feeds.emplace((*states)[i].id, feed);
            feeds_.emplace(feed, Feed{std::make_shared<const FeedSpec>(specs[i]), (*states)[i]});
        }
        return {};
    }

    Result<void> take(const ArchivedDocument& document) {
        const auto feed = feeds_.find(document.feed);
        if (feed == feeds_.end()) return {};
        auto body = store_.archived_body(document.body);
        if (!body && body.error().kind == ErrorKind::not_found) return {};  // pruned meanwhile
        ++rebuilt_.totals.documents;
        if (!body) {
            ++rebuilt_.totals.damaged;
            return {};
        }
        if (waiting_.contains(document.feed) || outcomes_.size() == kDocumentsTogether ||
            bytes_ > kBytesTogether) {
            if (auto written = commit(); !written) return written;
        }
        rebuilt_.times[document.feed].insert(document.at.time_since_epoch().count());
        bytes_ += body->size();
        waiting_.insert(document.feed);
        outcomes_.push_back(read(feed->second, document, *std::move(body)));
        return {};
    }

    struct Feed {
        std::shared_ptr<const FeedSpec> spec;
        FeedState state;
    };

    PollOutcome read(Feed& feed, const ArchivedDocument& document, std::string body) {
        const Received& received = document.received;
        Response response{.status = received.http_status, .url = received.url};
        if (!received.content_type.empty()) {
            response.headers.push_back({"Content-Type", received.content_type});
        }
        if (!received.content_language.empty()) {
            response.headers.push_back({"Content-Language", received.content_language});
        }
        response.body = std::move(body);
        response.at = document.at;
        FeedState state = feed.state;
        state.body_hash.clear();  // it was read then, and is now
        PollOutcome outcome = outcome_of(
            {.spec = feed.spec, .state = std::move(state), .response = std::move(response)},
            *made_);
        const auto note = [&](const std::string& key) {
            Time& last = rebuilt_.items[Rebuilt::item(document.feed, key)];
            last = std::max(last, document.at);
        };
        for (const Candidate& candidate : outcome.candidates)
            note(candidate.key);
        for (const Reseen& item : outcome.reseen)
            note(item.key);
        if (outcome.result == PollResult::failed) ++rebuilt_.totals.unreadable;
        return outcome;
    }

    Result<void> commit() {
        const auto reports = writer_->commit(outcomes_, judge);
        for (std::size_t i = 0; i < reports.size(); ++i) {
            if (reports[i].error) return tl::unexpected(*reports[i].error);
            const FeedId feed = rebuilt_.feeds.at(outcomes_[i].feed);
            feeds_.at(feed).state = outcomes_[i].state;
        }
        outcomes_.clear();
        waiting_.clear();
        bytes_ = 0;
        return {};
    }

    StoreReader& store_;
    std::unique_ptr<StoreWriter> writer_;
    std::unique_ptr<StoreReader> made_;
    std::unordered_map<FeedId, Feed> feeds_;  // by their ids in `store_`
    std::vector<PollOutcome> outcomes_;
    std::unordered_set<FeedId> waiting_;  // feeds with an outcome that is not committed
    std::size_t bytes_ = 0;
    Rebuilt rebuilt_;
};

}  // namespace

std::uint64_t Rebuilt::item(FeedId feed, std::string_view key) {
    return quick_hash(key, static_cast<std::uint64_t>(feed));
}

Result<Rebuilt> rebuild(StoreReader& store, const std::string& path, const ReplayRequest& request) {
    std::error_code error;
    if (std::filesystem::exists(path, error)) {
        return fail(ErrorKind::io, path, "is there already", "name a file that is not");
    }
    auto writer = open_writer(path);
    if (!writer) return tl::unexpected(writer.error());
    auto made = open_reader(path);
    if (!made) return tl::unexpected(made.error());
    return Rebuilder(store, std::move(*writer), std::move(*made)).run(request);
}

}  // namespace feedd
