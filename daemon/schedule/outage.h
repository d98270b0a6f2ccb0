// Tells a broken network of our own from broken hosts.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "base/time.h"
#include "model/response.h"

namespace feedd {

// What a fetch says of our own network.
enum class Reach : std::uint8_t {
    reached,    // a host has answered, whatever it said
    unreached,  // name lookup, connection or TLS failed before anything could be sent
    unknown,    // the rest: a slow answer, a refusal of our own
};
// A name that cannot be looked up is nobody's fault for certain; TLS counts since a wrong clock
// or a login page in between breaks it at every host.
[[nodiscard]] Reach reach_of(const Response& response);

// For one thread. Hosts on private addresses are none of its business.
//
// The network is down when, within two minutes and without any answer meanwhile, hosts enough could
// not be reached: five, or all if the list has but three or four. With fewer hosts nothing can be
// inferred from them, and only a machine without a route proves it; that proves it at once for
// any number.
class OutageDetector {
  public:
    // Distinct hosts that the list has; counting may end at kHostsForProof.
    void expect(std::size_t hosts) { expected_ = hosts; }
    // True: the outage begins with this.
    [[nodiscard]] bool unreached(const std::string& host, bool has_route, SteadyTime now);
    // True: the outage ends with this.
    [[nodiscard]] bool reached();
    [[nodiscard]] bool on() const noexcept { return since_.has_value(); }
    [[nodiscard]] std::optional<SteadyTime> since() const noexcept { return since_; }
    // Hosts that could not be reached since the last answer, within the window.
    [[nodiscard]] std::size_t hosts() const noexcept { return silent_.size(); }

    static constexpr std::size_t kHostsForProof = 5;
    static constexpr std::size_t kFewestForProof = 3;
    static constexpr Seconds kWindow{120};

  private:
    std::size_t expected_ = 0;
    std::map<std::string, SteadyTime> silent_;  // since the last answer; the last failure of each
    std::optional<SteadyTime> since_;
};

}  // namespace feedd
