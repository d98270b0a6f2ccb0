#include "service/workers.h"

#include <atomic>
#include <future>

#include <gtest/gtest.h>

#include "store/open.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

Poll poll_of_no_feed() {
    return {.spec = std::make_shared<FeedSpec>(FeedSpec{.url = "http://a.example/"}),
            .state = {.id = 1, .url = "http://a.example/"},
            .response = {.status = 200, .url = "http://a.example/", .body = "no feed"}};
}

TEST(Workers, OpenTheStoreWhenThereIsSomethingToRead) {
    const TempDir directory;
    const std::string db = directory.path("feedd.db");
    ASSERT_TRUE(open_writer(db));
    std::atomic<int> opened = 0;
    const auto open = [&] {
        ++opened;
        return open_reader(db);
    };
    std::atomic<int> outcomes = 0;
    const auto count = [&](const PollOutcome& outcome) {
        EXPECT_EQ(outcome.error, PollError::not_feed) << outcome.error_text;
        ++outcomes;
    };
    Workers idle(2, open, count);
    idle.stop();
    EXPECT_EQ(opened, 0);
    Workers one(1, open, count);
    for (int i = 0; i < 3; ++i)
        one.push(poll_of_no_feed());
    one.stop();
    EXPECT_EQ(opened, 1);
    EXPECT_EQ(outcomes, 3);
}

TEST(Workers, ChargeNoFeedIfTheStoreCannotBeOpened) {
    std::promise<PollOutcome> promise;
    Workers workers(
        1,
        []() -> Result<std::unique_ptr<StoreReader>> {
            return fail(ErrorKind::io, "store", "too many open files");
        },
        [&](PollOutcome outcome) { promise.set_value(std::move(outcome)); });
    workers.push(poll_of_no_feed());
    const PollOutcome outcome = promise.get_future().get();
    EXPECT_EQ(outcome.error, PollError::internal);
    EXPECT_NE(outcome.error_text.find("too many open files"), std::string::npos);
    EXPECT_EQ(outcome.state.failures, 0);
    EXPECT_GT(outcome.plan.at, now_utc()) << "although it had no answer yet, as a file has none";
}

}  // namespace
}  // namespace feedd::test
