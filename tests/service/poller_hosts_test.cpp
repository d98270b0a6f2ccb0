// What the poller owes to hosts, on the wire and in the store. The servers are on loopback; a seam
// makes them public.
#include "service/polling.h"

namespace feedd::test {
namespace {

using std::chrono::milliseconds;

class PollerHosts : public Polling {};

TEST_F(PollerHosts, KeepThePauseOnTheWireAndInTheLedger) {
    config_.fetch.host_pause = milliseconds{150};
    config_.fetch.per_host = 4;
    for (int i = 0; i < 6; ++i) {
        const std::string path = "/" + std::to_string(i);
        server_.route(path, HttpResponse{.body = feed_of("n" + std::to_string(i))});
        list(server_.url(path));
    }
    open(Poller::Mode::forever);
    poll(6);
    poller_->stop();
    ASSERT_EQ(server_.requests().size(), 6U);
    EXPECT_GE(least_spacing(server_.requests()), milliseconds{140}) << "arrival may jitter";
    EXPECT_EQ(value("SELECT host || ' ' || requests || ' ' || breaches || ' ' || complaints "
                    "FROM hosts"),
              "127.0.0.1 6 0 0");
    EXPECT_GE(std::stoi(value("SELECT least_spacing_ms FROM hosts")), 150);
    EXPECT_EQ(value("SELECT (SELECT sum(bytes) FROM polls) = (SELECT bytes FROM hosts)"), "1");
}

TEST_F(PollerHosts, HavePausesForPublicHostsOnly) {
    public_ = false;
    config_.fetch.host_pause = std::chrono::minutes{10};
    for (int i = 0; i < 6; ++i) {
        const std::string path = "/" + std::to_string(i);
        server_.route(path, HttpResponse{.body = feed_of("n" + std::to_string(i))});
        list(server_.url(path));
    }
    open(Poller::Mode::forever);
    poll(6);
    EXPECT_EQ(server_.requests().size(), 6U);
}

TEST_F(PollerHosts, LeaveTheWholeHostAloneAfterA429) {
    config_.fetch.per_host = 1;
    server_.route("/a", HttpResponse{.status = 429, .headers = {{"Retry-After", "2"}}});
    for (const char* path : {"/b", "/c"})
        server_.route(path, HttpResponse{.body = feed_of(std::string(path).substr(1))});
    open(Poller::Mode::forever);
    list(server_.url("/a"));
    poll(1);
    for (const char* path : {"/b", "/c"})
        list(server_.url(path));
    poll(2);
    poller_->stop();
    const auto requests = server_.requests();
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_GE(requests[1].at - requests[0].at, milliseconds{1900});
    EXPECT_GE(requests[2].at - requests[1].at, milliseconds{1900}) << "the others come one by one";
    EXPECT_EQ(value("SELECT complaints || ' ' || breaches || ' ' || strikes || ' ' || held_reason "
                    "FROM hosts"),
              "1 0 1 HTTP 429, Retry-After 2s");
}

TEST_F(PollerHosts, GoOnWithTheOtherFeedsOfAPrivateHostAfterA429) {
    public_ = false;
    config_.fetch.per_host = 1;
    server_.route("/a", HttpResponse{.status = 429, .headers = {{"Retry-After", "60"}}});
    server_.route("/b", HttpResponse{.body = feed_of("b")});
    for (const char* path : {"/a", "/b"})
        list(server_.url(path));
    open(Poller::Mode::forever);
    poll(2);
    EXPECT_EQ(server_.hits("/b"), 1);
    EXPECT_EQ(value("SELECT complaints FROM hosts"), "0");
}

TEST_F(PollerHosts, KeepAHoldOverARestart) {
    server_.route("/a", HttpResponse{.status = 429, .headers = {{"Retry-After", "600"}}});
    server_.route("/b", HttpResponse{.body = feed_of("b")});
    list(server_.url("/a"));
    open(Poller::Mode::forever);
    poll(1);
    poller_->stop();
    list(server_.url("/b"));
    open(Poller::Mode::forever);
    poller_->apply(config_, [](const Result<ListReport>& applied) { ASSERT_TRUE(applied); });
    run(milliseconds{500}, false);
    poller_->stop();
    once();
    EXPECT_EQ(server_.hits("/a"), 1);
    EXPECT_EQ(server_.hits("/b"), 0);
    ASSERT_EQ(skipped_.size(), 2U) << "'once' says so and ends";
    EXPECT_NE(skipped_[0].find("127.0.0.1 is left alone until "), std::string::npos) << skipped_[0];
}

TEST_F(PollerHosts, TurnAwayWhoWaitsForAHeldHostInOnce) {
    config_.fetch.per_host = 1;
    for (int i = 0; i < 5; ++i) {
        const std::string path = "/" + std::to_string(i);
        server_.route(path, HttpResponse{.status = 429});
        list(server_.url(path));
    }
    once();
    EXPECT_EQ(server_.requests().size(), 1U);
    EXPECT_EQ(skipped_.size(), 4U);
    EXPECT_EQ(poller_->totals().skipped, 4U);
    EXPECT_EQ(value("SELECT held_until = strftime('%Y-%m-%dT%H:%M:%SZ', held_from, '+1 minute') "
                    "FROM hosts"),
              "1");
}

TEST_F(PollerHosts, FollowNoRedirectIntoAHeldHost) {
    HttpServer elsewhere("127.0.0.2");
    server_.route("/a", HttpResponse{.status = 429, .headers = {{"Retry-After", "600"}}});
    server_.route("/target", HttpResponse{.body = feed_of("target")});
    elsewhere.route("/from",
                    HttpResponse{.status = 302, .headers = {{"Location", server_.url("/target")}}});
    list(server_.url("/a"));
    open(Poller::Mode::forever);
    poll(1);
    list(elsewhere.url("/from"));
    poll(1);
    poller_->stop();
    EXPECT_EQ(elsewhere.hits("/from"), 1);
    EXPECT_EQ(server_.hits("/target"), 0);
    EXPECT_EQ(value("SELECT breaches FROM hosts WHERE host = '127.0.0.1'"), "0");
    EXPECT_EQ(value("SELECT requests FROM hosts WHERE host = '127.0.0.2'"), "1");
    const std::string of_it = " FROM feeds WHERE listed_url LIKE '%/from'";
    EXPECT_EQ(value("SELECT failures || status" + of_it), "0active") << "it is not to blame";
    EXPECT_EQ(value("SELECT next_poll_at >= (SELECT held_until FROM hosts WHERE host = "
                    "'127.0.0.1')" +
                    of_it),
              "1");
}

TEST_F(PollerHosts, ChargeRedirectHopsToTheHostsTheyWentTo) {
    HttpServer elsewhere("127.0.0.2");
    elsewhere.route("/target", HttpResponse{.body = feed_of("target")});
    server_.route("/from",
                  HttpResponse{.status = 301, .headers = {{"Location", elsewhere.url("/target")}}});
    list(server_.url("/from"));
    open(Poller::Mode::forever);
    poll(1);
    poller_->stop();
    EXPECT_EQ(value("SELECT group_concat(host || ' ' || requests, ', ') FROM hosts"),
              "127.0.0.1 1, 127.0.0.2 1");
}

TEST_F(PollerHosts, AskOnceForTwoFeedsThatTurnOutToBeOne) {
    server_.route("/new", HttpResponse{.body = feed_of("word")});
    server_.route("/old",
                  HttpResponse{.status = 301, .headers = {{"Location", server_.url("/new")}}});
    list(server_.url("/old"));
    list(server_.url("/new"));
    for (FeedSpec& spec : config_.feeds)
        spec.interval = Seconds{1};
    open(Poller::Mode::forever);
    poll(12);
    EXPECT_EQ(server_.hits("/old"), 3) << "then it is merged";
    EXPECT_EQ(value("SELECT o.listed_url LIKE '%/new' FROM feeds AS f JOIN feeds AS o "
                    "ON o.id = f.merged_into WHERE f.listed_url LIKE '%/old'"),
              "1");
    config_.feeds.pop_back();  // the other one leaves the list
    poll(2);
    EXPECT_GE(server_.hits("/old"), 4);
    poller_->stop();
    EXPECT_EQ(value("SELECT merged_into IS NULL FROM feeds WHERE listed_url LIKE '%/old'"), "1");
}

TEST_F(PollerHosts, StopInTimeWhileTheStoreIsLocked) {
    for (int i = 0; i < 200; ++i) {
        const std::string path = "/" + std::to_string(i);
        server_.route(path, HttpResponse{.body = feed_of("n" + std::to_string(i))});
        list(server_.url(path));
    }
    config_.fetch.per_host = 8;
    open(Poller::Mode::forever);
    poll(1);
    SQLite::Database intruder(db_, SQLite::OPEN_READWRITE, 5000);  // the index may be written
    intruder.exec("BEGIN IMMEDIATE");
    run(milliseconds{500}, false);  // answers queue up
    const auto begun = std::chrono::steady_clock::now();
    poller_->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{25})
        << "the unit's TimeoutStopSec is 30 s";
}

// A port that nobody listens on.
std::uint16_t closed_port() {
    return HttpServer("127.0.0.9").port();
}

TEST_F(PollerHosts, ChargeNoFeedForAnOutageAndComeBackAfterIt) {
    const std::uint16_t port = closed_port();
    for (int i = 11; i < 19; ++i)
        list("http://127.0.0." + std::to_string(i) + ":" + std::to_string(port) + "/feed");
    open(Poller::Mode::forever);
    poll(8);
    EXPECT_EQ(value("SELECT count(*) FROM polls WHERE error_class = 'outage'"), "8");
    EXPECT_EQ(value("SELECT sum(failures) || ' ' || sum(status <> 'active') FROM feeds"), "0 0");
    // The first one that is asked again answers: then the others are.
    std::vector<std::unique_ptr<HttpServer>> servers;
    for (int i = 11; i < 19; ++i) {
        servers.push_back(std::make_unique<HttpServer>("127.0.0." + std::to_string(i), port));
        servers.back()->route("/feed", HttpResponse{.body = feed_of("n" + std::to_string(i))});
    }
    // All are due now, as after the five minutes that they were put off for.
    for (FeedSpec& spec : config_.feeds)
        spec.interval = Seconds{1};
    awaited_good_ = 8;
    poll(1000);
    EXPECT_EQ(value("SELECT count(*) FROM feeds WHERE last_success_at IS NOT NULL"), "8");
}

TEST_F(PollerHosts, ChargeFeedsWhoseHostsFailWhileOthersAnswer) {
    const std::uint16_t port = closed_port();
    for (int i = 11; i < 15; ++i)
        list("http://127.0.0." + std::to_string(i) + ":" + std::to_string(port) + "/feed");
    list(server_.url("/good"));
    server_.route("/good", HttpResponse{.body = feed_of("good")});
    config_.feeds.back().interval = Seconds{1};
    open(Poller::Mode::forever);
    poll(7);  // the four, as soon as the fifth has answered again
    EXPECT_EQ(value("SELECT count(*) FROM feeds WHERE failures = 1"), "4");
    EXPECT_EQ(value("SELECT count(*) FROM polls WHERE error_class = 'outage'"), "0");
}

TEST_F(PollerHosts, PollAllInOnceAndChargeNobodyWhenAllIsDown) {
    const std::uint16_t port = closed_port();
    for (int i = 11; i < 17; ++i)
        list("http://127.0.0." + std::to_string(i) + ":" + std::to_string(port) + "/feed");
    once();
    EXPECT_EQ(finished_, 6);
    EXPECT_EQ(value("SELECT count(*) FROM polls WHERE error_class = 'outage'"), "6");
    EXPECT_EQ(value("SELECT sum(failures) FROM feeds"), "0");
}

TEST_F(PollerHosts, ChargeTheOnlyHostOfAShortList) {
    list("http://127.0.0.11:" + std::to_string(closed_port()) + "/feed");
    once();
    EXPECT_EQ(value("SELECT failures || error_class FROM feeds"), "1connect");
}

}  // namespace
}  // namespace feedd::test
