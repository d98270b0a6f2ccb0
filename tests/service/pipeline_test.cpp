// Answer → outcome → store → state, poll after poll, without the network.
#include "service/pipeline.h"

#include <gtest/gtest.h>

#include "dedup/judge.h"
#include "store/open.h"
#include "support/feed_maker.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

constexpr const char* kUrl = "https://news.example/feed";
constexpr const char* kNewUrl = "https://new.example/feed";

class Pipeline : public ::testing::Test {
  protected:
    Pipeline()
        : writer_(*open_writer(directory_.path("feedd.db"))),
          reader_(*open_reader(directory_.path("feedd.db"))),
          spec_(std::make_shared<FeedSpec>(
              FeedSpec{.url = kUrl, .name = "news", .interval = Seconds{3600}})),
          state_(writer_->apply_list({spec_.get(), 1}, now_).value().at(0)) {}

    static std::string body(const std::string& mark = "1") {
        return made_feed(MadeFormat::rss20, "News", "https://news.example/",
                         {{.guid = mark,
                           .link = "https://news.example/" + mark,
                           .title = "Title " + mark,
                           .text = "Text " + mark,
                           .byline = "Ann Lee",
                           .date = "2025-04-01T01:02:03Z",
                           .enclosure = "https://news.example/" + mark + ".mp3"}});
    }

    static Response good(std::string content = body(), const char* etag = "\"1\"") {
        Response response{.status = 200, .url = kUrl, .headers = {{"ETag", etag}}};
        response.body = std::move(content);
        return response;
    }

    // One poll, an hour after the last; its outcome, already committed.
    PollOutcome poll(Response response) {
        now_ += Seconds{3600};
        response.at = now_;
        const bool nothing = brings_nothing_to_read(response);
        Poll poll{.spec = spec_, .state = state_, .response = std::move(response)};
        std::vector<PollOutcome> outcomes;
        outcomes.push_back(nothing ? outcome_without_reading(poll)
                                   : outcome_of(std::move(poll), *reader_));
        const auto reports = writer_->commit(outcomes, judge);
        EXPECT_FALSE(reports[0].error) << message(*reports[0].error);
        state_ = outcomes[0].state;
        return std::move(outcomes[0]);
    }

    TempDir directory_;
    Time now_ = *parse_utc("2025-04-08T00:00:00Z");
    std::unique_ptr<StoreWriter> writer_;
    std::unique_ptr<StoreReader> reader_;
    std::shared_ptr<const FeedSpec> spec_;
    FeedState state_;
};

Response moved(Response response) {
    response.url = kNewUrl;
    response.redirects = 1;
    response.moved_to = kNewUrl;
    return response;
}

TEST_F(Pipeline, ReadsWhatThereIsToRead) {
    const struct {
        const char* name;
        Response response;
        bool nothing;
    } table[] = {
        {"304", {.status = 304, .conditional = true}, true},
        {"304 that nothing had asked for", {.status = 304}, true},
        {"no answer", {.error = PollError::dns, .error_text = "no such host"}, true},
        {"too large", {.status = 200, .error = PollError::too_large, .error_text = "big"}, true},
        {"refused without a page", {.status = 404}, true},
        {"refused with a page, perhaps a wall", {.status = 403, .body = "<html>"}, false},
        {"a document", good(), false},
        {"an empty document", {.status = 200}, false},
        {"a file, not read yet", {}, false},
    };
    for (const auto& [name, response, nothing] : table)
        EXPECT_EQ(brings_nothing_to_read(response), nothing) << name;
}

