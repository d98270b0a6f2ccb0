#include "service/pipeline.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "base/url.h"
#include "dedup/fingerprint.h"
#include "dedup/item_key.h"
#include "dedup/reissue.h"
#include "dedup/screen.h"
#include "fetch/coding.h"
#include "model/document_address.h"
#include "normalize/article.h"
#include "normalize/canonical_url.h"
#include "parse/parse.h"
#include "schedule/next_poll.h"
#include "schedule/rhythm.h"
#include "schedule/silence.h"
#include "service/classify.h"
#include "service/feed_window.h"

namespace feedd {

namespace {

// RFC 9110 §15.4.2 leaves to the reader when to believe a permanent redirect: one may be a
// portal's mistake, three good polls in a row at the same place are a move.
constexpr int kPollsToAdoptMove = 3;
constexpr int kFailuresToGoBack = 5;  // in a row, at a URL that was adopted
constexpr int kHttpOk = 200;
// Longer ones would be refused with the whole request (RFC 9110 §5.4): many servers read 8 KiB of
// header fields in all.
constexpr std::size_t kLongestValidator = 4096;

std::string text_of(const std::string* header) {
    return header == nullptr ? "" : *header;
}

Validators validators_of(const Response& response) {
    Validators validators;
    const auto kept = [&](std::string_view field, std::optional<std::string>& validator) {
        const std::string* value = response.header(field);
        if (value != nullptr && value->size() <= kLongestValidator) validator = *value;
    };
    kept("ETag", validators.etag);
    kept("Last-Modified", validators.last_modified);
    return validators;
}

int distinct(const std::vector<ItemKey>& keys) {
    return static_cast<int>(
        std::count_if(keys.begin(), keys.end(), [](const ItemKey& key) { return !key.duplicate; }));
}

// Where the document came from is worth a word only if a redirect led there, and no more than its
// host if a secret may have been handed on with it.
std::string refusal(Error error, const FeedSpec& spec, std::string_view url) {
    if (error.where == url) error.where.clear();
    if (spec.secret_url) error.where = origin_of(error.where);
    return message(error);
}

// One poll: carries the outcome from stage to stage.
class Pipeline {
  public:
    // `reader` is null if there is nothing to read.
    Pipeline(Poll& poll, StoreReader* reader) : poll_(poll), reader_(reader) {
        const Response& response = poll_.response;
        outcome_.feed = poll_.state.id;
        outcome_.at = response.at;
        outcome_.duration = response.duration;
        outcome_.http_status = response.status;
        outcome_.wire_bytes = response.wire_bytes;
        outcome_.state = poll_.state;
        outcome_.state.last_polled_at = response.at;
        cache_ = cache_hints(response, response.at);
    }

    PollOutcome run() {
        if (const auto failure = failure_of(poll_.response)) {
            fail(failure->error, failure->text);
        } else if (poll_.response.status == kNotModified) {
            learn_nothing_new();
            succeed(PollResult::not_modified);
        } else {
            read_body();
        }
        plan();
        outcome_.replans_only = replans_only();
        return take();
    }

    void fail(PollError error, std::string text) {
        outcome_.result = PollResult::failed;
        outcome_.error = error;
        outcome_.error_text = std::move(text);
        FeedState& state = outcome_.state;
        state.last_error = outcome_.error_text;
        // No feed is charged for our own faults, nor for our restraint.
        const Response& response = poll_.response;
        if (error == PollError::internal || response.outage || response.put_off_until) return;
        state.move.reset();
        ++state.failures;
        if (go_back()) outcome_.error = PollError::http;
        state.status = outcome_.error == PollError::gone ? FeedStatus::gone : FeedStatus::failing;
    }

    void plan() {
        outcome_.plan = next_poll({.spec = *poll_.spec,
                                   .state = outcome_.state,
                                   .result = outcome_.result,
                                   .error = outcome_.error,
                                   .cache = cache_,
                                   .gap_suspected = outcome_.gap_suspected,
                                   .put_off_until = poll_.response.put_off_until,
                                   .jitter = poll_.jitter,
                                   .price = poll_.price},
                                  outcome_.at);
        FeedState& state = outcome_.state;
        state.not_before = outcome_.plan.not_before;
        state.next_poll_at = outcome_.plan.never ? std::nullopt : std::optional(outcome_.plan.at);
    }

