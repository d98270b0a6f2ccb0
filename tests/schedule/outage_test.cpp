#include "schedule/outage.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

SteadyTime s(int seconds) {
    return SteadyTime{} + std::chrono::hours{1} + Seconds{seconds};
}

struct ReachCase {
    const char* name;
    PollError error;
    std::vector<int> hops;  // their statuses
    Reach reach;
};

class ReachOf : public testing::TestWithParam<ReachCase> {};

TEST_P(ReachOf, IsWhatTheAnswerSaysOfOurNetwork) {
    Response response{.error = GetParam().error};
    for (const int status : GetParam().hops)
        response.hops.push_back({.status = status});
    EXPECT_EQ(reach_of(response), GetParam().reach);
}

const ReachCase kReaches[] = {
    {"answer", PollError::none, {200}, Reach::reached},
    {"error_page", PollError::none, {503}, Reach::reached},
    {"redirect_into_nowhere", PollError::dns, {301}, Reach::reached},
    {"dns", PollError::dns, {}, Reach::unreached},
    {"connect", PollError::connect, {}, Reach::unreached},
    {"tls", PollError::tls, {}, Reach::unreached},
    {"timeout_before_sending", PollError::timeout, {}, Reach::unreached},
    {"timeout_after_sending", PollError::timeout, {0}, Reach::unknown},
    {"reset", PollError::broken, {0}, Reach::unknown},
    {"our_own_refusal", PollError::refused, {}, Reach::unknown},
    {"our_own_fault", PollError::internal, {}, Reach::unknown},
};

INSTANTIATE_TEST_SUITE_P(Answers, ReachOf, testing::ValuesIn(kReaches),
                         [](const auto& test) { return test.param.name; });

OutageDetector detector_of(std::size_t hosts) {
    OutageDetector detector;
    detector.expect(hosts);
    return detector;
}

TEST(OutageDetector, BeginsWhenFiveHostsFailWithoutAnAnswerBetween) {
    OutageDetector detector = detector_of(100);
    for (int i = 0; i < 4; ++i)
        EXPECT_FALSE(detector.unreached("h" + std::to_string(i), true, s(i)));
    EXPECT_FALSE(detector.on());
    EXPECT_TRUE(detector.unreached("h4", true, s(5)));
    EXPECT_TRUE(detector.on());
    EXPECT_EQ(detector.since(), s(5));
    EXPECT_FALSE(detector.unreached("h5", true, s(6))) << "it begins once";
    EXPECT_TRUE(detector.reached());
    EXPECT_FALSE(detector.on());
    EXPECT_FALSE(detector.reached()) << "it ends once";
}

TEST(OutageDetector, IsNoneWhenAnybodyAnswers) {
    OutageDetector detector = detector_of(100);
    for (int i = 0; i < 50; ++i) {
        EXPECT_FALSE(detector.unreached("h" + std::to_string(i), true, s(i)));
        if (i % 4 == 3) {
            EXPECT_FALSE(detector.reached());
        }
    }
}

TEST(OutageDetector, CountsHostsNotFeeds) {
    OutageDetector detector = detector_of(100);
    for (int i = 0; i < 50; ++i)
        EXPECT_FALSE(detector.unreached("one", true, s(i)));
}

TEST(OutageDetector, ForgetsWhatIsLongAgo) {
    OutageDetector detector = detector_of(100);
    for (int i = 0; i < 50; ++i)
        EXPECT_FALSE(detector.unreached("h" + std::to_string(i), true, s(i * 40)));
    EXPECT_LE(detector.hosts(), 4U);
}

TEST(OutageDetector, NeedsAllOfAListOfThreeOrFour) {
    OutageDetector detector = detector_of(3);
    EXPECT_FALSE(detector.unreached("a", true, s(0)));
    EXPECT_FALSE(detector.unreached("b", true, s(1)));
    EXPECT_TRUE(detector.unreached("c", true, s(2)));
}

TEST(OutageDetector, InfersNothingFromOneOrTwoHostsButTheMissingRoute) {
    OutageDetector detector = detector_of(2);
    EXPECT_FALSE(detector.unreached("a", true, s(0)));
    EXPECT_FALSE(detector.unreached("b", true, s(1)));
    EXPECT_TRUE(detector.unreached("a", false, s(2)));
}

}  // namespace
}  // namespace feedd
