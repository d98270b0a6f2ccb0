#include "service/poller.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <unordered_set>
#include <utility>

#include <spdlog/spdlog.h>

#include "base/log.h"
#include "base/url.h"
#include "schedule/next_poll.h"
#include "service/guarded.h"
#include "service/pipeline.h"
#include "store/open.h"

namespace feedd {

namespace {

// Answers that wait for a worker or for the disk. Beyond this no poll is begun: a slow disk slows
// polling instead of growing memory.
constexpr std::size_t kMaxProcessing = 512;
constexpr std::size_t kMaxProcessingBytes = std::size_t{4} << 20U;
// Whatever their size: one long answer is not to leave the other workers idle.
constexpr std::size_t kAlwaysProcessing = 16;

// After the store refused an outcome: soon, since a full disk may be emptied any time.
constexpr Seconds kRetryOwnFault{std::chrono::minutes{10}};

std::unique_ptr<StoreWriter> with_guard(std::unique_ptr<StoreWriter> writer, WalGuard& guard) {
    writer->leave_checkpoints([&guard](std::uint64_t waiting) { guard.committed(waiting); });
    return writer;
}

std::size_t worker_count() {
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
}

}  // namespace

Result<std::unique_ptr<Poller>> Poller::open(Loop& loop, Mode mode, const std::string& db,
                                             Events events, Surroundings surroundings) {
    auto writer = open_writer(db);
    if (!writer) return tl::unexpected(writer.error());
    auto reader = open_reader(db);
    if (!reader) return tl::unexpected(reader.error());
    const auto hosts = (*reader)->hosts({.throttled = true});
    if (!hosts) return tl::unexpected(hosts.error());
    auto checkpointer = open_checkpointer(db);
    if (!checkpointer) return tl::unexpected(checkpointer.error());
    auto poller = std::unique_ptr<Poller>(new Poller(
        loop, mode, std::move(*writer), [db] { return open_reader(db); }, std::move(*checkpointer),
        std::move(events), std::move(surroundings)));
    for (const HostRow& row : *hosts)
        poller->manners_.remember(row.host, row.throttle, moment());
    return poller;
}

Poller::Poller(Loop& loop, Mode mode, std::unique_ptr<StoreWriter> writer,
               Workers::OpenReader open_reader, std::unique_ptr<Checkpointer> checkpointer,
               Events events, Surroundings surroundings)
    : loop_(loop),
      mode_(mode),
      events_(std::move(events)),
      surroundings_(std::move(surroundings)),
      timer_(loop, [this] { pump(); }),
      minute_(loop, [this] { look_for_sleep(); }),
      pricing_(loop, [this] { set_price(); }),
      fetcher_(loop.raw(), AddressGuard{}, traffic()),
      wal_guard_(std::move(checkpointer)),
      committer_(with_guard(std::move(writer), wal_guard_),
                 [this, self = std::weak_ptr(self_)](std::vector<FinishedPoll> finished) {
                     auto shared = std::make_shared<std::vector<FinishedPoll>>(std::move(finished));
                     loop_.post([self, shared] {
                         const auto alive = self.lock();
                         if (!alive) return;
                         for (const FinishedPoll& each : *shared)
                             (*alive)->finish(each);
                         (*alive)->pump();
                     });
                 }),
      workers_(worker_count(), std::move(open_reader),
               [this](PollOutcome outcome) { committer_.push(std::move(outcome)); }) {}

Poller::~Poller() {
    stop();
}

void Poller::stop() {
    if (stopping_) return;
    stopping_ = true;
    timer_.stop();
    minute_.stop();
    pricing_.stop();
    fetcher_.close();
    workers_.stop();
    // A round ends with everything in its place; the daemon goes on indexing when it runs again.
    const bool round_done = mode_ == Mode::once && selected_ == 0;
    committer_.stop(round_done ? Committer::Stop::complete : Committer::Stop::soon);
    loop_.drain();  // the last reports: they count, too
}

std::size_t Poller::failing() const {
    return static_cast<std::size_t>(
        std::count_if(entries_.begin(), entries_.end(),
                      [](const auto& entry) { return entry.second.feed.failures() > 0; }));
}

void Poller::schedule(const Entry& entry) {
    if (mode_ == Mode::once) return;
    const RestingFeed& feed = entry.feed;
    if (feed.asleep()) {
        due_.drop(feed.id());
        return;
    }
    // The exact wall clock, not whole seconds: a poll must not come early by a fraction.
    const auto wait = feed.due(now_utc()) - std::chrono::system_clock::now();
    due_.put(feed.id(), std::chrono::steady_clock::now() +
                            std::max(wait, std::chrono::system_clock::duration{0}));
}

bool Poller::room() const {
    return !stopping_ && fetching_ < fetch_.concurrency && processing_ < kMaxProcessing &&
           (processing_bytes_ < kMaxProcessingBytes || processing_ < kAlwaysProcessing);
}

void Poller::pump() {
    const SteadyTime now = std::chrono::steady_clock::now();
    put_off_late_hops(now);
    release_late_suspects(now);
    probe(now);
    while (room()) {
        // Who waits in a line came before who is due only now.
        if (const auto next = manners_.next(now)) {
            take_turn(*next);
            continue;
        }
        const auto feed = due_.take(now);
        if (!feed) break;
        begin(*feed);
    }
    set_timer();
}

void Poller::set_timer() {
    std::optional<SteadyTime> next;
    const auto at = [&](std::optional<SteadyTime> time) {
        if (time) next = std::min(next.value_or(*time), *time);
    };
    if (room()) {  // else the next finished poll pumps again
        at(due_.next_due());
        at(manners_.next_turn());
    }
    at(probe_at_);
    at(waiting_hops_.next_due());
    at(suspects_.next_due());
    if (!next || stopping_) {
        timer_.stop();
        return;
    }
    const auto wait = *next - std::chrono::steady_clock::now();
    timer_.once(
        std::max(std::chrono::ceil<std::chrono::milliseconds>(wait), std::chrono::milliseconds{0}));
}

void Poller::begin(FeedId feed) {
    Entry& entry = entries_.at(feed);
    if (scheme_of(entry.feed.url()) == "file") {
        entry.poll = poll_of(entry);
        process(entry, {});
        return;
    }
    if (may_ask(feed, entry)) start(feed);
}

Request Poller::request_of(const Poll& poll) const {
    const FeedSpec& spec = *poll.spec;
    const FeedState& state = poll.state;
    const bool own_origin = state.url == spec.url || origin_of(state.url) == origin_of(spec.url);
    return {.feed = state.id,
            .url = state.url,
            .user_agent = spec.user_agent.value_or(fetch_.user_agent),
            .validators = state.validators,
            // A feed that moved to another origin leaves its credentials behind.
            .access = own_origin ? spec.access : anonymous(spec.access),
            .timeout = spec.timeout,
            .max_body = spec.max_body};
}

void Poller::start(FeedId feed) {
    Entry& entry = entries_.at(feed);
    entry.phase = Phase::fetching;
    entry.poll = poll_of(entry);
    ++fetching_;
    fetcher_.start(request_of(*entry.poll),
                   [this, feed](Response response) { fetched(feed, std::move(response)); });
}

void Poller::fetched(FeedId feed, Response response) {
    // A hop that waits is no fetch: it has no connection.
    if (waiting_hops_.contains(feed)) {
        waiting_hops_.drop(feed);
    } else {
        --fetching_;
    }
    Entry& entry = entries_.at(feed);
    note_visits(feed, response, *entry.poll);
    if (judge_reach(feed, entry, response)) process(entry, std::move(response));
    pump();
}

// What a poll is begun with stays with it, whatever the list says when its answer comes.
std::unique_ptr<Poll> Poller::poll_of(const Entry& entry) {
    return std::make_unique<Poll>(
        Poll{.spec = std::make_shared<const FeedSpec>(entry.feed.spec()),
             .state = entry.feed.state(),
             .jitter = std::uniform_real_distribution<double>(0, 1)(random_),
             .price = price_,
             .stories = stories_});
}

void Poller::process(Entry& entry, Response response) {
    entry.phase = Phase::processing;
    entry.body_bytes = static_cast<std::uint32_t>(response.body.size());
    ++processing_;
    processing_bytes_ += entry.body_bytes;
    entry.poll->response = std::move(response);
    const std::unique_ptr<Poll> poll = std::exchange(entry.poll, nullptr);
    if (brings_nothing_to_read(poll->response)) {
        committer_.push_at_once(guarded_outcome(std::move(*poll)));
    } else {
        workers_.push(std::move(*poll));
    }
}

void Poller::finish(const FinishedPoll& finished) {
    const FeedId feed = finished.outcome.feed;
    const auto at = entries_.find(feed);
    if (at == entries_.end()) return;
    Entry& entry = at->second;
    --processing_;
    processing_bytes_ -= entry.body_bytes;
    entry.phase = Phase::idle;
    log(entry, finished);
    settle(entry, finished);
    count(finished);
    if (events_.finished) events_.finished(finished);
    if (entry.removed) {
        entries_.erase(at);
    } else {
        schedule(entry);
    }
    if (mode_ == Mode::once && --selected_ == 0 && !stopping_) events_.idle();
}

void Poller::settle(Entry& entry, const FinishedPoll& finished) {
    const PollOutcome& outcome = finished.outcome;
    const bool stored = !finished.report.error;
    const bool relisted = std::exchange(entry.relisted, false);
    const bool replan = std::exchange(entry.replan, false);
    FeedState state = stored ? outcome.state : entry.feed.state();
    if (stored) {
        // As the store has it.
        if (finished.report.added > 0) {
            state.last_new_at = outcome.at;
        } else if (!outcome.replans_only) {
            state.last_new_at = entry.feed.state().last_new_at;
        }
        if (finished.report.merged_into) {
            state.url = entry.feed.url();
            state.merged_into = finished.report.merged_into;
        }
        if (state.merged_into || outcome.plan.never) settle_merged(outcome.feed, state.merged_into);
        if (replan) state.next_poll_at = replanned(entry.feed.spec(), state, now_utc(), price_);
    }
    if (relisted) {
        // What was polled is not what is listed now: again, as soon as the server allows.
        state.next_poll_at = state.not_before;
    } else if (!stored) {
        // The fault is ours: the feed is not charged for it, but what its server asked for holds.
        const Seconds wait =
            std::min(entry.feed.common().interval.value_or(kRetryOwnFault), kRetryOwnFault);
        state.next_poll_at =
            std::max(outcome.at + wait, outcome.plan.not_before.value_or(outcome.at));
    }
    entry.feed.keep(state);
}

// As the store has it: who was merged into the feed goes where that goes, or is for itself again.
void Poller::settle_merged(FeedId feed, std::optional<FeedId> merged_into) {
    for (auto& [id, other] : entries_) {
        if (other.feed.merged_into() != feed) continue;
        other.feed.merge_into(merged_into);
        if (other.phase == Phase::idle) schedule(other);
    }
}

void Poller::log(const Entry& entry, const FinishedPoll& finished) const {
    const PollOutcome& outcome = finished.outcome;
    const PollReport& report = finished.report;
    const auto feed = [&] { return log_value(entry.feed.name()); };  // rarely needed
    // A URL that a ${…} was filled into may be a secret as a whole.
    const auto shown = [&](std::string_view url) {
        return log_value(entry.feed.common().secret_url ? origin_of(url) : std::string(url));
    };
    if (report.error) {
        const bool expected = entry.removed || entry.relisted;  // the list changed meanwhile
        spdlog::log(expected ? spdlog::level::debug : spdlog::level::err,
                    "poll could not be stored feed={} error={}", feed(),
                    log_value(message(*report.error)));
        return;
    }
    if (spdlog::should_log(spdlog::level::debug)) {
        spdlog::debug(
            "poll feed={} outcome={} status={} ms={} bytes={} items={} new={} revised={} "
            "sighted={} next={} error={}",
            feed(), name(outcome.result), outcome.http_status, outcome.duration.count(),
            outcome.wire_bytes, outcome.items, report.added, report.revised, report.sighted,
            outcome.plan.never ? "never" : format_utc(outcome.plan.at),
            log_value(outcome.error_text));
    }
    const bool was_failing = entry.feed.failures() > 0;
    const bool fails = outcome.result == PollResult::failed;
    // An outage has its own line, and what was put off will be asked.
    const bool charged =
        outcome.error == PollError::internal || outcome.state.failures > entry.feed.failures();
    if (fails && charged && !was_failing) {
        spdlog::info("feed fails feed={} class={} error={} next={}", feed(), name(outcome.error),
                     log_value(outcome.error_text),
                     outcome.plan.never ? "never" : format_utc(outcome.plan.at));
    } else if (!fails && was_failing) {
        spdlog::info("feed recovered feed={} after={}", feed(), entry.feed.failures());
    }
    if (report.merged_into) {
        const auto other = entries_.find(*report.merged_into);
        spdlog::info("feed merged feed={} into={} url={}: not polled as long as that one is",
                     feed(), other == entries_.end() ? "-" : log_value(other->second.feed.name()),
                     shown(outcome.state.url));
    } else if (outcome.state.url != entry.feed.url() && !entry.relisted) {
        spdlog::info("feed moved feed={} from={} to={}", feed(), shown(entry.feed.url()),
                     shown(outcome.state.url));
    }
    if (outcome.truncated) {
        spdlog::warn("more items than are read from one document feed={} items={}", feed(),
                     outcome.items);
    }
    if (outcome.gap_suspected) {
        spdlog::info("gap suspected feed={} items={}: none of them was seen before", feed(),
                     outcome.items);
    }
}

}  // namespace feedd
