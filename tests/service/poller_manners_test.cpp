// Poll after poll of one feed on the wire: what is asked conditionally, what an answer puts off,
// what ends polling and what begins it again.
#include <array>
#include <ctime>

#include <gmock/gmock.h>

#include "service/polling.h"

namespace feedd::test {
namespace {

using testing::HasSubstr;

std::string items_of(const std::vector<std::string>& words) {
    std::vector<MadeItem> items;
    for (const std::string& word : words)
        items.push_back({.guid = word,
                         .link = "http://news.example/" + word,
                         .title = word,
                         .text = "The text of " + word,
                         .byline = "Ann Lee",
                         .date = "2025-04-01T01:02:03Z",
                         .enclosure = "http://news.example/" + word + ".mp3"});
    return made_feed(MadeFormat::rss20, "News", "http://news.example/", items);
}

// `hints`: elements of the channel.
std::string asking(const std::string& hints) {
    std::string text = items_of({"a"});
    const auto at = text.find("<item>");
    return text.insert(at, hints);
}

class PollerManners : public Polling {
  protected:
    // A feed that is polled every second.
    void often(const std::string& path) {
        list(server_.url(path));
        config_.feeds.back().interval = Seconds{1};
    }
    // Polls the feed once and returns how long it is left alone then, in seconds.
    std::int64_t put_off() {
        open(Poller::Mode::forever);
        poll(1);
        poller_->stop();
        return std::stoll(
            value("SELECT unixepoch(next_poll_at) - unixepoch(last_polled_at) FROM feeds"));
    }
    [[nodiscard]] std::string reason() const { return value("SELECT next_poll_reason FROM feeds"); }
    // The header of the n-th request, "" if there is none.
    [[nodiscard]] std::string sent(const std::string& path, std::size_t n, const char* name) const {
        const auto requests = server_.requests(path);
        const std::string* value = requests.at(n).header(name);
        return value == nullptr ? "" : *value;
    }
};

// A slow machine may have got to the next one before it was told to stop.
constexpr const char* kFirstThree =
    "SELECT group_concat(outcome) FROM (SELECT outcome FROM polls ORDER BY id LIMIT 3)";

TEST_F(PollerManners, UnderstandADeltaAndGoOnFromIt) {
    int visit = 0;
    server_.route("/feed", [&](const HttpRequest&) -> HttpResponse {
        switch (++visit) {
            case 1:
                return {.headers = {{"ETag", "\"1\""}}, .body = items_of({"a", "b"})};
            case 2:
                return {.status = 226,
                        .headers = {{"ETag", "\"2\""}, {"IM", "feed"}},
                        .body = items_of({"c"})};
            default:
                return {.status = 304, .headers = {{"ETag", "\"2\""}}};
        }
    });
    often("/feed");
    open(Poller::Mode::forever);
    poll(3);
    poller_->stop();
    EXPECT_EQ(sent("/feed", 0, "A-IM"), "") << "nothing is known yet";
    EXPECT_EQ(sent("/feed", 1, "A-IM"), "feed");
    EXPECT_EQ(sent("/feed", 1, "If-None-Match"), "\"1\"");
    EXPECT_EQ(sent("/feed", 2, "If-None-Match"), "\"2\"");
    EXPECT_EQ(value(kFirstThree), "ok,ok,not_modified");
    EXPECT_EQ(value("SELECT count(*) || ' ' || count(withdrawn_at) FROM articles"), "3 0");
    EXPECT_EQ(value("SELECT suspected_gaps FROM feeds"), "0") << "a delta repeats nothing";
}

TEST_F(PollerManners, ParseAnotherBodyUnderTheSameValidators) {
    int visit = 0;
    server_.route("/feed", [&](const HttpRequest&) -> HttpResponse {
        return {.headers = {{"ETag", "\"same\""}},
                .body = ++visit == 1 ? items_of({"a"}) : items_of({"b", "a"})};
    });
    often("/feed");
    open(Poller::Mode::forever);
    poll(3);
    poller_->stop();
    EXPECT_EQ(value(kFirstThree), "ok,ok,unchanged");
    EXPECT_EQ(value("SELECT count(*) FROM articles"), "2");
}

TEST_F(PollerManners, SendTheNewValidatorsOfAnOldBody) {
    int visit = 0;
    server_.route("/feed", [&](const HttpRequest&) -> HttpResponse {
        return {.headers = {{"ETag", "\"" + std::to_string(++visit) + "\""}},
                .body = items_of({"a"})};
    });
    often("/feed");
    open(Poller::Mode::forever);
    poll(3);
    poller_->stop();
    EXPECT_EQ(sent("/feed", 2, "If-None-Match"), "\"2\"");
    EXPECT_EQ(value(kFirstThree), "ok,unchanged,unchanged");
}

TEST_F(PollerManners, KeepNoValidatorsOfWhatIsNoGoodFeed) {
    int visit = 0;
    server_.route("/feed", [&](const HttpRequest&) -> HttpResponse {
        HttpResponse answer{.headers = {{"ETag", "\"bad\""}}, .body = "<html>Under work</html>"};
        if (++visit == 2) answer.status = 500;
        return answer;
    });
    often("/feed");
    open(Poller::Mode::forever);
    poll(3);
    poller_->stop();
    for (std::size_t n = 0; n < 3; ++n)
        EXPECT_EQ(sent("/feed", n, "If-None-Match"), "");
}

TEST_F(PollerManners, SendNoValidatorsToAnotherUrl) {
    for (const char* path : {"/old", "/new"})
        server_.route(path, HttpResponse{.headers = {{"ETag", "\"x\""}}, .body = items_of({"a"})});
    list(server_.url("/old"));
    config_.feeds[0].name = "the feed";
    open(Poller::Mode::forever);
    poll(1);
    config_.feeds[0].url = server_.url("/new");
    poll(1);
    poller_->stop();
    EXPECT_EQ(sent("/new", 0, "If-None-Match"), "");
    EXPECT_EQ(value("SELECT count(*) FROM feeds"), "1");
}

TEST_F(PollerManners, HeedRetryAfterOfARedirectThatIsFollowed) {
    server_.route("/to", HttpResponse{.body = items_of({"a"})});
    for (const int status : {301, 302, 307, 308}) {
        config_.feeds.clear();
        const std::string path = "/" + std::to_string(status);
        server_.route(path, HttpResponse{.status = status,
                                         .headers = {{"Location", server_.url("/to")},
                                                     {"Retry-After", "7200"}}});
        list(server_.url(path));
        config_.feeds[0].name = "the feed";
        EXPECT_GE(put_off(), 7200) << status;
        EXPECT_THAT(reason(), HasSubstr("Retry-After 2h")) << status;
    }
    EXPECT_EQ(server_.hits("/to"), 4) << "it says when to come again, not when to go on";
    EXPECT_EQ(value("SELECT count(*) FROM hosts WHERE held_until IS NOT NULL"), "0");
}

TEST_F(PollerManners, HeedARetryAfterThatIsADate) {
    server_.route("/feed", [](const HttpRequest&) -> HttpResponse {
        const std::time_t then = std::time(nullptr) + 3 * 3600;
        std::array<char, 64> date{};
        std::strftime(date.data(), date.size(), "%a, %d %b %Y %H:%M:%S GMT", std::gmtime(&then));
        return {.status = 503, .headers = {{"Retry-After", date.data()}}};
    });
    often("/feed");
    EXPECT_GE(put_off(), 3 * 3600 - 1);
    EXPECT_THAT(reason(), HasSubstr("Retry-After"));
}

TEST_F(PollerManners, WaitAsLongAsTheDocumentAsks) {
    const struct {
        const char* hints;
        std::int64_t least;
        std::int64_t most;
    } cases[] = {
        {"<ttl>120</ttl>", 7200, 7300},
        {"<ttl>120.0</ttl>", 7200, 7300},
        {"<ttl>20000000</ttl>", 1, 10},  // absurd
        {"<skipHours><hour>99</hour></skipHours>", 1, 10},
        {"<skipDays><day>Caturday</day></skipDays>", 1, 10},
    };
    for (const auto& each : cases) {
        config_.feeds.clear();
        server_.route("/feed", HttpResponse{.body = asking(each.hints)});
        often("/feed");
        const std::int64_t wait = put_off();
        EXPECT_GE(wait, each.least) << each.hints;
        EXPECT_LE(wait, each.most) << each.hints;
        SQLite::Database(db_, SQLite::OPEN_READWRITE).exec("UPDATE feeds SET next_poll_at = NULL");
    }
}

TEST_F(PollerManners, ComeAtNoHourThatTheDocumentForbidsUnlessItForbidsAll) {
    const auto now = now_utc();
    const auto hour = std::chrono::duration_cast<std::chrono::hours>(now.time_since_epoch()) % 24;
    std::string this_and_next = "<skipHours>";
    for (int i = 0; i < 2; ++i) {
        const auto number = (hour.count() + i) % 24;
        this_and_next += "<hour>" + std::to_string(number == 0 ? 24 : number) + "</hour>";
    }
    server_.route("/feed", HttpResponse{.body = asking(this_and_next + "</skipHours>")});
    often("/feed");
    EXPECT_GE(put_off(), 3600);
    EXPECT_THAT(reason(), HasSubstr("skipHours until"));

    std::string all = "<skipHours>";
    for (int i = 1; i <= 24; ++i)
        all += "<hour>" + std::to_string(i) + "</hour>";
    server_.route("/feed", HttpResponse{.body = asking(all + "</skipHours>")});
    SQLite::Database(db_, SQLite::OPEN_READWRITE).exec("UPDATE feeds SET next_poll_at = NULL");
    EXPECT_LE(put_off(), 10);
}

TEST_F(PollerManners, NeverStayWhereATemporaryRedirectLeads) {
    server_.route("/to", HttpResponse{.body = items_of({"a"})});
    for (const char* path : {"/302", "/307"}) {
        server_.route(path, HttpResponse{.status = std::atoi(path + 1),
                                         .headers = {{"Location", server_.url("/to")}}});
        often(path);
    }
    open(Poller::Mode::forever);
    poll(10);
    poller_->stop();
    EXPECT_EQ(value("SELECT count(*) FROM feeds WHERE url = listed_url AND move_to IS NULL"), "2");
    EXPECT_GE(server_.hits("/302"), 4);
}

TEST_F(PollerManners, MoveWithAPermanentRedirectAfterThreePolls) {
    server_.route("/to", HttpResponse{.headers = {{"ETag", "\"x\""}}, .body = items_of({"a"})});
    server_.route("/from",
                  HttpResponse{.status = 301, .headers = {{"Location", server_.url("/to")}}});
    often("/from");
    open(Poller::Mode::forever);
    poll(5);
    poller_->stop();
    EXPECT_EQ(server_.hits("/from"), 3);
    EXPECT_EQ(value("SELECT url FROM feeds"), server_.url("/to"));
    EXPECT_EQ(value("SELECT listed_url FROM feeds"), server_.url("/from"));
    EXPECT_EQ(value("SELECT count(*) FROM articles"), "1");
}

TEST_F(PollerManners, LeaveAGoneFeedAloneUntilItsEntryIsTouched) {
    server_.route("/gone", HttpResponse{.status = 410});
    server_.route("/other", HttpResponse{.body = items_of({"a"})});
    often("/gone");
    often("/other");
    config_.feeds[0].name = "gone";
    open(Poller::Mode::forever);
    poll(4);
    EXPECT_EQ(server_.hits("/gone"), 1);
    EXPECT_EQ(value("SELECT status FROM feeds WHERE name = 'gone'"), "gone");
    poll(2);  // the same list once more is no touch
    open(Poller::Mode::forever);
    poll(2);  // nor is a restart
    EXPECT_EQ(server_.hits("/gone"), 1);
    config_.feeds[0].name = "perhaps not gone";
    server_.route("/gone", HttpResponse{.body = items_of({"b"})});
    poll(3);
    poller_->stop();
    EXPECT_GE(server_.hits("/gone"), 2);
    EXPECT_EQ(value("SELECT status FROM feeds WHERE name = 'perhaps not gone'"), "active");
}

TEST_F(PollerManners, GoBackToTheIntervalAtTheFirstSuccess) {
    int visit = 0;
    server_.route("/feed", [&](const HttpRequest&) -> HttpResponse {
        if (++visit <= 2) return {.status = 404};
        return {.body = items_of({"a"})};
    });
    often("/feed");
    open(Poller::Mode::forever);
    poll(1);
    EXPECT_THAT(reason(), HasSubstr("1 failure: backing off 2s"));
    poll(1);
    EXPECT_THAT(reason(), HasSubstr("2 failures: backing off 4s"));
    poll(1);
    poller_->stop();
    EXPECT_THAT(reason(), HasSubstr("interval 1s"));
    EXPECT_EQ(value("SELECT failures || status || last_error FROM feeds"), "0active");
}

}  // namespace
}  // namespace feedd::test
