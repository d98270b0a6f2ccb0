// What fuzzing has found, and one document for every format, extension and kind of damage.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "fuzz/promises.h"

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

}  // namespace
}  // namespace feedd::fuzz
