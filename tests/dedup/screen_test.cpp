#include "dedup/screen.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace feedd {
namespace {

using ::testing::ElementsAre;

TEST(Screen, LetsThroughWhatIsNewOrChanged) {
    const std::vector<ItemKey> keys{{.key = "guid:same", .hash = 1},
                                    {.key = "guid:changed", .hash = 2},
                                    {.key = "guid:new", .hash = 3},
                                    {.key = "guid:same", .hash = 1, .duplicate = true},
                                    {.key = "guid:same too", .hash = 4}};
    const Screened screened = screen(
        keys, {{"guid:same", 1}, {"guid:changed", 7}, {"guid:same too", 4}, {"guid:gone", 5}});
    EXPECT_THAT(screened.fresh, ElementsAre(1U, 2U));
    ASSERT_EQ(screened.reseen.size(), 2U);
    EXPECT_EQ(screened.reseen[0].key, "guid:same");
    EXPECT_EQ(screened.reseen[0].position, 0);
    EXPECT_EQ(screened.reseen[1].key, "guid:same too");
    EXPECT_EQ(screened.reseen[1].position, 4);
    EXPECT_EQ(screened.known, 3);
}

TEST(Screen, LetsEverythingThroughAtFirst) {
    const std::vector<ItemKey> keys{{.key = "guid:a", .hash = 1}, {.key = "guid:b", .hash = 2}};
    const Screened screened = screen(keys, {});
    EXPECT_THAT(screened.fresh, ElementsAre(0U, 1U));
    EXPECT_TRUE(screened.reseen.empty());
    EXPECT_EQ(screened.known, 0);
}

TEST(Screen, IsContentWithNothing) {
    const Screened screened = screen({}, {{"guid:a", 1}});
    EXPECT_TRUE(screened.fresh.empty());
    EXPECT_TRUE(screened.reseen.empty());
}

}  // namespace
}  // namespace feedd
