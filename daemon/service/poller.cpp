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
#include "store/open.h"

namespace feedd {

namespace {

// Answers that wait for a worker or for the disk. Beyond this no poll is begun: a slow disk slows
// polling instead of growing memory.
constexpr std::size_t kMaxProcessing = 512;
constexpr std::size_t kMaxProcessingBytes = std::size_t{32} << 20U;

std::size_t worker_count() {
    return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
}

bool same_rhythm(const FeedSpec& a, const FeedSpec& b) {
    return a.interval == b.interval && a.min_interval == b.min_interval &&
           a.max_interval == b.max_interval;
}

// What a fetch depends on: a change of it makes a known feed worth another look.
bool same_request(const FeedSpec& a, const FeedSpec& b) {
    return a.url == b.url && a.headers == b.headers && a.user_agent == b.user_agent;
}

}  // namespace

Result<std::unique_ptr<Poller>> Poller::open(Loop& loop, Mode mode, const std::string& db,
                                             Events events) {
    auto writer = open_writer(db);
    if (!writer) return tl::unexpected(writer.error());
    std::vector<std::unique_ptr<StoreReader>> readers;
    for (std::size_t i = 0; i < worker_count(); ++i) {
        auto reader = open_reader(db);
        if (!reader) return tl::unexpected(reader.error());
        readers.push_back(std::move(*reader));
    }
    return std::unique_ptr<Poller>(
        new Poller(loop, mode, std::move(*writer), std::move(readers), std::move(events)));
}

Poller::Poller(Loop& loop, Mode mode, std::unique_ptr<StoreWriter> writer,
               std::vector<std::unique_ptr<StoreReader>> readers, Events events)
    : loop_(loop),
      mode_(mode),
      events_(std::move(events)),
      timer_(loop, [this] { pump(); }),
      fetcher_(loop.raw(), AddressGuard{}),
      committer_(std::move(writer),
                 [this, self = std::weak_ptr(self_)](std::vector<FinishedPoll> finished) {
                     auto shared = std::make_shared<std::vector<FinishedPoll>>(std::move(finished));
                     loop_.post([self, shared] {
                         const auto alive = self.lock();
                         if (!alive) return;
                         for (FinishedPoll& each : *shared)
                             (*alive)->finish(std::move(each));
                         (*alive)->pump();
                     });
                 }),
      workers_(std::move(readers),
               [this](PollOutcome outcome) { committer_.push(std::move(outcome)); }) {}

Poller::~Poller() {
    stop();
}

void Poller::stop() {
    if (stopping_) return;
    stopping_ = true;
    timer_.stop();
    fetcher_.close();
    workers_.stop();
    committer_.stop();
}

std::size_t Poller::failing() const {
    return static_cast<std::size_t>(
        std::count_if(entries_.begin(), entries_.end(),
                      [](const auto& entry) { return entry.second.state.failures > 0; }));
}

// ---- the list

void Poller::apply(Config config, std::function<void(Result<ListReport>)> done) {
    auto shared = std::make_shared<Config>(std::move(config));
    committer_.apply_list(shared->feeds, shared->keep_articles, now_utc(),
                          [this, self = std::weak_ptr(self_), shared,
                           done = std::move(done)](Result<std::vector<FeedState>> states) {
                              loop_.post([self, shared, done, states = std::move(states)] {
                                  const auto alive = self.lock();
                                  if (!alive || (*alive)->stopping_) return;
                                  if (!states) {
                                      done(tl::unexpected(states.error()));
                                      return;
                                  }
                                  ListReport report;
                                  (*alive)->adopt(*shared, *states, report);
                                  done(report);
                                  (*alive)->pump();
                              });
                          });
}

void Poller::adopt(const Config& config, const std::vector<FeedState>& states, ListReport& report) {
    fetch_ = config.fetch;
    fetcher_.guard(AddressGuard(fetch_.private_addresses));
    slots_.per_host(fetch_.per_host);
    report.feeds = states.size();
    for (std::size_t i = 0; i < states.size(); ++i) {
        adopt_feed(std::make_shared<const FeedSpec>(config.feeds[i]), states[i], report);
    }
    drop_unlisted(states, report);
}

void Poller::adopt_feed(std::shared_ptr<const FeedSpec> spec, const FeedState& state,
                        ListReport& report) {
    const auto [at, fresh] = entries_.try_emplace(state.id);
    Entry& entry = at->second;
    const bool another_request = !fresh && !same_request(*entry.spec, *spec);
    const bool another_rhythm = !fresh && !same_rhythm(*entry.spec, *spec);
    report.added += fresh ? 1 : 0;
    report.changed += another_request || another_rhythm ? 1 : 0;
    entry.spec = std::move(spec);
    entry.removed = false;
    const bool under_way = entry.phase == Phase::fetching || entry.phase == Phase::processing;
    if (under_way && !another_request) return;  // its outcome is newer than `state`
    entry.relisted = under_way;
    entry.state = state;
    if (another_request) entry.state.next_poll_at.reset();
    if (another_rhythm) entry.state.next_poll_at = replanned(*entry.spec, state, now_utc());
    // The list may have been edited while nothing ran.
    if (fresh && state.next_poll_at) {
        entry.state.next_poll_at =
            std::min(*state.next_poll_at, replanned(*entry.spec, state, now_utc()));
    }
    if (entry.phase == Phase::idle) schedule(entry);
}

void Poller::drop_unlisted(const std::vector<FeedState>& states, ListReport& report) {
    std::unordered_set<FeedId> listed;
    for (const FeedState& state : states)
        listed.insert(state.id);
    for (auto at = entries_.begin(); at != entries_.end();) {
        Entry& entry = at->second;
        if (listed.contains(at->first) || entry.removed) {
            ++at;
            continue;
        }
        ++report.removed;
        if (entry.phase == Phase::waiting) slots_.forget(entry.host, at->first);
        if (entry.phase == Phase::idle || entry.phase == Phase::waiting) {
            due_.drop(at->first);
            at = entries_.erase(at);
        } else {
            entry.removed = true;
            ++at;
        }
    }
}

Result<std::size_t> Poller::select(const std::vector<std::string>& names, bool all) {
    const SteadyTime now = std::chrono::steady_clock::now();
    const Time utc = now_utc();
    std::unordered_set<std::string_view> wanted(names.begin(), names.end());
    std::unordered_set<std::string_view> found;
    std::vector<FeedId> chosen;
    for (const auto& [id, entry] : entries_) {
        const FeedState& state = entry.state;
        if (!wanted.empty()) {
            for (const std::string_view name :
                 {std::string_view(entry.spec->name), std::string_view(entry.spec->url)}) {
                if (!wanted.contains(name)) continue;
                found.insert(name);
                if (chosen.empty() || chosen.back() != id) chosen.push_back(id);
            }
            continue;
        }
        const bool asleep = state.status == FeedStatus::gone || state.status == FeedStatus::paused;
        if (!asleep && (all || due_at(state, utc) <= utc)) chosen.push_back(id);
    }
    for (const std::string& name : names) {
        if (!found.contains(name)) {
            return fail(ErrorKind::not_found, {}, "no feed on the list is called '" + name + "'",
                        "'feedd feeds' shows the names");
        }
    }
    std::sort(chosen.begin(), chosen.end());  // the order of the list
    for (const FeedId feed : chosen)
        due_.put(feed, now);
    selected_ = chosen.size();
    if (selected_ == 0) {
        loop_.post(events_.idle);
    } else {
        pump();
    }
    return selected_;
}

void Poller::schedule(const Entry& entry) {
    if (mode_ == Mode::once) return;
    const FeedState& state = entry.state;
    if (state.status == FeedStatus::gone || state.status == FeedStatus::paused) {
        due_.drop(state.id);
        return;
    }
    // The exact wall clock, not whole seconds: a poll must not come early by a fraction.
    const auto wait = due_at(state, now_utc()) - std::chrono::system_clock::now();
    due_.put(state.id, std::chrono::steady_clock::now() +
                           std::max(wait, std::chrono::system_clock::duration{0}));
}

// ---- polls

bool Poller::room() const {
    return !stopping_ && fetching_ < fetch_.concurrency && processing_ < kMaxProcessing &&
           processing_bytes_ < kMaxProcessingBytes;
}

void Poller::pump() {
    const SteadyTime now = std::chrono::steady_clock::now();
    while (room()) {
        const auto feed = due_.take(now);
        if (!feed) break;
        begin(*feed);
    }
    // Without room the next finished poll pumps again; no timer is needed then.
    const auto next = due_.next_due();
    if (!next || !room()) {
        timer_.stop();
        return;
    }
    timer_.once(std::chrono::ceil<std::chrono::milliseconds>(*next - now));
}

void Poller::begin(FeedId feed) {
    Entry& entry = entries_.at(feed);
    if (scheme_of(entry.state.url) == "file") {
        process(entry, {});
        return;
    }
    entry.host = host_of(entry.state.url);
    if (slots_.enter(entry.host, feed)) {
        start(feed);
    } else {
        entry.phase = Phase::waiting;
    }
}

Request Poller::request_of(const Entry& entry) const {
    const FeedSpec& spec = *entry.spec;
    return {.feed = entry.state.id,
            .url = entry.state.url,
            .user_agent = spec.user_agent.value_or(fetch_.user_agent),
            .validators = entry.state.validators,
            // A feed that moved to another origin leaves its credentials behind.
            .headers = origin_of(entry.state.url) == origin_of(spec.url)
                           ? spec.headers
                           : std::vector<SecretHeader>{},
            .timeout = spec.timeout,
            .max_body = spec.max_body};
}

void Poller::start(FeedId feed) {
    Entry& entry = entries_.at(feed);
    entry.phase = Phase::fetching;
    ++fetching_;
    fetcher_.start(request_of(entry),
                   [this, feed](Response response) { fetched(feed, std::move(response)); });
}

void Poller::fetched(FeedId feed, Response response) {
    --fetching_;
    Entry& entry = entries_.at(feed);
    if (const auto next = slots_.leave(entry.host)) start(*next);
    process(entry, std::move(response));
    pump();
}

void Poller::process(Entry& entry, Response response) {
    entry.phase = Phase::processing;
    entry.body_bytes = response.body.size();
    ++processing_;
    processing_bytes_ += entry.body_bytes;
    workers_.push({.spec = entry.spec,
                   .state = entry.state,
                   .response = std::move(response),
                   .jitter = std::uniform_real_distribution<double>(0, 1)(random_)});
}

void Poller::finish(FinishedPoll finished) {
    const FeedId feed = finished.outcome.feed;
    const auto at = entries_.find(feed);
    if (at == entries_.end()) return;
    Entry& entry = at->second;
    --processing_;
    processing_bytes_ -= entry.body_bytes;
    entry.phase = Phase::idle;
    log(entry, finished);
    settle(entry, finished);
    ++totals_.polls;
    totals_.failed +=
        finished.outcome.result == PollResult::failed || finished.report.error ? 1 : 0;
    totals_.added += finished.report.added;
    totals_.revised += finished.report.revised;
    totals_.sighted += finished.report.sighted;
    if (events_.finished) events_.finished(finished);
    if (entry.removed) {
        entries_.erase(at);
    } else {
        schedule(entry);
    }
    if (mode_ == Mode::once && --selected_ == 0) events_.idle();
}

void Poller::settle(Entry& entry, const FinishedPoll& finished) {
    if (entry.relisted) {
        entry.relisted = false;  // what was polled is not what is listed now
        return;
    }
    const PollOutcome& outcome = finished.outcome;
    if (!finished.report.error) {
        const auto last_new_at = finished.report.added > 0 ? outcome.at : entry.state.last_new_at;
        entry.state = outcome.state;
        entry.state.last_new_at = last_new_at;  // as the store has it
        return;
    }
    // Nothing was written: the feed is as it was, and is fetched again, but not at once.
    entry.state.failures += 1;
    entry.state.last_polled_at = outcome.at;
    const Plan plan = next_poll({.spec = *entry.spec,
                                 .state = entry.state,
                                 .result = PollResult::failed,
                                 .error = PollError::internal,
                                 .jitter = 0},
                                outcome.at);
    entry.state.next_poll_at = plan.at;
}

void Poller::log(const Entry& entry, const FinishedPoll& finished) const {
    const PollOutcome& outcome = finished.outcome;
    const PollReport& report = finished.report;
    const std::string feed = log_value(entry.spec->name);
    if (report.error) {
        const bool expected = entry.removed || entry.relisted;  // the list changed meanwhile
        spdlog::log(expected ? spdlog::level::debug : spdlog::level::err,
                    "poll could not be stored feed={} error={}", feed,
                    log_value(message(*report.error)));
        return;
    }
    spdlog::debug(
        "poll feed={} outcome={} status={} ms={} bytes={} items={} new={} revised={} sighted={} "
        "next={} error={}",
        feed, name(outcome.result), outcome.http_status, outcome.duration.count(),
        outcome.wire_bytes, outcome.items, report.added, report.revised, report.sighted,
        outcome.plan.never ? "never" : format_utc(outcome.plan.at), log_value(outcome.error_text));
    const bool was_failing = entry.state.failures > 0;
    const bool fails = outcome.result == PollResult::failed;
    if (fails && !was_failing) {
        spdlog::info("feed fails feed={} class={} error={} next={}", feed, name(outcome.error),
                     log_value(outcome.error_text),
                     outcome.plan.never ? "never" : format_utc(outcome.plan.at));
    } else if (!fails && was_failing) {
        spdlog::info("feed recovered feed={} after={}", feed, entry.state.failures);
    }
    if (outcome.state.url != entry.state.url && !entry.relisted) {
        spdlog::info("feed moved feed={} from={} to={}", feed, log_value(entry.state.url),
                     log_value(outcome.state.url));
    }
    if (outcome.gap_suspected) {
        spdlog::info("gap suspected feed={} items={}: none of them was seen before", feed,
                     outcome.items);
    }
}

}  // namespace feedd
