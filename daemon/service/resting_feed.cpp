#include "service/resting_feed.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/hash.h"
#include "model/rhythm_bytes.h"
#include "schedule/next_poll.h"

namespace feedd {

namespace {

// Of all by which entries usually differ: others may share it, which costs a comparison.
std::uint64_t hash_of(const FeedSpec& spec) {
    ByteWriter out;
    for (const Seconds span :
         {spec.interval.value_or(Seconds{0}), spec.min_interval, spec.max_interval, spec.timeout})
        out.integer(span.count());
    out.number(spec.max_body);
    out.text(spec.user_agent.value_or(""));
    for (const SecretHeader& header : spec.access.headers) {
        out.text(header.name);
        out.text(header.value.reveal());
    }
    out.text(spec.access.client_certificate);
    if (spec.access.proxy) {
        out.text(spec.access.proxy->url);
        out.text(spec.access.proxy->user.reveal());
        out.text(spec.access.proxy->password.reveal());
    }
    return quick_hash(std::move(out).bytes());
}

// Reads and writes the same parts in the same order; absent ones take a bit.
class PackedState {
  public:
    void part(ByteWriter& out, const std::optional<std::string>& text) {
        if (there(text.has_value())) out.text(*text);
    }
    void part(ByteWriter& out, const std::optional<Time>& time) {
        if (there(time.has_value())) out.integer(time->time_since_epoch().count());
    }
    void part(ByteWriter& out, const std::optional<Seconds>& span) {
        if (there(span.has_value())) out.integer(span->count());
    }
    void part(ByteWriter& out, const std::optional<std::int64_t>& number) {
        if (there(number.has_value())) out.integer(*number);
    }
    bool there(bool is) {
        bits_ |= std::uint64_t{is} << at_++;
        return is;
    }
    [[nodiscard]] std::uint64_t bits() const noexcept { return bits_; }

  private:
    std::uint64_t bits_ = 0;
    unsigned at_ = 0;
};

class UnpackedState {
  public:
    UnpackedState(ByteReader& in, std::uint64_t bits) : in_(in), bits_(bits) {}
    void part(std::optional<std::string>& text) {
        if (there()) text = std::string(in_.text());
    }
    void part(std::optional<Time>& time) {
        if (there()) time = Time{Seconds{in_.integer()}};
    }
    void part(std::optional<Seconds>& span) {
        if (there()) span = Seconds{in_.integer()};
    }
    void part(std::optional<std::int64_t>& number) {
        if (there()) number = in_.integer();
    }
    bool there() { return ((bits_ >> at_++) & 1U) != 0; }

  private:
    ByteReader& in_;
    std::uint64_t bits_;
    unsigned at_ = 0;
};

}  // namespace

SharedSpec CommonSpecs::of(const FeedSpec& spec) {
    FeedSpec common = spec;
    common.url.clear();
    common.name.clear();
    common.tags.clear();
    common.place.clear();
    const std::uint64_t hash = hash_of(common);
    const auto [first, last] = specs_.equal_range(hash);
    for (auto at = first; at != last; ++at) {
        if (auto known = at->second.lock(); known && *known == common) return known;
    }
    if (specs_.size() >= sweep_at_) {
        std::erase_if(specs_, [](const auto& each) { return each.second.expired(); });
        sweep_at_ = std::max<std::size_t>(64, 2 * specs_.size());
    }
    auto fresh = std::make_shared<const FeedSpec>(std::move(common));
    specs_.emplace(hash, fresh);
    return fresh;
}

RestingFeed::RestingFeed(SharedSpec common, const FeedSpec& spec, const FeedState& state)
    : common_(std::move(common)) {
    pack(spec.url, spec.name, state);
}

void RestingFeed::pack(std::string_view listed_url, std::string_view name, const FeedState& state) {
    id_ = state.id;
    merged_into_ = state.merged_into;
    next_poll_at_ = state.next_poll_at;
    last_polled_at_ = state.last_polled_at;
    failures_ = state.failures;
    status_ = state.status;
    ByteWriter out;
    out.text(listed_url);
    out.text(name);
    out.text(state.url == listed_url ? std::string_view{} : std::string_view{state.url});
    out.text(state.body_hash);
    out.text(state.last_error);
    out.number(static_cast<std::uint64_t>(state.guid_trust));
    out.number(state.hints.skip_hours);
    out.number(state.hints.skip_days);
    ByteWriter parts;
    PackedState there;
    there.part(parts, state.validators.etag);
    there.part(parts, state.validators.last_modified);
    there.part(parts, state.last_success_at);
    there.part(parts, state.last_new_at);
    there.part(parts, state.not_before);
    there.part(parts, state.silent_since);
    there.part(parts, state.period);
    there.part(parts, state.hints.ttl_minutes);
    there.part(parts, state.hints.update_period);
    if (there.there(state.move.has_value())) {
        parts.text(state.move->to);
        parts.integer(state.move->polls);
    }
    if (there.there(state.rhythm.has_value())) write_rhythm(parts, *state.rhythm);
    out.number(there.bits());
    packed_ = std::string(std::move(out).bytes() + std::move(parts).bytes());
    packed_.shrink_to_fit();
}

FeedState RestingFeed::state() const {
    ByteReader in(packed_);
    FeedState state;
    state.id = id_;
    state.merged_into = merged_into_;
    state.next_poll_at = next_poll_at_;
    state.last_polled_at = last_polled_at_;
    state.failures = failures_;
    state.status = status_;
    state.listed_url = in.text();
    state.name = in.text();
    state.url = in.text();
    if (state.url.empty()) state.url = state.listed_url;
    state.body_hash = in.text();
    state.last_error = in.text();
    state.guid_trust = static_cast<GuidTrust>(in.number());
    state.hints.skip_hours = static_cast<std::uint32_t>(in.number());
    state.hints.skip_days = static_cast<std::uint8_t>(in.number());
    UnpackedState there(in, in.number());
    there.part(state.validators.etag);
    there.part(state.validators.last_modified);
    there.part(state.last_success_at);
    there.part(state.last_new_at);
    there.part(state.not_before);
    there.part(state.silent_since);
    there.part(state.period);
    there.part(state.hints.ttl_minutes);
    there.part(state.hints.update_period);
    if (there.there()) {
        state.move.emplace();
        state.move->to = in.text();
        state.move->polls = static_cast<int>(in.integer());
    }
    if (there.there()) state.rhythm = read_rhythm(in);
    return state;
}

FeedSpec RestingFeed::spec() const {
    FeedSpec spec = *common_;
    spec.url = listed_url();
    spec.name = name();
    return spec;
}

void RestingFeed::keep(const FeedState& state) {
    pack(std::string(listed_url()), std::string(name()), state);
}

void RestingFeed::list_as(SharedSpec common, const FeedSpec& spec) {
    common_ = std::move(common);
    pack(spec.url, spec.name, state());
}

std::string_view RestingFeed::listed_url() const {
    return ByteReader(packed_).text();
}

std::string_view RestingFeed::name() const {
    ByteReader in(packed_);
    static_cast<void>(in.text());
    return in.text();
}

std::string_view RestingFeed::url() const {
    ByteReader in(packed_);
    const std::string_view listed = in.text();
    static_cast<void>(in.text());
    const std::string_view moved = in.text();
    return moved.empty() ? listed : moved;
}

bool RestingFeed::asleep() const noexcept {
    return is_asleep(status_, merged_into_);
}

Time RestingFeed::due(Time now) const noexcept {
    return due_at(next_poll_at_, last_polled_at_, now);
}

}  // namespace feedd
