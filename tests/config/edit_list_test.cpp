// Lists edited on disk: validated whole, replaced whole, or left alone.
#include "config/edit_list.h"

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/feed_url.h"
#include "config/lists.h"

namespace feedd::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

const NewFeed kNew{.url = "https://new.org/rss", .name = "new"};

std::string said(const ListRefusal& refusal) {
    std::string lines;
    for (const Error& error : refusal.errors)
        lines += error.what + (error.hint.empty() ? "" : " (" + error.hint + ")") + "\n";
    return lines;
}

class EditList : public ::testing::Test {
  protected:
    auto add(const std::vector<NewFeed>& feeds, const std::string& file = {}) {
        return add_to_list({.list = directory_.path("feeds.yaml"),
                            .file = file.empty() ? file : directory_.path(file),
                            .feeds = feeds},
                           environment_of({}));
    }
    std::string text(std::string_view name = "feeds.yaml") const {
        return read_file(directory_.path(name));
    }
    TempDir directory_;
};

TEST_F(EditList, PutsFeedsOnTheList) {
    directory_.write("feeds.yaml", "feeds:\n  - https://a.org/\n");
    const auto after = add({kNew});
    ASSERT_TRUE(after) << said(after.error());
    EXPECT_EQ(text(), "feeds:\n  - https://a.org/\n  - url: https://new.org/rss\n    name: new\n");
    ASSERT_EQ(after->feeds.size(), 2U);
    EXPECT_EQ(after->feeds[1].name, "new");
}

TEST_F(EditList, MakesAListThatIsNotThere) {
    ASSERT_TRUE(add({kNew}));
    EXPECT_EQ(text(), "feeds:\n  - url: https://new.org/rss\n    name: new\n");
}

TEST_F(EditList, EditsAFileThatIsIncluded) {
    directory_.write("feeds.yaml", "include: more.yaml\n");
    directory_.write("more.yaml", "feeds:\n  - https://a.org/\n");
    ASSERT_TRUE(add({kNew}, "more.yaml"));
    EXPECT_THAT(text("more.yaml"), HasSubstr("https://new.org/rss"));
    EXPECT_EQ(text(), "include: more.yaml\n");
    ASSERT_TRUE(add({{.url = "https://third.org/"}}));
    EXPECT_EQ(text(), "include: more.yaml\n\nfeeds:\n  - https://third.org/\n");
}

TEST_F(EditList, DoesNotNeedTheSecretsOfTheList) {
    directory_.write("feeds.yaml",
                     "feeds:\n"
                     "  - url: https://u:${PASSWORD}@a.org:${PORT}/${TOKEN}\n"
                     "    name: a\n"
                     "  - url: https://b.org/?k=${credential:b-key}\n"
                     "    headers: {X: \"${OTHER}\"}\n"
                     "    client_certificate: ${CREDENTIALS_DIRECTORY}/x.pem\n");
    const auto after = add({kNew});
    ASSERT_TRUE(after) << said(after.error());
    EXPECT_EQ(after->feeds.size(), 3U);
    EXPECT_THAT(said(add({{.url = "https://c.org/", .name = "a"}}).error()),
                HasSubstr("two feeds are named 'a'"));
}

TEST_F(EditList, KeepsModeAndFollowsLinks) {
    const std::string real = directory_.write("real/list.yaml", "feeds: [https://a.org/]\n");
    ::chmod(real.c_str(), 0640);
    fs::create_symlink("real/list.yaml", directory_.path("feeds.yaml"));
    ASSERT_TRUE(add({kNew}));
    EXPECT_TRUE(fs::is_symlink(directory_.path("feeds.yaml")));
    EXPECT_THAT(text("real/list.yaml"), HasSubstr("new.org"));
    struct stat about {};
    ::stat(real.c_str(), &about);
    EXPECT_EQ(about.st_mode & 07777, 0640);
    EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path("real")), {}), 1);
}

struct Refusal {
    std::string_view name;
    std::string_view list;
    NewFeed feed;
    std::string_view error;  // part of what is said
    bool by_hand;
};

void PrintTo(const Refusal& row, std::ostream* out) {
    *out << row.name;
}

const std::vector<Refusal> kRefusals{
    {"AListWithErrors", "feeds:\n  - www.a.org\n", kNew, "did you mean 'https://www.a.org'?",
     false},
    {"AListThatIsNoYaml", "feeds: [\n", kNew, "a bracket opened here is never closed", false},
    {"TheSameUrl", "feeds:\n  - https://NEW.org/rss#x\n", kNew, "this URL is on the list twice",
     true},
    {"TheSameName", "feeds:\n  - {url: https://a.org/, name: new}\n", kNew,
     "two feeds are named 'new'", true},
    {"ANameThatAnotherFeedHasByItsUrl", "feeds:\n  - https://new/\n", kNew,
     "the edit would do more than add: 'new' changes", true},
    {"AUrlThatIsNone", "feeds: []\n", {.url = "ftp://new.org/"}, "no URL that can be polled", true},
    {"AnEntryInsideOfAText", "feeds:\n  - url: https://a.org/\n    name: \"a\nb\"\n", kNew, "",
     true},
    {"AnAlias", "defaults: {user_agent: &x y}\nfeeds: ~\n", kNew, "something stands behind", true},
    {"ASecondDocument", "include: b.yaml\n...\n", kNew, "", true},
};

