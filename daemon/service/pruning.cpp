#include "service/pruning.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace feedd {

namespace {

constexpr Seconds kClockProof{std::chrono::hours{24}};  // NTP has mended a wrong clock by then
constexpr std::chrono::microseconds kAim{20'000};       // of a slice
constexpr int kFirstSlice = 32;  // rows; an article with its words takes some 0.1 ms, or much more
constexpr int kLargestSlice = 4096;

}  // namespace

PruneRules prune_rules(const Config& config, std::span<const FeedState> feeds) {
    PruneRules rules{
        .articles = {.feeds = {}, .others = config.retention, .keep_tags = config.keep_tags},
        .archive = config.archive,
        .story_window = config.story_window};
    // Most entries have no rule of their own.
    std::unordered_map<std::string_view, const Retention*> own;
    for (const FeedSpec& spec : config.feeds) {
        if (spec.retention != config.retention) own.emplace(spec.url, &spec.retention);
    }
    if (own.empty()) return rules;
    for (const FeedState& feed : feeds) {
        const auto rule = own.find(feed.listed_url);
        if (rule != own.end()) rules.articles.feeds.emplace(feed.id, *rule->second);
    }
    return rules;
}

void SliceSize::took(std::chrono::microseconds time) {
    // Quickly smaller, slowly larger: the next rows may be heavier.
    if (time > kAim) {
        rows_ = std::max<int>(1, static_cast<int>(rows_ * kAim.count() / (2 * time.count())));
    } else if (2 * time < kAim) {
        rows_ = std::min(kLargestSlice, rows_ * 2);
    }
}

PrunePass::PrunePass(const PruneRules& rules, Clock clock, Time now)
    : rules_(rules), clock_(clock), now_(now), size_(kFirstSlice) {}

Result<bool> PrunePass::step(StoreWriter& writer) {
    const Stage before = stage_;
    const auto begun = std::chrono::steady_clock::now();
    const auto next = slice(writer);
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begun);
    if (!next) return tl::unexpected(next.error());
    longest_ = std::max(longest_, time);
    stage_ = *next;
    if (stage_ == before) {
        size_.took(time);
    } else {
        size_ = SliceSize(kFirstSlice);  // what a row of another kind takes is not known yet
    }
    return stage_ != Stage::done;
}

Result<PrunePass::Stage> PrunePass::rows(const Result<int>& deleted, std::int64_t& sum,
                                         Stage next) const {
    if (!deleted) return tl::unexpected(deleted.error());
    sum += *deleted;
    return *deleted < size_.rows() ? next : stage_;
}

Result<PrunePass::Stage> PrunePass::slice(StoreWriter& writer) {
    const int most = size_.rows();
    switch (stage_) {
        case Stage::clock: {
            if (clock_ == Clock::trusted) return Stage::polls;
            // One that runs years ahead, as after a boot without its battery, would purge the
            // store.
            const auto believable = writer.polled_between(now_ - kKeepPolls, now_ - kClockProof);
            if (!believable) return tl::unexpected(believable.error());
            return *believable ? Stage::polls : Stage::done;
        }
        case Stage::polls:
            return rows(writer.prune_polls(now_ - kKeepPolls, most), pruned_.polls, Stage::hosts);
        case Stage::hosts:
            return rows(writer.prune_hosts(now_ - kKeepHosts, most), pruned_.hosts, Stage::stories);
        case Stage::stories:
            if (!rules_.story_window) return Stage::articles;
            return rows(writer.prune_fingerprints(now_ - *rules_.story_window, most),
                        pruned_.fingerprints, Stage::articles);
        case Stage::articles: {
            const auto slice = writer.prune_articles(rules_.articles, place_, most, now_);
            if (!slice) return tl::unexpected(slice.error());
            pruned_.articles += static_cast<std::int64_t>(slice->outdated.size());
            return place_.stage == RetentionPlace::Stage::done ? Stage::archive : stage_;
        }
        case Stage::archive:
            return rows(writer.prune_archive(rules_.archive, most, now_), pruned_.documents,
                        Stage::done);
        case Stage::done:
            break;
    }
    return Stage::done;
}

}  // namespace feedd
