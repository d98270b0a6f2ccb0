// What the poller keeps of a feed between its polls: small, since of 100,000 feeds all but a few
// rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/time.h"
#include "model/feed.h"

namespace feedd {

using SharedSpec = std::shared_ptr<const FeedSpec>;

// Entries of a list differ in little but their URLs and names: one copy of what they have in
// common, for as long as an entry has it.
class CommonSpecs {
  public:
    // The spec without url, name, tags and place.
    [[nodiscard]] SharedSpec of(const FeedSpec& spec);
    [[nodiscard]] std::size_t size() const noexcept { return specs_.size(); }

  private:
    std::unordered_multimap<std::uint64_t, std::weak_ptr<const FeedSpec>> specs_;  // by their hash
    std::size_t sweep_at_ = 64;
};

// Spec and state as bytes, but for what all feeds are looked through for.
class RestingFeed {
  public:
    RestingFeed() = default;
    // `common`: that of the spec.
    RestingFeed(SharedSpec common, const FeedSpec& spec, const FeedState& state);

    // As they came in, but for the spec's tags and place, which concern the store and the list, and
    // for rhythms, which are rounded as the store does it.
    [[nodiscard]] FeedSpec spec() const;
    [[nodiscard]] FeedState state() const;
    void keep(const FeedState& state);
    // Another spec of the same feed.
    void list_as(SharedSpec common, const FeedSpec& spec);

    [[nodiscard]] FeedId id() const noexcept { return id_; }
    [[nodiscard]] const FeedSpec& common() const noexcept { return *common_; }
    [[nodiscard]] std::string_view listed_url() const;
    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] std::string_view url() const;  // that is polled
    [[nodiscard]] FeedStatus status() const noexcept { return status_; }
    [[nodiscard]] int failures() const noexcept { return failures_; }
    [[nodiscard]] std::optional<FeedId> merged_into() const noexcept { return merged_into_; }
    void merge_into(std::optional<FeedId> other) noexcept { merged_into_ = other; }
    [[nodiscard]] bool asleep() const noexcept;       // as is_asleep
    [[nodiscard]] Time due(Time now) const noexcept;  // as due_at
    [[nodiscard]] std::size_t bytes() const noexcept { return packed_.size(); }

  private:
    void pack(std::string_view listed_url, std::string_view name, const FeedState& state);

    SharedSpec common_;
    std::string packed_;
    FeedId id_ = 0;
    std::optional<FeedId> merged_into_;
    std::optional<Time> next_poll_at_;
    std::optional<Time> last_polled_at_;
    int failures_ = 0;
    FeedStatus status_ = FeedStatus::active;
};

}  // namespace feedd