class EditListRefuses : public EditList, public ::testing::WithParamInterface<Refusal> {};

TEST_P(EditListRefuses, AndWritesNothing) {
    directory_.write("feeds.yaml", GetParam().list);
    directory_.write("b.yaml", "feeds: []\n");
    const auto after = add({GetParam().feed});
    ASSERT_FALSE(after) << text();
    EXPECT_THAT(said(after.error()), HasSubstr(std::string(GetParam().error)));
    EXPECT_EQ(after.error().by_hand, GetParam().by_hand);
    EXPECT_EQ(text(), GetParam().list);
    EXPECT_EQ(std::distance(fs::directory_iterator(directory_.path()), {}), 2);
}

INSTANTIATE_TEST_SUITE_P(Lists, EditListRefuses, ::testing::ValuesIn(kRefusals),
                         [](const auto& row) { return std::string(row.param.name); });

TEST_F(EditList, RefusesAFileThatIsNotOfTheList) {
    directory_.write("feeds.yaml", "feeds: []\n");
    directory_.write("other.yaml", "feeds: []\n");
    const auto after = add({kNew}, "other.yaml");
    ASSERT_FALSE(after);
    EXPECT_THAT(said(after.error()), HasSubstr("is no file of the list"));
    EXPECT_EQ(text("other.yaml"), "feeds: []\n");
}

TEST_F(EditList, RefusesAFileWithOtherNames) {
    const std::string path = directory_.write("feeds.yaml", "feeds: []\n");
    fs::create_hard_link(path, directory_.path("again.yaml"));
    EXPECT_THAT(said(add({kNew}).error()), HasSubstr("has other names"));
    EXPECT_EQ(text(), "feeds: []\n");
}

TEST(Replacement, RefusesAFileThatWasEditedMeanwhile) {
    const TempDir directory;
    const std::string path = directory.write("feeds.yaml", "feeds: []\n");
    const auto file = Replacement::open(path);
    ASSERT_TRUE(file);
    directory.write("feeds.yaml", "feeds: [https://a.org/]\n");
    const auto written = file->replace("feeds: [https://b.org/]\n");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().what, "was edited at the same time");
    EXPECT_EQ(read_file(path), "feeds: [https://a.org/]\n");
}

TEST_F(EditList, LosesNoneOfManyEditsAtATime) {
    directory_.write("feeds.yaml", "feeds: []\n");
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back(
            [this, i] { EXPECT_TRUE(add({{.url = fmt::format("https://n{}.org/", i)}})); });
    }
    for (std::thread& thread : threads)
        thread.join();
    const auto config = load_config(directory_.path("feeds.yaml"), environment_of({}));
    ASSERT_TRUE(config);
    EXPECT_EQ(config->feeds.size(), 8U);
}

// Lists as nobody writes them: whatever comes of an edit, no old byte is lost and no old feed is
// touched.
class RandomList {
  public:
    explicit RandomList(std::uint32_t seed) : random_(seed) {}

    std::string text() {
        std::string out = one_of({"", "# head\n", "store: x.db\n", "---\n", "\n\n"});
        const bool after = chance(2);
        if (!after) out += one_of({"", "include: more.yaml\n", "defaults:\n  interval: 1h\n"});
        out += feeds();
        if (after) out += one_of({"", "\n# end\n", "retention: {articles: 30d}\n", "\n\n  # x\n"});
        if (chance(4) && out.ends_with('\n')) out.pop_back();
        if (chance(4)) replace_all(out, "\n", "\r\n");
        return out;
    }

    NewFeed feed(int number) {
        static const std::vector<std::string> kNames{"",          "plain",    "it's: \"x\" #1",
                                                     "Ωμέγα, ok", "null",     "[x]",
                                                     "% & *",     "\\back\\", "12:30"};
        NewFeed made{.url = fmt::format("https://new{}.org/{}", number,
                                        one_of({"", "a,b", "?x=[1]&y={2}", "a:b#c", "$${KEY}"})),
                     .name = kNames[below(kNames.size())]};
        if (!made.name.empty()) made.name += std::to_string(number);
        while (chance(2))
            made.tags.push_back(one_of({"news", "two words", "no", "x: y", "'q", "#h"}) +
                                std::to_string(made.tags.size()));
        return made;
    }

