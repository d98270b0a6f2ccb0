// A rhythm as the store keeps it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

#include "model/rhythm_bytes.h"
#include "schedule/rhythm.h"

namespace feedd {
namespace {

Rhythm by_chance(std::mt19937& random) {
    std::uniform_int_distribution<int> kind(0, 3);
    std::lognormal_distribution<float> amount(0, 4);
    const auto number = [&] { return kind(random) == 0 ? 0.0F : amount(random); };
    Rhythm rhythm;
    rhythm.seen_until = Time{Seconds{1'700'000'000 + kind(random)}};
    rhythm.window = kind(random) * 20;
    for (float* sum : {&rhythm.moments, &rhythm.exposure, &rhythm.surprise, &rhythm.caution})
        *sum = number();
    for (float& count : rhythm.hours)
        count = number();
    for (float& count : rhythm.gaps)
        count = number();
    for (float& likelihood : rhythm.evidence)
        likelihood = -number();
    const int known = kind(random) * 20 / 3;
    std::uint32_t at = 1'700'000'000;
    for (int i = 0; i < known; ++i)
        rhythm.recent.at(static_cast<std::size_t>(i)) = at -=
            static_cast<std::uint32_t>(amount(random));
    return rhythm;
}

TEST(RhythmText, IsNearToWhatItWasAndThenTheSameForEver) {
    std::mt19937 random(1);
    for (int i = 0; i < 500; ++i) {
        const Rhythm rhythm = by_chance(random);
        const std::string text = to_text(rhythm);
        EXPECT_LT(text.size(), 450U);
        const auto read = rhythm_from_text(text);
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(to_text(*read), text);
        EXPECT_EQ(read->seen_until, rhythm.seen_until);
        EXPECT_EQ(read->window, rhythm.window);
        EXPECT_EQ(read->recent, rhythm.recent);
        EXPECT_NEAR(read->exposure, rhythm.exposure, rhythm.exposure / 50'000);
        for (std::size_t h = 0; h < Rhythm::kHours; ++h)
            EXPECT_NEAR(read->hours.at(h), rhythm.hours.at(h), rhythm.hours.at(h) / 50'000);
        for (std::size_t s = 0; s < Rhythm::kShapes; ++s)
            EXPECT_NEAR(read->evidence.at(s), rhythm.evidence.at(s),
                        -rhythm.evidence.at(s) / 50'000);
    }
}

TEST(RhythmText, HoldsTheLargestAndTheSmallestNumbers) {
    Rhythm rhythm;
    rhythm.seen_until = Time{Seconds{253'402'300'799}};
    rhythm.window = std::numeric_limits<std::int32_t>::max();
    rhythm.moments = std::numeric_limits<float>::max();
    rhythm.items = std::numeric_limits<float>::denorm_min();
    rhythm.lately = -0.0F;
    rhythm.recent.fill(std::numeric_limits<std::uint32_t>::max());
    const auto read = rhythm_from_text(to_text(rhythm));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->seen_until, rhythm.seen_until);
    EXPECT_EQ(read->window, rhythm.window);
    EXPECT_EQ(read->recent, rhythm.recent);
    EXPECT_TRUE(std::isfinite(read->moments));
    EXPECT_GT(read->moments, 3e38F);
    EXPECT_LT(read->items, 1e-30F);
    EXPECT_EQ(rhythm_from_text(to_text(Rhythm{})), Rhythm{});
}

// As stores have it that an earlier feedd has written.
TEST(RhythmText, IsReadInItsOldForm) {
    const auto read = rhythm_from_text("r1,1746057600,20,7.5,30.25,1.5,7,8,30,2,1.25,1.75,0.5" +
                                       std::string(9, ',') + "2" + std::string(15, ',') +
                                       ",1,2,3,4,5,6,7" + ",,,,,4.5,,,," + ",-1.5,-2,,,,,," +
                                       ",-1746050000,86400,86400" + std::string(17, ','));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->seen_until, Time{Seconds{1746057600}});
    EXPECT_EQ(read->window, 20);
    EXPECT_EQ(read->moments, 7.5F);
    EXPECT_EQ(read->caution, 0.5F);
    EXPECT_EQ(read->hours[8], 2.0F);
    EXPECT_EQ(read->weekdays[6], 7.0F);
    EXPECT_EQ(read->gaps[4], 4.5F);
    EXPECT_EQ(read->evidence[0], -1.5F);
    EXPECT_EQ(read->recent[0], 1746050000U);
    EXPECT_EQ(read->recent[2], 1746050000U - 2 * 86400);
    EXPECT_EQ(read->recent[3], 0U);
}

// In the other alphabet of Base64 and without padding.
TEST(RhythmText, IsReadAsItWasWrittenBeforeInBytes) {
    std::mt19937 random(3);
    for (int i = 0; i < 100; ++i) {
        const std::string now = to_text(by_chance(random));
        std::string before = now.substr(0, now.find('='));
        std::ranges::replace(before, '+', '-');
        std::ranges::replace(before, '/', '_');
        ASSERT_TRUE(rhythm_from_text(before)) << before;
        EXPECT_EQ(to_text(*rhythm_from_text(before)), now);
    }
}

TEST(RhythmText, IsRefusedWhereItIsDamaged) {
    std::mt19937 random(2);
    const std::string sound = to_text(by_chance(random));
    for (const std::string& text : {std::string(), std::string("r2"), std::string("r2,"),
                                    std::string("r3,AAAA"), std::string("r1,1"), sound + "A",
                                    sound.substr(0, sound.size() - 3), "r2,*" + sound.substr(3)})
        EXPECT_EQ(rhythm_from_text(text), std::nullopt) << text;
    // Any other damage costs a rhythm at worst: what is read is one.
    for (std::size_t i = 3; i < sound.size(); ++i) {
        std::string text = sound;
        text[i] = text[i] == 'x' ? 'y' : 'x';
        const auto read = rhythm_from_text(text);
        if (!read) continue;
        EXPECT_EQ(rhythm_from_text(to_text(*read)).has_value(), true);
        for (const float count : read->hours)
            EXPECT_TRUE(std::isfinite(count) && count >= 0);
    }
}

}  // namespace
}  // namespace feedd