    PollOutcome take() {
        outcome_.visits = std::move(poll_.visits);
        return std::move(outcome_);
    }

  private:
    [[nodiscard]] bool replans_only() const {
        if (outcome_.result != PollResult::not_modified && outcome_.result != PollResult::unchanged)
            return false;
        const FeedState& before = poll_.state;
        const FeedState& after = outcome_.state;
        return !outcome_.plan.never && before.status == FeedStatus::active &&
               before.failures == 0 && before.last_error.empty() && !before.move && !after.move &&
               before.url == after.url && before.validators == after.validators;
    }

    void succeed(PollResult result) {
        outcome_.result = result;
        FeedState& state = outcome_.state;
        state.failures = 0;
        state.last_error.clear();
        state.status = FeedStatus::active;
        state.last_success_at = outcome_.at;
        follow_move();
    }

    // An adopted URL that fails for good is left again for the one that the list names.
    bool go_back() {
        FeedState& state = outcome_.state;
        const bool for_good =
            outcome_.error == PollError::gone || state.failures >= kFailuresToGoBack;
        if (state.url == state.listed_url || !for_good) return false;
        state.url = state.listed_url;
        state.validators = {};
        return true;
    }

    // A permanent redirect is adopted once it has held (docs/architecture.md, "Moved feeds").
    void follow_move() {
        FeedState& state = outcome_.state;
        const std::optional<std::string>& target = poll_.response.moved_to;
        if (!target) {
            state.move.reset();
            return;
        }
        const int held = state.move && state.move->to == *target ? state.move->polls + 1 : 1;
        if (held < kPollsToAdoptMove) {
            state.move = Move{.to = *target, .polls = held};
            return;
        }
        state.url = without_credentials(*target);
        state.validators = {};
        state.move.reset();
    }

    void read_body() {
        const ParseHints hints{
            .base = poll_.response.url,
            .content_type = text_of(poll_.response.header("Content-Type")),
            .content_language = text_of(poll_.response.header("Content-Language"))};
        const Validators validators = validators_of(poll_.response);
        const bool complete = poll_.response.status == kHttpOk;  // 226: only what is new
        const auto body = decoded_body(std::move(poll_.response), poll_.spec->max_body);
        if (!body) {
            fail(body.error().first, body.error().second);
            return;
        }
        // Who made two bodies of one hash would only hide the second of their own.
        const std::string hash = quick_digest_of(*body);
        if (complete && hash == outcome_.state.body_hash) {
            outcome_.state.validators = validators;
            learn_nothing_new();
            succeed(PollResult::unchanged);
            return;
        }
        auto document = parse(*body, hints, {.max_bytes = poll_.spec->max_body});
        const auto kept = archive(*body, hints, document.has_value());
        if (!kept) {
            fail(PollError::internal, message(kept.error()));
            return;
        }
        if (!document) {
            fail(PollError::not_feed,
                 refusal(std::move(document.error()), *poll_.spec, outcome_.state.url));
            return;
        }
        if (const auto stored = take_items(*document, complete); !stored) {
            outcome_.document.reset();  // it will come again
            fail(PollError::internal, message(stored.error()));
            return;
        }
        outcome_.info = feed_info(document->feed);
        outcome_.state.hints = document->feed.hints;
        learn(*document);
        // What was cut short has more to say: it must come again in full. If it comes again the
        // same, that is how its publisher writes it (it is `unchanged` then, see above).
        outcome_.state.validators = document->cut_short ? Validators{} : validators;
        if (complete) outcome_.state.body_hash = hash;
        succeed(PollResult::ok);
    }

