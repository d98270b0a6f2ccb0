// Feeds of realistic size for the benchmarks: the same at every run.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "support/feed_maker.h"

namespace feedd::bench {

// About a kilobyte of running text.
inline std::string paragraph(int seed) {
    static constexpr std::array<std::string_view, 16> kWords{
        "council", "river", "votes",   "market",  "engineers", "after",  "Saturday", "report",
        "über",    "house", "concert", "quarter", "health",    "window", "prices",   "Łódź"};
    std::string text;
    unsigned state = static_cast<unsigned>(seed) * 2654435761U + 1U;
    while (text.size() < 1000) {
        state = state * 1664525U + 1013904223U;
        text += kWords.at(state >> 28U);
        text += state % 11 == 0 ? ". " : " ";
    }
    return text;
}

inline std::vector<test::MadeItem> items(int first, int count) {
    std::vector<test::MadeItem> all;
    for (int i = first; i < first + count; ++i) {
        all.push_back({.guid = fmt::format("urn:item:{}", i),
                       .link = fmt::format("https://news.example/2025/04/story-{}", i),
                       .title = fmt::format("Council votes on story {} & its sequel", i),
                       .text = paragraph(i),
                       .byline = "By Ann Lee and Bob Ray",
                       .date = fmt::format("2025-04-{:02}T{:02}:02:03Z", 1 + i % 28, i % 24),
                       .enclosure = fmt::format("https://media.example/{}.mp3", i)});
    }
    return all;
}

inline std::string feed(test::MadeFormat format, int first, int count) {
    return test::made_feed(format, "A feed", "https://news.example/", items(first, count));
}

}  // namespace feedd::bench
