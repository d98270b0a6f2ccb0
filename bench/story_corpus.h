// Articles whose stories are known, made by three generators that have nothing in common but this.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"

namespace feedd::bench {

struct MadeArticle {
    int feed = 0;
    int document = 0;  // equal: the same document, to be stored once
    int story = 0;     // equal: the same story
    std::string script;
    std::string kind;  // what it is there for: "words 33 %", "template: weather" …
    std::string title;
    std::string url;
    std::vector<std::string> paragraphs;
    Time at{};
};

// Takes over what one generator has made, which counted documents and stories from 0. `url` gives
// an article the address that it is to have as number `at`.
template <typename Url>
void take(std::vector<MadeArticle>& all, std::vector<MadeArticle> made, Url url) {
    const int offset = static_cast<int>(all.size());
    for (MadeArticle& article : made) {
        article.document += offset;
        article.story += offset;
        article.url = url(article, all.size());
        all.push_back(std::move(article));
    }
}
inline std::vector<MadeArticle> in_order_of_time(std::vector<MadeArticle> all) {
    std::stable_sort(all.begin(), all.end(),
                     [](const MadeArticle& a, const MadeArticle& b) { return a.at < b.at; });
    return all;
}

// In the order of their times. About `count` of them, over fourteen days, from 400 feeds.
[[nodiscard]] std::vector<MadeArticle> story_corpus(int count, std::uint64_t seed);
// The same from other words, another grammar, other edits and other templates: the rules were made
// by the first, and are checked by this one.
[[nodiscard]] std::vector<MadeArticle> story_check_corpus(int count, std::uint64_t seed);
// And a third, in other scripts and with few words, harsher than newspapers are: wire texts that
// several papers took over, forms of few fields, pleas longer than what stands above them,
// horoscopes from some dozens of sentences.
[[nodiscard]] std::vector<MadeArticle> wire_corpus(int count, std::uint64_t seed);

}  // namespace feedd::bench
