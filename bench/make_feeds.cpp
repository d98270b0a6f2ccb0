// Writes the feeds of bench/whole-job into a directory, compressed as their server sends them:
//   make_feeds DIR FIRST END [NEWS] [MOST-ITEMS]  feeds FIRST to END-1, with NEWS posts added
// Prints how many bytes they have, and items.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <zlib.h>

#include "made_feeds.h"

namespace {

std::string gzipped(const std::string& text) {
    constexpr int kLevel = 6;
    constexpr int kGzip = 16 + MAX_WBITS;
    constexpr int kMemory = 8;
    z_stream stream{};
    deflateInit2(&stream, kLevel, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::size_t number(int count, char** arguments, int index, std::size_t otherwise) {
    return index < count ? std::strtoull(arguments[index], nullptr, 10) : otherwise;
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 4) {
        std::fputs("usage: make_feeds DIR FIRST END [NEWS] [MOST-ITEMS]\n", stderr);
        return 64;
    }
    const std::string directory = arguments[1];
    const std::size_t end = number(count, arguments, 3, 0);
    const std::size_t news = number(count, arguments, 4, 0);
    const std::size_t most_items = number(count, arguments, 5, 100);
    std::size_t bytes = 0;
    std::size_t items = 0;
    for (std::size_t feed = number(count, arguments, 2, 0); feed < end; ++feed) {
        const std::string text = feedd::bench::made_feed(feed, news, most_items);
        // A directory of its own for each thousand.
        const std::string place = fmt::format("{}/{}", directory, feed / 1000);
        std::filesystem::create_directories(place);
        std::ofstream out(fmt::format("{}/{}.gz", place, feed), std::ios::binary);
        if (!(out << gzipped(text))) {
            std::perror(directory.c_str());
            return 1;
        }
        bytes += text.size();
        items += std::min(feedd::bench::shape_of(feed).items, most_items);
    }
    fmt::print("{} {}\n", bytes, items);
    return 0;
}
