// One run of one thing, for tools that count instructions; bench/instructions calls it.
//   parse_once make SHAPE FILE     writes 10 MB of RSS
//   parse_once read|load|parse FILE  only reads it; pugixml's bare load of it; bytes → Document
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "large_rss.h"
#include "parse/parse.h"

namespace {

constexpr std::size_t kBytes = 10'000'000;

bool make(std::string_view shape_name, const char* file) {
    const auto shape =
        shape_name == "article" ? feedd::bench::Shape::article : feedd::bench::Shape::summary;
    std::ofstream(file, std::ios::binary) << feedd::bench::large_rss(shape, kBytes);
    return true;
}

std::string contents(const char* file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

bool load(const std::string& bytes) {
    pugi::xml_document tree;
    return static_cast<bool>(tree.load_buffer(bytes.data(), bytes.size()));
}

bool parse(const std::string& bytes) {
    const auto document = feedd::parse(bytes, {.base = "https://news.example/feed/"});
    if (document) std::printf("%zu items\n", document->items.size());
    return document.has_value();
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view what = count > 2 ? arguments[1] : "";
    if (what == "make" && count == 4) return make(arguments[2], arguments[3]) ? 0 : 1;
    if (what == "read") return contents(arguments[2]).empty() ? 1 : 0;
    if (what == "load") return load(contents(arguments[2])) ? 0 : 1;
    if (what == "parse") return parse(contents(arguments[2])) ? 0 : 1;
    std::fputs("usage: parse_once make article|summary FILE | read|load|parse FILE\n", stderr);
    return 64;
}
