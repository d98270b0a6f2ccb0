// A daemon whose clocks jump, and whose machine sleeps: nothing is forgotten and nothing stormed.
// Its clocks are moved from outside while it runs (tests/support/preload/clock_shift.cpp).
#include <array>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/feed_maker.h"
#include "support/http_server.h"
#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using std::chrono::hours;
using std::chrono::nanoseconds;
using std::chrono::seconds;

constexpr int kHourly = 30;  // feeds, beside one that is asked every second

class Clocks : public testing::Test {
  protected:
    Clocks() {
        const std::string body = feed_of("news");
        std::string list =
            "fetch: {allow_private_addresses: true, per_host: 0}\n"
            "defaults: {interval: 1h}\nfeeds:\n";
        list += "  - {url: \"" + server_.url("/busy") + "\", name: busy, interval: 1s}\n";
        server_.route("/busy", HttpResponse{.body = body});
        for (int i = 0; i < kHourly; ++i) {
            list += "  - {url: \"" + server_.url(path(i)) + "\"}\n";
            server_.route(path(i), HttpResponse{.body = body});
        }
        directory_.write("feeds.yaml", list);
        shift({}, {}, {});
    }

    static std::string path(int i) { return "/hourly/" + std::to_string(i); }

    void shift(nanoseconds wall, nanoseconds boot, nanoseconds monotonic) {
        const std::array<std::int64_t, 3> all{wall.count(), boot.count(), monotonic.count()};
        std::fstream file(directory_.path("shift"), std::ios::in | std::ios::out);
        if (!file) file.open(directory_.path("shift"), std::ios::out);
        file.write(reinterpret_cast<const char*>(all.data()), sizeof all);
    }

    [[nodiscard]] Background run() const {
        return {FEEDD_BINARY,
                {.arguments = {"run"},
                 .directory = directory_.path(),
                 .environment = {{"LD_PRELOAD", FEEDD_CLOCK_SHIFT},
                                 {"CLOCK_SHIFT", directory_.path("shift")},
                                 {"ASAN_OPTIONS", "verify_asan_link_order=0"}}}};
    }

    [[nodiscard]] int hourly_polls() const {
        int hits = 0;
        for (int i = 0; i < kHourly; ++i)
            hits += server_.hits(path(i));
        return hits;
    }

    // Waits until all of them were asked so many times.
    [[nodiscard]] bool all_asked(int times) const {
        for (int i = 0; i < kHourly; ++i) {
            if (!server_.wait_for_hits(path(i), times)) return false;
        }
        return true;
    }

    // False: the busy feed was not asked for so many more times.
    [[nodiscard]] bool goes_on(int times) const {
        return server_.wait_for_hits("/busy", server_.hits("/busy") + times);
    }

    static void end(Background& daemon) {
        daemon.signal(SIGTERM);
        EXPECT_EQ(daemon.wait().exit_code, 0);
    }

    TempDir directory_;
    HttpServer server_;
};

TEST_F(Clocks, ThatStoodStillInASuspendedMachineAreMadeUpFor) {
    Background daemon = run();
    ASSERT_TRUE(all_asked(1) && goes_on(2));  // and their answers are stored
    // Two hours of sleep, of which the monotonic clock knows nothing; and a minute, so that the
    // daemon looks at once.
    const auto asleep = hours{2};
    shift(asleep + seconds{61}, asleep + seconds{61}, seconds{61});
    ASSERT_TRUE(all_asked(2));
    EXPECT_TRUE(daemon.wait_for("the machine was suspended"));
    EXPECT_TRUE(goes_on(2));
    EXPECT_EQ(hourly_polls(), 2 * kHourly) << "once each, however long it slept";
    // No herd: 20 ms lie between two of them.
    const auto asked = server_.requests();
    std::chrono::steady_clock::time_point first{};
    std::chrono::steady_clock::time_point last{};
    int seen = 0;
    for (const HttpRequest& each : asked) {
        if (!each.path.starts_with("/hourly/") || ++seen <= kHourly) continue;
        if (first == std::chrono::steady_clock::time_point{}) first = each.at;
        last = each.at;
    }
    EXPECT_GE(last - first, std::chrono::milliseconds{20 * (kHourly - 2)});
    end(daemon);
}

TEST_F(Clocks, ThatJumpForwardMoveNoPoll) {
    Background daemon = run();
    ASSERT_TRUE(all_asked(1) && goes_on(2));
    shift(hours{24 * 400}, {}, {});
    EXPECT_TRUE(goes_on(3));
    EXPECT_EQ(hourly_polls(), kHourly);
    shift({}, {}, {});  // and back again
    EXPECT_TRUE(goes_on(3));
    EXPECT_EQ(hourly_polls(), kHourly);
    end(daemon);
}

TEST_F(Clocks, ThatJumpBackMakeNobodyWait) {
    Background daemon = run();
    ASSERT_TRUE(all_asked(1) && goes_on(2));
    shift(-hours{24 * 400}, {}, {});
    EXPECT_TRUE(goes_on(3)) << "its next poll is planned by the clock as it is now";
    EXPECT_EQ(hourly_polls(), kHourly);
    end(daemon);
}

TEST_F(Clocks, ThatWereWrongBeforeARestartKeepNoFeedWaiting) {
    shift(hours{24 * 400}, {}, {});
    {
        Background daemon = run();
        ASSERT_TRUE(all_asked(1) && goes_on(2));
        end(daemon);
    }
    shift({}, {}, {});
    Background daemon = run();
    EXPECT_TRUE(all_asked(2)) << "what was planned under the wrong clock is due now";
    EXPECT_TRUE(goes_on(2));
    EXPECT_EQ(hourly_polls(), 2 * kHourly);
    end(daemon);
}

}  // namespace
}  // namespace feedd::test
