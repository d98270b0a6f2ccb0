// feedd check, as a user runs it.
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kConfig = 78;

class Check : public ::testing::Test {
  protected:
    Finished check(std::vector<std::string> more = {},
                   std::map<std::string, std::string> environment = {}) {
        more.insert(more.begin(), "check");
        return run_program(FEEDD_BINARY, {.arguments = std::move(more),
                                          .directory = directory_.path(),
                                          .environment = std::move(environment)});
    }
    TempDir directory_;
};

TEST_F(Check, SaysHowManyFeedsAGoodListHas) {
    directory_.write("feeds.yaml", "feeds: [https://a.org/, https://b.org/]\n");
    const Finished done = check();
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(done.out, "feeds.yaml: 2 feeds, ok\n");
    EXPECT_THAT(done.err, IsEmpty());
}

TEST_F(Check, CountsTheFilesOfAListThatIncludesOthers) {
    directory_.write("feeds.yaml", "include: feeds.d/*.yaml\n");
    directory_.write("feeds.d/a.yaml", "feeds: [https://a.org/]\n");
    EXPECT_EQ(check().out, "feeds.yaml: 1 feed in 2 files, ok\n");
}

TEST_F(Check, WarnsOfAListWithoutFeeds) {
    directory_.write("feeds.yaml", "feeds: []\n");
    const Finished done = check();
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(done.out, "feeds.yaml: 0 feeds, ok\n");
    EXPECT_EQ(done.err, "feedd: feeds.yaml: warning: there is nothing to poll\n");
}

TEST_F(Check, PrintsEachErrorOnALineOfItsOwn) {
    directory_.write("feeds.yaml",
                     "feeds:\n  - url: https://a.org/\n    intervall: 5m\n  - www.b.org\n");
    const Finished done = check();
    EXPECT_EQ(done.exit_code, kConfig);
    EXPECT_THAT(done.out, IsEmpty());
    EXPECT_EQ(done.err,
              "feedd: feeds.yaml:3:5: unknown key 'intervall' in a feed (did you mean "
              "'interval'?)\n"
              "feedd: feeds.yaml:4:5: 'www.b.org' is no URL that can be polled (did you mean "
              "'https://www.b.org'?)\n");
}

TEST_F(Check, EndsTheSameForAListThatCannotBeRead) {
    const Finished done = check({"--config", "gone.yaml"});
    EXPECT_EQ(done.exit_code, kConfig);
    EXPECT_EQ(done.err, "feedd: gone.yaml: cannot be read: No such file or directory\n");
}

TEST_F(Check, FillsInTheEnvironmentAndNeverPrintsIt) {
    directory_.write("feeds.yaml",
                     "feeds:\n  - {url: 'https://u:${KEY}@a.org:x/', headers: {A: '${KEY}'}}\n");
    const Finished unset = check();
    EXPECT_THAT(unset.err, HasSubstr("the environment variable 'KEY' is not set"));
    const Finished done = check({}, {{"KEY", "s3cret"}});
    EXPECT_THAT(done.err, EndsWith("'https://a.org:x/' is no usable URL (check host and port)\n"));
    EXPECT_THAT(done.err, Not(HasSubstr("s3cret")));
}

TEST_F(Check, WarnsOfCredentialsThatGoInTheClear) {
    directory_.write("feeds.yaml",
                     "feeds:\n"
                     "  - {url: https://a.org/, name: a, auth: {token: s3cret}}\n"
                     "  - {url: http://b.org/, name: b, headers: {X-Client: reader}}\n"
                     "  - {url: http://c.org/, name: c, auth: {user: me, password: s3cret}}\n");
    const Finished done = check();
    EXPECT_EQ(done.exit_code, 0);
    EXPECT_EQ(done.err,
              "feedd: feeds.yaml:4: warning: 'c' is told its credentials over http, for everybody "
              "on the way to read (write https:// if the server has it)\n");
    const auto said = nlohmann::json::parse(check({"--format", "json"}).out);
    EXPECT_EQ(said["ok"], true);
    EXPECT_EQ(said["warnings"][0]["where"], "feeds.yaml:4");
}

TEST_F(Check, AcceptsInternationalHostNames) {
    directory_.write("feeds.yaml", "feeds: [https://bücher.example/feed]\n");
    EXPECT_EQ(check().out, "feeds.yaml: 1 feed, ok\n");
}

TEST_F(Check, PrintsJsonForGoodAndBadLists) {
    directory_.write("feeds.yaml", "feeds: [https://a.org/]\n");
    const auto good = nlohmann::json::parse(check({"--format", "json"}).out);
    EXPECT_EQ(good["ok"], true);
    EXPECT_EQ(good["feeds"], 1);
    EXPECT_THAT(good["errors"], IsEmpty());
    directory_.write("feeds.yaml", "feeds: [hello]\n");
    const Finished bad = check({"--format", "json"});
    EXPECT_EQ(bad.exit_code, kConfig);
    const auto said = nlohmann::json::parse(bad.out);
    EXPECT_EQ(said["ok"], false);
    EXPECT_EQ(said["errors"][0]["where"], "feeds.yaml:1:9");
}

TEST_F(Check, AcceptsTheListThatIsShipped) {
    const Finished done = check({"--config", FEEDD_SOURCE_DIR "/feeds.yaml"});
    EXPECT_EQ(done.exit_code, 0) << done.err;
}

}  // namespace
}  // namespace feedd::test
