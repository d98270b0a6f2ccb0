// What fuzzing has found, and one document for every format, extension and kind of damage.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"
#include "fuzz/promises.h"
#include "html/filter.h"

namespace feedd::fuzz {
namespace {

using std::filesystem::path;

std::vector<path> corpus(std::string_view target) {
    std::vector<path> files;
    for (const auto& entry :
         std::filesystem::directory_iterator(path(FEEDD_SOURCE_DIR) / "tests/fuzz/corpus" / target))
        files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string bytes_of(const path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(FuzzCorpus, EveryFeedKeepsThePromises) {
    const auto files = corpus("feed");
    ASSERT_FALSE(files.empty());
    for (const path& file : files)
        EXPECT_EQ(broken_promise_of_feed(bytes_of(file)), "") << file;
}

TEST(FuzzCorpus, EveryMarkupKeepsThePromises) {
    const auto files = corpus("html");
    ASSERT_FALSE(files.empty());
    for (const path& file : files)
        EXPECT_EQ(broken_promise_of_html(bytes_of(file)), "") << file;
}

TEST(FuzzCorpus, BothWaysOfTheSanitiserAgree) {
    const auto files = corpus("html_paths");
    ASSERT_FALSE(files.empty());
    for (const path& file : files)
        EXPECT_EQ(broken_promise_of_html_paths(bytes_of(file)), "") << file;
}

// The article that is met most is in order, and costs no tree.
TEST(FuzzCorpus, OfMarkupMostIsWellNested) {
    const auto files = corpus("html");
    const auto in_order = std::count_if(files.begin(), files.end(), [](const path& file) {
        return !filter_html(to_valid_utf8(bytes_of(file)), "").misnested;
    });
    EXPECT_GT(static_cast<std::size_t>(in_order) * 2, files.size());
}

}  // namespace
}  // namespace feedd::fuzz
