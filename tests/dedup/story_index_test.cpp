#include "dedup/story_index.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dedup/slot_table.h"

namespace feedd {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr Seconds kWindow{100};

StoryMember member(ArticleId article, int at) {
    return {.article = article, .feed = 1, .at = Time{Seconds{at}}, .seen_at = Time{Seconds{at}}};
}

std::vector<ArticleId> found_in(const StoryIndex& index, const StoryMember& of,
                                const std::vector<std::uint32_t>& asked) {
    std::vector<ArticleId> articles;
    for (const StoryIndex::Near& near : index.near(of, asked))
        articles.push_back(near.article);
    std::ranges::sort(articles);
    return articles;
}

TEST(StoryIndex, FindsWhatSharesPassagesWithinTheWindow) {
    StoryIndex index(kWindow);
    index.add(member(1, 0), std::vector<std::uint32_t>{10, 20, 30});
    index.add(member(2, 50), std::vector<std::uint32_t>{10, 20, 99});
    EXPECT_THAT(found_in(index, member(3, 60), {10, 20}), ElementsAre(1, 2));
    EXPECT_THAT(found_in(index, member(3, 60), {30}), IsEmpty());  // one is too few
    index.add(member(2, 60), std::vector<std::uint32_t>{77});      // says something else now
    EXPECT_THAT(found_in(index, member(3, 60), {10, 20}), ElementsAre(1));
    index.add(member(4, 101), std::vector<std::uint32_t>{5});
    EXPECT_THAT(found_in(index, member(3, 60), {10, 20}), IsEmpty());
}

TEST(StoryIndex, KeepsNoMoreThanItMay) {
    StoryIndex index(kWindow, 3);
    for (int i = 1; i <= 5; ++i)
        index.add(member(i, i), std::vector<std::uint32_t>{10, 20, 30, 40});
    EXPECT_EQ(index.size(), 3U);
    EXPECT_THAT(found_in(index, member(9, 6), {10, 20, 30, 40}), ElementsAre(3, 4, 5));
}

// Each time its passages and its place are taken again, and nothing piles up behind them.
TEST(StoryIndex, KeepsAnArticleThatIsRevisedAgainAndAgainOnce) {
    StoryIndex index(kWindow);
    std::mt19937 random(17);
    const auto passages = [&] {
        std::vector<std::uint32_t> some(10);
        std::ranges::generate(some, [&] { return static_cast<std::uint32_t>(random()); });
        return some;
    };
    for (int i = 1; i <= 50'000; ++i)
        index.add(member(i, 1), passages());
    const std::vector<std::uint32_t> kept = passages();
    for (int i = 0; i < 30'000; ++i)
        index.add(member(7, 2), kept);
    EXPECT_EQ(index.size(), 50'000U);
    EXPECT_THAT(found_in(index, member(60'000, 3), kept), ElementsAre(7));
}

TEST(StoryIndex, IsFilledAtOnceAsOneAfterTheOther) {
    std::mt19937 random(7);
    std::vector<FoundBy> all;
    for (int i = 1; i <= 60'000; ++i) {  // more than it enters in one pass
        FoundBy one{.member = member(i, i / 400), .kept = {}};
        for (int j = 0; j < 8; ++j)
            one.kept.push_back(static_cast<std::uint32_t>(random() % 20'000));
        all.push_back(std::move(one));
    }
    StoryIndex slow(kWindow);
    for (const FoundBy& one : all)
        slow.add(one.member, one.kept);
    const auto expect_the_same = [&](const StoryIndex& fast) {
        EXPECT_EQ(fast.size(), slow.size());
        for (std::size_t i = 0; i < all.size(); i += 500) {
            const StoryMember of = member(99'999, 120);
            EXPECT_EQ(found_in(fast, of, all[i].kept), found_in(slow, of, all[i].kept)) << i;
        }
    };
    StoryIndex fast(kWindow);
    fast.add_all(all, 0);
    expect_the_same(fast);
    const std::span<const FoundBy> first = std::span(all).first(10'000);
    const std::span<const FoundBy> rest = std::span(all).subspan(first.size());
    for (const std::size_t to_come :
         {std::size_t{0}, rest.size() / 3, rest.size(), 4 * rest.size()}) {
        SCOPED_TRACE(to_come);
        StoryIndex in_two(kWindow);
        in_two.add_all(first, to_come);
        in_two.add_all(rest, 0);
        expect_the_same(in_two);
    }
}

TEST(SlotTable, KeepsWhatIsAliveWhileItGrowsAndIsNumberedAnew) {
    std::mt19937 random(11);
    SlotTable table;
    std::map<std::uint32_t, std::multiset<SlotTable::Slot>> expected;
    for (SlotTable::Slot slot = 0; slot < 20'000; ++slot) {
        const auto passage = static_cast<std::uint32_t>(random() % 6'000 * 715'827);
        table.insert(passage, slot);
        expected[passage].insert(slot);
    }
    const auto slots_of = [&](std::uint32_t passage) {
        std::multiset<SlotTable::Slot> slots;
        table.for_slots(passage, [&](SlotTable::Slot slot) {
            slots.insert(slot);
            return true;
        });
        return slots;
    };
    for (const auto& [passage, slots] : expected)
        ASSERT_EQ(slots_of(passage), slots);
    // The even ones stay, as half of what they were.
    table.renumber(
        [](SlotTable::Slot slot) { return slot % 2 == 0 ? slot / 2 : SlotTable::kGone; });
    for (const auto& [passage, slots] : expected) {
        std::multiset<SlotTable::Slot> halves;
        for (const SlotTable::Slot slot : slots) {
            if (slot % 2 == 0) halves.insert(slot / 2);
        }
        ASSERT_EQ(slots_of(passage), halves);
    }
    EXPECT_THAT(slots_of(1), IsEmpty());
}

// Wherever in its part the hash has its home: at the end, too, where what follows needs room.
TEST(SlotTable, HoldsAnyNumberOfSlotsOfOneHash) {
    std::mt19937 random(13);
    for (int i = 0; i < 500; ++i) {
        SlotTable table;
        const auto hash = static_cast<std::uint32_t>(random());
        std::vector<SlotTable::Slot> expected;
        for (SlotTable::Slot slot = 0; slot < 200; ++slot) {
            table.insert(hash, slot * 3);
            expected.push_back(slot * 3);
        }
        table.insert_unless(hash, 1, [](SlotTable::Slot slot) {
            return slot == 300 ? SlotTable::Holder::enough : SlotTable::Holder::gone;
        });
        table.insert_unless(hash, 900, [](SlotTable::Slot slot) {
            return slot == 297 ? SlotTable::Holder::gone : SlotTable::Holder::other;
        });
        expected[99] = 900;
        std::vector<SlotTable::Slot> slots;
        table.for_slots(hash, [&](SlotTable::Slot slot) {
            slots.push_back(slot);
            return true;
        });
        ASSERT_EQ(slots, expected) << hash;
    }
}

TEST(SlotTable, KeepsTheLastSlotThatThereIs) {
    SlotTable table;
    table.insert(7, SlotTable::kMostSlots - 1);
    table.insert(0, 0);
    std::vector<SlotTable::Slot> slots;
    for (const std::uint32_t hash : {0U, 7U}) {
        table.for_slots(hash, [&](SlotTable::Slot slot) {
            slots.push_back(slot);
            return true;
        });
    }
    EXPECT_THAT(slots, ElementsAre(0, SlotTable::kMostSlots - 1));
}

}  // namespace
}  // namespace feedd
