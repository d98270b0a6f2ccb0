// Articles whose stories are known, made by three generators that have nothing in common but this.
#pragma once

#include <cstdint>
#include <string>
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

// In the order of their times. About `count` of them, over fourteen days, from 400 feeds.
[[nodiscard]] std::vector<MadeArticle> story_corpus(int count, std::uint64_t seed);
// The same from other words, another grammar, other edits and other templates: the rules were made
// by the first, and are checked by this one.
[[nodiscard]] std::vector<MadeArticle> story_check_corpus(int count, std::uint64_t seed);
// And a third, in other scripts and with few words, harsher than newspapers are: wire texts that
// several papers took over, forms of few fields, pleas longer than what stands above them,
// horoscopes from a dozen sentences.
[[nodiscard]] std::vector<MadeArticle> wire_corpus(int count, std::uint64_t seed);

}  // namespace feedd::bench