    // What is no feed, too: a later parser may know better.
    Result<void> archive(std::string_view body, const ParseHints& hints, bool is_feed) {
        if (!poll_.spec->archive) return {};
        auto packed = reader_->packed(outcome_.feed, body, digest_of(body));
        if (!packed) return tl::unexpected(packed.error());
        outcome_.document = ArchiveEntry{.received = {.url = without_credentials(hints.base),
                                                      .http_status = outcome_.http_status,
                                                      .content_type = hints.content_type,
                                                      .content_language = hints.content_language},
                                         .body = *std::move(packed),
                                         .is_feed = is_feed};
        return {};
    }

    Result<void> take_items(const Document& document, bool complete) {
        outcome_.items = static_cast<int>(document.items.size());
        outcome_.recovered = document.recovered;
        outcome_.truncated = document.truncated;
        outcome_.partial = !complete;
        const auto had_items = reader_->has_items(outcome_.feed);
        if (!had_items) return tl::unexpected(had_items.error());
        const auto window = reader_->window(outcome_.feed);
        if (!window) return tl::unexpected(window.error());
        auto keyed = keyed_items(document);
        if (keyed && *had_items && !keyed->keys.empty())
            keyed = learn_trust(document, *keyed, *window);
        if (!keyed) return tl::unexpected(keyed.error());
        if (keyed->screened.known < distinct(keyed->keys)) outcome_.state.last_new_at = outcome_.at;
        normalise(document, *keyed);
        if (complete) keyed = without_counters(document, *std::move(keyed), *window);
        if (!keyed) return tl::unexpected(keyed.error());
        const auto& [keys, known, screened] = *keyed;
        for (const std::size_t index : screened.fresh) {
            if (!known.contains(keys[index].key)) new_items_.push_back(index);
        }
        compare_with_window(
            outcome_, *window,
            {.document = document,
             .keys = keys,
             .unknown = new_items_,
             .whole = !document.cut_short && !document.truncated && !document.recovered},
            {.has_items = *had_items,
             .looked_at = poll_.state.last_success_at,
             .oldest = {},
             .newest = {}});
        forget_reissued();
        return {};
    }

    // The document's items by what they are in the feed, as its guids are trusted now.
    struct KeyedItems {
        std::vector<ItemKey> keys;
        KnownItems known;
        Screened screened;
    };
    Result<KeyedItems> keyed_items(const Document& document) {
        auto keys = item_keys(document, outcome_.state.guid_trust);
        auto known = known_of(keys);
        if (!known) return tl::unexpected(known.error());
        Screened screened = screen(keys, *known);
        return KeyedItems{std::move(keys), *std::move(known), std::move(screened)};
    }

    Result<KeyedItems> learn_trust(const Document& document, KeyedItems keyed,
                                   const std::vector<Listed>& window) {
        const int items = distinct(keyed.keys);
        const int known = keyed.screened.known;
        int links = known;
        if (known < items) {
            const std::vector<std::string> urls = links_of(document, keyed.keys);
            const auto count = reader_->known_links(outcome_.feed, urls);
            if (!count) return tl::unexpected(count.error());
            links = std::max(*count, still_listed(window, urls));
        }
        outcome_.gap_suspected = !outcome_.partial && known == 0 && links == 0;
        GuidTrust& trust = outcome_.state.guid_trust;
        const GuidTrust learned = learned_trust(trust, items, known, links);
        if (std::exchange(trust, learned) == learned) return keyed;
        auto again = keyed_items(document);
        if (again) outcome_.gap_suspected &= again->screened.known == 0;
        return again;
    }

    // A guid that is a counter names another item at every poll. What each item was until now is
    // still known at the poll that shows it; from then on the guids are not used.
    Result<KeyedItems> without_counters(const Document& document, KeyedItems keyed,
                                        const std::vector<Listed>& window) {
        const auto before = keys_before_count(outcome_, window, keyed.keys.size());
        if (before.empty()) return keyed;
        outcome_.state.guid_trust = GuidTrust::volatile_guids;
        auto again = keyed_items(document);
        if (!again) return again;
        normalise(document, *again);
        for (Candidate& candidate : outcome_.candidates) {
            if (again->known.contains(candidate.key)) continue;
            candidate.reissue_of = before.at(static_cast<std::size_t>(candidate.position));
        }
        return again;
    }

