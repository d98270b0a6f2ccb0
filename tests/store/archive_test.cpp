// Documents as they were received: packed, kept once, bounded.
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/hash.h"
#include "samples.h"
#include "store/pack.h"

namespace feedd::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Text that does not repeat itself.
std::string text(std::uint64_t seed, std::size_t bytes) {
    std::string out;
    while (out.size() < bytes)
        out += std::to_string(quick_hash(std::to_string(out.size()), seed));
    out.resize(bytes);
    return out;
}

TEST(Pack, GivesBackWhatWasPackedAndCostsLittleForWhatThePrefixHas) {
    struct Case {
        const char* name;
        std::string prefix;
        std::string body;
        std::size_t most;  // bytes of the frame
    };
    const std::string large = text(1, 3'000'000);
    const Case cases[] = {
        {"nothing", "", "", 32},
        {"a word", "", "word", 32},
        {"against nothing", "", text(2, 100'000), 60'000},
        {"the same again", text(2, 100'000), text(2, 100'000), 100},
        {"one more in front", text(2, 100'000), text(3, 5'000) + text(2, 95'000), 3'500},
        {"a prefix that is of no use", text(4, 100'000), text(2, 100'000), 60'000},
        {"far back in a large prefix", large, large.substr(0, 100'000) + text(5, 10), 1'000},
        {"larger than its prefix", "abc", large, 1'600'000},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        const std::string frame = packed(each.body, each.prefix);
        EXPECT_LE(frame.size(), each.most);
        const auto body = unpacked(frame, each.prefix, each.body.size());
        ASSERT_TRUE(body) << message(body.error());
        EXPECT_EQ(*body, each.body);
    }
}

TEST(Pack, NoticesDamage) {
    const std::string body = text(1, 10'000);
    std::string frame = packed(body, "");
    EXPECT_FALSE(unpacked(frame, "", body.size() - 1));
    EXPECT_FALSE(unpacked(frame, "", body.size() + 1));
    EXPECT_FALSE(unpacked(frame.substr(0, frame.size() / 2), "", body.size()));
    frame[frame.size() / 2] = static_cast<char>(frame[frame.size() / 2] ^ 1);
    EXPECT_FALSE(unpacked(frame, "", body.size()));
    const std::string against = packed(body, text(2, 5'000) + body);
    EXPECT_FALSE(unpacked(against, text(3, 5'000) + text(4, 10'000), body.size()));
}

class Archive : public ::testing::Test {
  protected:
    // A poll of the feed at `when` that brought `body`.
    PollReport receive(std::size_t feed, int when, const std::string& body, bool is_feed = true) {
        PollOutcome outcome = poll(store_.feed(feed), at(when), {});
        auto packed = store_.reader()->packed(outcome.feed, body, digest_of(body));
        EXPECT_TRUE(packed) << message(packed.error());
        outcome.document = ArchiveEntry{.received = {.url = "https://one.example/feed",
                                                     .http_status = 200,
                                                     .content_type = "text/xml",
                                                     .content_language = "en"},
                                        .body = *std::move(packed),
                                        .is_feed = is_feed};
        return store_.commit(outcome);
    }

    std::vector<std::string> bodies() {
        const auto reader = store_.reader();
        const auto documents = reader->archived({}, 0, 1000);
        EXPECT_TRUE(documents) << message(documents.error());
        std::vector<std::string> bodies;
        for (const ArchivedDocument& document : *documents) {
            const auto body = reader->archived_body(document.body);
            EXPECT_TRUE(body) << message(body.error());
            bodies.push_back(body.value_or("?"));
        }
        return bodies;
    }

    int prune(const ArchiveBounds& bounds, int now, int most = 1000) {
        return store_.writer().prune_archive(bounds, most, at(now)).value_or(-1);
    }

    void expect_sound() {
        const auto findings = check_store(store_.path());
        ASSERT_TRUE(findings) << message(findings.error());
        EXPECT_THAT(*findings, IsEmpty());
    }

    Store store_;
};

TEST_F(Archive, KeepsWhatIsNeededToParseAgainInOrder) {
    receive(0, 10, "one");
    receive(1, 30, "two");
    receive(0, 20, "three");  // the clock was set right
    EXPECT_THAT(bodies(), ElementsAre("one", "two", "three"));
    const auto documents = store_.reader()->archived({.feeds = {store_.feed(0).id}}, 0, 10);
    ASSERT_TRUE(documents);
    ASSERT_EQ(documents->size(), 2U);
    const ArchivedDocument& first = documents->front();
    EXPECT_EQ(first.feed, store_.feed(0).id);
    EXPECT_EQ(first.at, at(10));
    EXPECT_EQ(first.received.url, "https://one.example/feed");
    EXPECT_EQ(first.received.http_status, 200);
    EXPECT_EQ(first.received.content_type, "text/xml");
    EXPECT_EQ(first.received.content_language, "en");
    const auto later = store_.reader()->archived({.since = at(20)}, first.id, 1);
    ASSERT_TRUE(later);
    EXPECT_EQ(later->at(0).at, at(30));
    expect_sound();
}

TEST_F(Archive, TakesLittleForSuccessiveWindowsAndNothingForABodyThatItHas) {
    std::vector<std::string> windows;
    std::string window = text(0, 40'000);
    for (int i = 1; i <= 100; ++i) {
        window = text(static_cast<std::uint64_t>(i), 2'000) + window.substr(0, 38'000);
        windows.push_back(window);
        ASSERT_FALSE(receive(0, i, window).error);
    }
    EXPECT_EQ(bodies(), windows);
    // In digits: 2,000 new ones a window take some 900 bytes, and each sixteenth is whole.
    const auto bytes = [&] {
        return std::stoi(store_.value("SELECT packed_bytes FROM archive_totals"));
    };
    const int before = bytes();
    EXPECT_LT(before, 100 * 1'500 + 7 * 20'000);
    receive(0, 200, windows[40]);
    receive(1, 200, windows[40]);
    EXPECT_EQ(bytes(), before);
    EXPECT_EQ(store_.value("SELECT count(*), max(depth) FROM archive_bodies"), "100|15");
    expect_sound();
}

TEST_F(Archive, KeepsWhatIsNoFeedOnceInARow) {
    receive(0, 1, "wall", false);
    receive(0, 2, "wall", false);
    receive(0, 3, "feed");
    receive(0, 4, "feed");  // read anew, after an edit of the list, say
    receive(0, 5, "wall", false);
    EXPECT_THAT(bodies(), ElementsAre("wall", "feed", "feed", "wall"));
}

TEST_F(Archive, IsBoundedByAgeOldestFirst) {
    for (int i = 1; i <= 40; ++i)
        receive(0, i, text(static_cast<std::uint64_t>(i), 1'000));
    receive(1, 5, "of another feed");
    const ArchiveBounds bounds{.max_age = Seconds{100}, .max_size = std::nullopt};
    EXPECT_EQ(prune(bounds, 104), 0);
    // Runs of sixteen go together, when the last of them is too old.
    EXPECT_EQ(prune(bounds, 106, 1), 1);
    EXPECT_EQ(prune(bounds, 116), 0);
    EXPECT_EQ(prune(bounds, 117), 16);
    EXPECT_EQ(bodies().size(), 24U);
    EXPECT_EQ(bodies().front(), text(17, 1'000));
    expect_sound();
    EXPECT_EQ(prune(bounds, 1'000), 24);
    EXPECT_EQ(store_.value("SELECT (SELECT count(*) FROM archive_bodies), "
                           "(SELECT count(*) FROM archive_runs), packed_bytes FROM archive_totals"),
              "0|0|0");
}

TEST_F(Archive, IsBoundedBySizeAndKeepsWhatAnotherDocumentNeeds) {
    for (int i = 1; i <= 20; ++i)
        receive(0, i, text(static_cast<std::uint64_t>(i), 10'000));
    receive(1, 30, text(1, 10'000));  // the first of the run that will go
    const int all = std::stoi(store_.value("SELECT packed_bytes FROM archive_totals"));
    EXPECT_EQ(prune({.max_age = std::nullopt, .max_size = all}, 40), 0);
    EXPECT_EQ(prune({.max_age = std::nullopt, .max_size = all - 1}, 40), 16);
    EXPECT_THAT(bodies(), ElementsAre(text(17, 10'000), text(18, 10'000), text(19, 10'000),
                                      text(20, 10'000), text(1, 10'000)));
    EXPECT_EQ(store_.value("SELECT count(*) FROM archive_bodies"), "5");
    expect_sound();
}

TEST_F(Archive, FetchesAgainWhatWasPackedAgainstADocumentThatIsGone) {
    receive(0, 1, "first");
    PollOutcome outcome = poll(store_.feed(0), at(2), {item("a", "alpha")});
    const std::string body = "first and second";
    outcome.document =
        ArchiveEntry{.body = *store_.reader()->packed(outcome.feed, body, digest_of(body))};
    EXPECT_TRUE(outcome.document->body.prefix);
    EXPECT_EQ(prune({.max_age = Seconds{1}, .max_size = std::nullopt}, 100), 1);
    EXPECT_TRUE(store_.commit(outcome).error);
    EXPECT_EQ(store_.value("SELECT count(*) FROM articles"), "0");
    EXPECT_THAT(bodies(), IsEmpty());
}

TEST_F(Archive, ChecksItself) {
    struct Case {
        const char* name;
        const char* damage;
        const char* finding;
    };
    const Case cases[] = {
        {"a changed body", "UPDATE archive_bodies SET packed = zeroblob(packed_size) WHERE id = 1",
         "archived body 1: "},
        {"another body", "UPDATE archive_bodies SET hash = 'x' WHERE id = 2",
         "archived body 2: it is not the one that was received"},
        {"a body of no document", "DELETE FROM archive_documents WHERE body_id = 2",
         "1 archived bodies are needed by nothing"},
        {"a wrong total", "UPDATE archive_totals SET packed_bytes = 7",
         "differs the archive's size"},
        {"a wrong run", "UPDATE archive_runs SET documents = 7",
         "1 runs of archived documents have another number of them"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.name);
        Store store;
        for (int i = 1; i <= 2; ++i) {
            PollOutcome outcome = poll(store.feed(0), at(i), {});
            const std::string body = text(static_cast<std::uint64_t>(i), 100);
            outcome.document =
                ArchiveEntry{.body = *store.reader()->packed(outcome.feed, body, digest_of(body))};
            ASSERT_FALSE(store.commit(outcome).error);
        }
        store.close();
        SQLite::Database(store.path(), SQLite::OPEN_READWRITE).exec(each.damage);
        const auto findings = check_store(store.path());
        ASSERT_TRUE(findings) << message(findings.error());
        EXPECT_THAT(*findings, testing::Contains(testing::HasSubstr(each.finding)));
    }
}

}  // namespace
}  // namespace feedd::test