TEST_F(Pipeline, ComesToTheSameWithoutAReader) {
    poll(good());
    Response gone{.status = 410, .at = now_};
    Response nothing{.status = 304, .conditional = true, .at = now_};
    for (const Response& response : {gone, nothing}) {
        Poll poll{.spec = spec_, .state = state_, .response = response};
        const PollOutcome read = outcome_of(poll, *reader_);
        const PollOutcome unread = outcome_without_reading(poll);
        EXPECT_EQ(unread.result, read.result);
        EXPECT_EQ(unread.error_text, read.error_text);
        EXPECT_EQ(unread.plan.at, read.plan.at);
        EXPECT_EQ(unread.plan.reasons, read.plan.reasons);
        EXPECT_EQ(unread.replans_only, read.replans_only);
        EXPECT_EQ(unread.state.rhythm, read.state.rhythm);
    }
}

TEST_F(Pipeline, WritesOfAnUnchangedPollOnlyThePlan) {
    Response nothing{.status = 304, .url = kUrl};
    nothing.conditional = true;
    const auto expect_stored = [&] {
        const FeedState stored = writer_->apply_list({spec_.get(), 1}, now_).value().at(0);
        EXPECT_EQ(stored.status, state_.status);
        EXPECT_EQ(stored.validators, state_.validators);
        EXPECT_EQ(stored.failures, state_.failures);
        EXPECT_EQ(stored.last_error, state_.last_error);
        EXPECT_EQ(stored.last_polled_at, now_);
        EXPECT_EQ(stored.last_success_at, state_.last_success_at);
        EXPECT_EQ(stored.next_poll_at, state_.next_poll_at);
    };
    EXPECT_FALSE(poll(good()).replans_only);
    EXPECT_TRUE(poll(nothing).replans_only);
    expect_stored();
    EXPECT_FALSE(poll({.status = 500}).replans_only);
    expect_stored();
    EXPECT_FALSE(poll(nothing).replans_only) << "the failure is over";
    expect_stored();
    EXPECT_TRUE(poll(good()).replans_only) << "the body of last time";
    expect_stored();
    EXPECT_FALSE(poll(good(body(), "\"2\"")).replans_only) << "another validator";
    expect_stored();
}

TEST_F(Pipeline, KeepsValidatorsOfAGoodAnswerAndThroughFailures) {
    poll(good());
    EXPECT_EQ(state_.validators.etag, "\"1\"");
    EXPECT_EQ(poll({.status = 500, .headers = {{"ETag", "\"bad\""}}}).result, PollResult::failed);
    EXPECT_EQ(state_.validators.etag, "\"1\"");
    EXPECT_EQ(state_.failures, 1);
    EXPECT_EQ(state_.status, FeedStatus::failing);
}

TEST_F(Pipeline, TakesTheSameBodyForUnchangedAndItsNewValidators) {
    EXPECT_EQ(poll(good()).result, PollResult::ok);
    EXPECT_EQ(poll(good(body(), "\"2\"")).result, PollResult::unchanged);
    EXPECT_EQ(state_.validators.etag, "\"2\"");
}

TEST_F(Pipeline, KeepsNoValidatorThatWouldMakeTheNextRequestTooLarge) {
    const std::string longest = '"' + std::string(4094, 'x') + '"';
    poll(good(body(), longest.c_str()));
    EXPECT_EQ(state_.validators.etag, longest);
    const std::string longer = '"' + std::string(4095, 'x') + '"';
    poll(good(body(), longer.c_str()));
    EXPECT_EQ(state_.validators.etag, std::nullopt);
}

TEST_F(Pipeline, AsksOnceMoreForADocumentThatWasCutShort) {
    const std::string cut = body().substr(0, body().find("</channel>"));
    EXPECT_EQ(poll(good(cut)).result, PollResult::ok);
    EXPECT_TRUE(state_.validators.empty());
    // Its publisher writes it so: no use in asking for the rest for ever.
    EXPECT_EQ(poll(good(cut)).result, PollResult::unchanged);
    EXPECT_EQ(state_.validators.etag, "\"1\"");
}

TEST_F(Pipeline, AdoptsAPermanentRedirectThatHeldForThreePolls) {
    poll(moved(good()));
    poll(moved(good()));
    EXPECT_EQ(state_.url, kUrl);
    poll(moved(good()));
    EXPECT_EQ(state_.url, kNewUrl);
    EXPECT_EQ(state_.listed_url, kUrl);
    EXPECT_TRUE(state_.validators.empty()) << "none after a change of URL";
}