    // Known items under another key are neither new nor the other side of a gap.
    void forget_reissued() {
        for (const Candidate& candidate : outcome_.candidates) {
            if (candidate.reissue_of.empty()) continue;
            std::erase(new_items_, static_cast<std::size_t>(candidate.position));
            outcome_.gap_suspected = false;
        }
    }

    Result<KnownItems> known_of(const std::vector<ItemKey>& keys) {
        std::vector<std::string> names;
        names.reserve(keys.size());
        for (const ItemKey& key : keys)
            names.push_back(key.key);
        return reader_->known_items(outcome_.feed, names);
    }

    // Links that stand for a document of their own; the others prove nothing about guids.
    static std::vector<std::string> links_of(const Document& document,
                                             const std::vector<ItemKey>& keys) {
        std::vector<std::string> links;
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i].duplicate || !keys[i].url_identifies) continue;
            const Item& item = document.items[i];
            std::string url = canonical_url(document_address(item));
            if (!url.empty()) links.push_back(std::move(url));
        }
        return links;
    }

    // Of the items, what is new or changed.
    void normalise(const Document& document, const KeyedItems& keyed) {
        const auto& [keys, known, screened] = keyed;
        outcome_.reseen = screened.reseen;
        outcome_.candidates.clear();
        outcome_.candidates.reserve(screened.fresh.size());
        for (const std::size_t index : screened.fresh) {
            const Item& item = document.items[index];
            Candidate candidate{.key = keys[index].key,
                                .guid = item.id,
                                .item_hash = keys[index].hash,
                                .position = static_cast<int>(index),
                                .url_identifies = keys[index].url_identifies,
                                .article = normalized(item, document.feed, outcome_.at)};
            if (!item.source.empty()) candidate.source_url = item.source.front().feed_url;
            candidate.title_hash = sign_of(candidate.article.title);
            candidate.words_hash = sign_of(candidate.article.content_text);
            if (poll_.stories)
                candidate.fingerprint = fingerprint_of(candidate.article.content_text);
            outcome_.candidates.push_back(std::move(candidate));
        }
    }

    // The first document that is read is a history; later on, what is new in it.
    void learn(const Document& document) {
        FeedState& state = outcome_.state;
        Sighting sighting{.window = outcome_.items, .gap_suspected = outcome_.gap_suspected};
        std::vector<Time> dates;
        const auto note = [&](const Item& item) {
            const std::optional<Time> date = item.published ? item.published : item.updated;
            if (date) dates.push_back(*date);
            if (!date) ++sighting.undated;
        };
        if (state.rhythm) {
            for (const std::size_t index : new_items_)
                note(document.items[index]);
        } else {
            std::for_each(document.items.begin(), document.items.end(), note);
        }
        sighting.published = dates;
        learn(sighting);
    }

    void learn_nothing_new() {
        if (outcome_.state.rhythm) learn(Sighting{});
    }

    void learn(const Sighting& sighting) {
        FeedState& state = outcome_.state;
        state.rhythm = learned(state.rhythm, sighting, outcome_.at);
        state.period = period_of(*state.rhythm);
        state.silent_since = silent_since(*state.rhythm);
    }

    Poll& poll_;
    StoreReader* reader_;
    PollOutcome outcome_;
    CacheHints cache_;
    std::vector<std::size_t> new_items_;  // of the document: those that the store does not hold
};

}  // namespace

PollOutcome outcome_of(Poll poll, StoreReader& reader) {
    return Pipeline(poll, &reader).run();
}

bool brings_nothing_to_read(const Response& response) {
    const bool refused = response.status >= 300;
    return response.body.empty() && (refused || response.error != PollError::none);
}

PollOutcome outcome_without_reading(Poll& poll) {
    return Pipeline(poll, nullptr).run();
}

PollOutcome internal_failure(Poll poll, std::string what) {
    Pipeline pipeline(poll, nullptr);
    pipeline.fail(PollError::internal, std::move(what));
    pipeline.plan();
    return pipeline.take();
}

}  // namespace feedd
