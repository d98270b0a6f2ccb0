#include "service/classify.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd {
namespace {

using ::testing::HasSubstr;

struct Row {
    const char* name;
    Response response;
    PollError error;  // none: go on
    const char* says;
};

void PrintTo(const Row& row, std::ostream* out) {
    *out << row.name;
}

class FailureOf : public ::testing::TestWithParam<Row> {};

TEST_P(FailureOf, AnAnswer) {
    const auto failure = failure_of(GetParam().response);
    ASSERT_EQ(failure.has_value(), GetParam().error != PollError::none);
    if (!failure) return;
    EXPECT_EQ(failure->error, GetParam().error);
    EXPECT_THAT(failure->text, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Service, FailureOf,
    ::testing::Values(
        Row{"a_feed", {.status = 200}, PollError::none, ""},
        Row{"a_delta", {.status = 226}, PollError::none, ""},
        Row{"not_modified", {.status = 304, .conditional = true}, PollError::none, ""},
        Row{"not_modified_unasked", {.status = 304}, PollError::broken, "nothing had asked"},
        Row{"no_content", {.status = 204}, PollError::http, "204 instead of a feed"},
        Row{"a_part", {.status = 206}, PollError::http, "206"},
        Row{"not_found", {.status = 404}, PollError::http, "HTTP 404 Not Found"},
        Row{"forbidden", {.status = 403}, PollError::unauthorized, "403 Forbidden"},
        Row{"forbidden_by_a_wall_that_says_so",
            {.status = 403, .headers = {{"CF-Mitigated", "challenge"}}},
            PollError::unauthorized,
            "(a bot wall of Cloudflare)"},
        Row{"a_wall_by_its_title",
            {.status = 503, .body = "<html><head><title>Just a moment...</title></head></html>"},
            PollError::http,
            "503 Service Unavailable (a bot wall of Cloudflare)"},
        Row{"a_wall_by_its_script",
            {.status = 405, .body = "<script src='https://ct.captcha-delivery.com/c.js'></script>"},
            PollError::http,
            "HTTP 405 (a bot wall of DataDome)"},
        Row{"throttled", {.status = 429}, PollError::throttled, "429"},
        Row{"odd_status", {.status = 599}, PollError::http, "HTTP 599"},
        Row{"gone", {.status = 410}, PollError::gone, "410 Gone"},
        Row{"gone_where_it_moved_to",
            {.status = 410, .redirects = 1, .moved_to = "https://new.example/"},
            PollError::gone,
            "410 Gone"},
        Row{"gone_behind_a_temporary_redirect",
            {.status = 410, .redirects = 1},
            PollError::http,
            "temporary redirect"},
        Row{"no_answer",
            {.error = PollError::timeout, .error_text = "no answer within 5 s"},
            PollError::timeout,
            "within 5 s"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace feedd