TEST_F(Pipeline, CountsAnewWhenAPermanentRedirectDoesNotHold) {
    poll(moved(good()));
    poll(moved(good()));
    poll(good());
    poll(moved(good()));
    poll(moved(good()));
    EXPECT_EQ(state_.url, kUrl);
}

TEST_F(Pipeline, GoesBackToTheListedUrlWhenTheAdoptedOneIsGone) {
    for (int i = 0; i < 3; ++i)
        poll(moved(good()));
    ASSERT_EQ(state_.url, kNewUrl);
    EXPECT_FALSE(poll({.status = 410}).plan.never);
    EXPECT_EQ(state_.url, kUrl);
    EXPECT_EQ(state_.status, FeedStatus::failing);
    EXPECT_TRUE(poll({.status = 410}).plan.never) << "the list's own URL, too";
    EXPECT_EQ(state_.status, FeedStatus::gone);
}

TEST_F(Pipeline, GoesBackToTheListedUrlWhenTheAdoptedOneFailsAgainAndAgain) {
    for (int i = 0; i < 3; ++i)
        poll(moved(good()));
    for (int i = 0; i < 4; ++i)
        poll({.status = 404});
    EXPECT_EQ(state_.url, kNewUrl);
    poll({.status = 404});
    EXPECT_EQ(state_.url, kUrl);
}

TEST_F(Pipeline, SuspectsAGapWhenNothingIsKnownAnyMore) {
    EXPECT_FALSE(poll(good(body("1"))).gap_suspected) << "the first poll";
    EXPECT_TRUE(poll(good(body("2"))).gap_suspected);
    EXPECT_FALSE(poll(good(body("2") + " ")).gap_suspected);
}

TEST_F(Pipeline, ChargesNoFeedForOurOwnFault) {
    poll(good());
    const PollOutcome outcome =
        internal_failure({.spec = spec_, .state = state_, .response = {.at = now_}},
                         "a bug of feedd: no such thing");
    EXPECT_EQ(outcome.result, PollResult::failed);
    EXPECT_EQ(outcome.state.failures, 0);
    EXPECT_EQ(outcome.state.status, FeedStatus::active);
    EXPECT_EQ(outcome.state.last_error, "a bug of feedd: no such thing");
    EXPECT_GT(outcome.plan.at, now_);
}

TEST_F(Pipeline, ArchivesDocumentsThatWereReadIfTheListSaysSo) {
    EXPECT_FALSE(poll(good(body("1"))).document);
    auto archived = std::make_shared<FeedSpec>(*spec_);
    archived->archive = true;
    spec_ = archived;
    Response answer = good(body("2"));
    answer.url = "https://me:secret@news.example/feed?edition=2";
    answer.headers.push_back({"Content-Type", "application/rss+xml"});
    answer.headers.push_back({"Set-Cookie", "secret"});
    const PollOutcome outcome = poll(answer);
    ASSERT_TRUE(outcome.document);
    EXPECT_EQ(outcome.document->received.url, "https://news.example/feed?edition=2");
    EXPECT_EQ(outcome.document->received.content_type, "application/rss+xml");
    EXPECT_EQ(outcome.document->received.content_language, "");
    EXPECT_FALSE(poll(good(body("2"))).document);  // unchanged
    EXPECT_FALSE(poll({.status = 304, .conditional = true}).document);
    EXPECT_FALSE(poll({.status = 500, .body = "oops"}).document);
    EXPECT_TRUE(
        poll(good("<html><p>login</p></html>")).document);  // a later parser may know better
    const auto documents = reader_->archived({}, 0, 10);
    ASSERT_TRUE(documents);
    ASSERT_EQ(documents->size(), 2U);
    EXPECT_EQ(reader_->archived_body(documents->front().body).value_or(""), body("2"));
}

}  // namespace
}  // namespace feedd::test
