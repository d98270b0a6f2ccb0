// What a replay made against what the store has.
#include <algorithm>
#include <utility>

#include "service/replay.h"

namespace feedd {

namespace {

constexpr std::size_t kArticlesAtOnce = 256;
constexpr std::size_t kRewritesTogether = 64;

bool is_past(const Carried& item) {
    return item.key.starts_with("was:");  // the key means another article by now
}

// Of the items by which the feed carries the article.
struct Span {
    std::optional<Time> first;
    std::optional<Time> last;
};

Span span_of(const WholeArticle& whole, FeedId feed) {
    Span span;
    for (const Carried& item : whole.carried) {
        if (item.feed != feed || is_past(item)) continue;
        span.first = std::min(span.first.value_or(item.first_seen_at), item.first_seen_at);
        span.last = std::max(span.last.value_or(item.last_seen_at), item.last_seen_at);
    }
    return span;
}

class Comparison {
  public:
    Comparison(StoreReader& store, StoreReader& made, const Rebuilt& rebuilt,
               const ReplayWatch& watch, StoreWriter* writer, Time now)
        : store_(store),
          made_(made),
          rebuilt_(rebuilt),
          watch_(watch),
          writer_(writer),
          now_(now),
          totals_(rebuilt.totals) {}

    Result<ReplayTotals> run() {
        for (ArticleId after = 0;;) {
            auto articles = made_.whole_articles(after, kArticlesAtOnce);
            if (!articles) return tl::unexpected(articles.error());
            if (articles->empty()) break;
            after = articles->back().id;
            for (WholeArticle& each : *articles) {
                if (const auto done = look_at(std::move(each)); !done) {
                    return tl::unexpected(done.error());
                }
            }
        }
        if (const auto written = write(); !written) return tl::unexpected(written.error());
        for (const auto& [feed, name] : rebuilt_.names) {
            if (const auto done = look_for_lost(feed, name); !done) {
                return tl::unexpected(done.error());
            }
        }
        return totals_;
    }

  private:
    // Feeds as the store numbers them, and the exact times of the last sightings.
    void translate(WholeArticle& whole) const {
        whole.owner = rebuilt_.feeds.at(whole.owner);
        std::erase_if(whole.carried, is_past);
        for (Carried& item : whole.carried) {
            item.feed = rebuilt_.feeds.at(item.feed);
            const auto last = rebuilt_.items.find(Rebuilt::item(item.feed, item.key));
            if (last != rebuilt_.items.end()) item.last_seen_at = last->second;
        }
    }

    Result<void> look_at(WholeArticle made) {
        ++totals_.articles;
        translate(made);
        const auto known = store_.counterpart(made);
        if (!known) return tl::unexpected(known.error());
        if (!known->article) {
            // Without an item of its own it was written over: its item is another article's.
            if (known->purged || made.carried.empty()) {
                ++totals_.purged;
                return {};
            }
            ++totals_.added;
            note(ReplayedArticle::Kind::added, 0, made, {});
            return put({.article = std::nullopt,
                        .rebuilt = std::move(made),
                        .revises = false,
                        .changes = true});
        }
        // Two that the store holds for one stay one: the first is compared.
        if (!taken_.insert(*known->article).second) {
            ++totals_.unchanged;
            return {};
        }
        auto stored = store_.whole_articles(*known->article - 1, 1);
        if (!stored) return tl::unexpected(stored.error());
        if (stored->empty() || stored->front().id != *known->article) return {};
        return compare(std::move(made), stored->front(), known->items_missing);
    }

    Result<void> compare(WholeArticle made, const WholeArticle& stored, bool items_missing) {
        if (made.owner != stored.owner) {
            ++totals_.others;
            return {};
        }
        const Span read = span_of(made, made.owner);
        const Span seen = span_of(stored, stored.owner);
        if (!read.last || (seen.last && *read.last < *seen.last)) {
            ++totals_.newer;
            return {};
        }
        // Which words stand depends on those before them. Where these are not known, the same
        // document must have brought them.
        const bool first = made.first_seen_at <= stored.first_seen_at;
        const bool words =
            first || (*read.first <= stored.words_at && made.words_at == stored.words_at);
        Rebuilding become =
            rebuilding(stored.article, made.article, {.words = words, .first = first});
        const bool changes = !become.changes.empty();
        if (!changes && !items_missing) {
            ++totals_.unchanged;
            return {};
        }
        ++(changes ? totals_.revised : totals_.found);
        note(changes ? ReplayedArticle::Kind::revised : ReplayedArticle::Kind::found, stored.id,
             made, become.changes);
        made.article = std::move(become.article);
        return put({.article = stored.id,
                    .rebuilt = std::move(made),
                    .revises = become.revises,
                    .changes = changes});
    }

    void note(ReplayedArticle::Kind kind, ArticleId id, const WholeArticle& made,
              std::vector<FieldChange> fields) const {
        if (!watch_.article) return;
        const auto name = rebuilt_.names.find(made.owner);
        watch_.article({.kind = kind,
                        .id = id,
                        .feed = name == rebuilt_.names.end() ? std::string{} : name->second,
                        .title = made.article.title,
                        .fields = std::move(fields)});
    }

    Result<void> put(Rewrite change) {
        if (writer_ == nullptr) return {};
        rewrites_.push_back(std::move(change));
        return rewrites_.size() < kRewritesTogether ? Result<void>{} : write();
    }

    Result<void> write() {
        if (rewrites_.empty()) return {};
        auto written = writer_->rewrite(rewrites_, now_);
        rewrites_.clear();
        return written;
    }

    // Items whose last document was read again, and that are in it no more.
    Result<void> look_for_lost(FeedId feed, const std::string& name) {
        const auto times = rebuilt_.times.find(feed);
        if (times == rebuilt_.times.end()) return {};
        const auto items = store_.carried_by(feed);
        if (!items) return tl::unexpected(items.error());
        for (const Carried& item : *items) {
            if (!item.article || is_past(item) || taken_.contains(*item.article)) continue;
            if (!times->second.contains(item.last_seen_at.time_since_epoch().count())) continue;
            if (rebuilt_.items.contains(Rebuilt::item(feed, item.key))) continue;
            ++totals_.lost;
            if (watch_.lost) watch_.lost({.id = *item.article, .feed = name, .key = item.key});
        }
        return {};
    }

    StoreReader& store_;
    StoreReader& made_;
    const Rebuilt& rebuilt_;
    const ReplayWatch& watch_;
    StoreWriter* const writer_;
    const Time now_;
    ReplayTotals totals_;
    std::unordered_set<ArticleId> taken_;
    std::vector<Rewrite> rewrites_;
};

}  // namespace

Result<ReplayTotals> compare(StoreReader& store, StoreReader& made, const Rebuilt& rebuilt,
                             const ReplayWatch& watch, StoreWriter* writer, Time now) {
    return Comparison(store, made, rebuilt, watch, writer, now).run();
}

}  // namespace feedd