  private:
    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
    }
    bool chance(std::size_t n) { return below(n) == 0; }
    std::string one_of(std::initializer_list<const char*> choices) {
        return *(choices.begin() + below(choices.size()));
    }
    static void replace_all(std::string& text, std::string_view from, std::string_view to) {
        for (std::size_t at = text.find(from); at != std::string::npos;
             at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    }

    std::string feeds() {
        const std::size_t count = below(5);
        if (count == 0)
            return one_of({"feeds:\n", "feeds: []\n", "feeds: [ ] # none\n", "feeds: # x\n"});
        if (chance(3)) return in_brackets(count);
        const std::string indent(below(4), ' ');
        std::string out = "feeds:" + one_of({"", " # all"}) + "\n";
        for (std::size_t i = 0; i < count; ++i) {
            if (chance(4)) out += one_of({"\n", "# comment\n", "\n# comment\n", "      # deep\n"});
            out += indent + "-" + std::string(1 + below(3), ' ');
            out += block_entry(i, std::string(indent.size() + 8, ' '));
        }
        return out;
    }
    std::string url(std::size_t i) { return fmt::format("https://h{}.org/", i); }
    std::string block_entry(std::size_t i, const std::string& margin) {
        switch (below(6)) {
            case 0:
                return url(i) + one_of({"\n", " # c\n"});
            case 1:
                return "\"" + url(i) + "\"\n";
            case 2:
                return fmt::format("{{url: {}, name: n{}}}\n", url(i), i);
            case 3:
                return fmt::format("{{url: {},\n{}tags: [a,\n{}b]}}\n", url(i), margin, margin);
            case 4:
                return fmt::format("name: 'n{}\n{}  more'\n{}url: {}\n", i, margin, margin, url(i));
            default:
                return fmt::format("url: {}\n", url(i));
        }
    }
    std::string in_brackets(std::size_t count) {
        const std::string between = one_of({", ", ",\n  ", ", # c\n  "});
        std::string out = "feeds: [" + one_of({"", "\n  "});
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) out += between;
            out += chance(2) ? url(i) : fmt::format("{{url: '{}'}}", url(i));
        }
        return out + one_of({"]\n", ",]\n", "\n]\n", " # last ]\n]\n", ",\n]\n"});
    }

    std::mt19937 random_;
};

bool is_subsequence(std::string_view part, std::string_view whole) {
    for (const char c : whole) {
        if (!part.empty() && c == part.front()) part.remove_prefix(1);
    }
    return part.empty();
}

TEST_F(EditList, KeepsEveryByteAndFeedOfAnyList) {
    directory_.write("more.yaml", "feeds: [https://more.org/]\n");
    const std::string list = directory_.path("feeds.yaml");
    int done = 0;
    for (std::uint32_t seed = 1; seed <= 1500; ++seed) {
        RandomList random(seed);
        const std::string before = random.text();
        const auto old = load_draft(list, {list, before}, environment_of({}));
        if (!old) continue;  // a name over several lines that was cut
        std::vector<NewFeed> feeds;
        for (std::uint32_t i = 0; i <= seed % 3; ++i)
            feeds.push_back(random.feed(static_cast<int>(i)));
        const auto edit =
            checked_edit({.list = list, .file = {}, .feeds = feeds}, before, environment_of({}));
        ASSERT_TRUE(edit) << seed << ": " << said(edit.error()) << before;
        ++done;
        std::string kept = before;  // empty brackets give way
        if (old->feeds.empty() || old->feeds.front().url == "https://more.org/") {
            for (const char* brackets : {" []", " [ ]"}) {
                const auto at = kept.find(brackets);
                if (at != std::string::npos) kept.erase(at, std::string_view(brackets).size());
            }
        }
        EXPECT_TRUE(is_subsequence(kept, edit->text)) << before << "->\n" << edit->text;
        const auto after = load_draft(list, {list, edit->text}, environment_of({}));
        ASSERT_TRUE(after) << edit->text;
        ASSERT_EQ(after->feeds.size(), old->feeds.size() + feeds.size()) << edit->text;
        for (const NewFeed& feed : feeds) {
            const auto url = read_feed_url(feed.url, "/", environment_of({}))->url;
            const auto found = std::find_if(after->feeds.begin(), after->feeds.end(),
                                            [&](const FeedSpec& spec) { return spec.url == url; });
            ASSERT_NE(found, after->feeds.end()) << edit->text;
            EXPECT_TRUE(feed.name.empty() || found->name == feed.name) << edit->text;
            EXPECT_EQ(found->tags, feed.tags);
        }
    }
    EXPECT_GT(done, 1200);
}

}  // namespace
}  // namespace feedd::test
