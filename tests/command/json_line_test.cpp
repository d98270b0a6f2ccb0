#include "command/json_line.h"

#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace feedd {
namespace {

using Json = nlohmann::ordered_json;

TEST(JsonLine, IsWhatTheLibraryWrites) {
    std::string all;
    for (int c = 0; c < 0x80; ++c)
        all += static_cast<char>(c);
    const Json cases[] = {
        nullptr,
        true,
        -1,
        std::numeric_limits<std::uint64_t>::max(),
        1.0,
        0.1,
        std::numeric_limits<double>::quiet_NaN(),
        "",
        all,
        "caf\xC3\xA9 \xE2\x80\xA8\xF0\x9F\x98\x80\x7F",
        "broken \xC3, \xE2\x80 and \xFF",
        std::string(100, 'a') + "\"" + std::string(40, '\\') + std::string(33, 'b'),
        Json::array(),
        Json::object(),
        Json::array({1, Json::array(), "x", {{"b", 1}, {"a", nullptr}}}),
        {{"z\n", "1"}, {"a\xFF", Json::object({{"in", Json::array({Json::object()})}})}},
    };
    for (const Json& one : cases) {
        const std::string dumped = one.dump(-1, ' ', false, Json::error_handler_t::replace);
        EXPECT_EQ(json_line(one), dumped);
    }
}

}  // namespace
}  // namespace feedd
