// Whether an article was edited, or only looks so.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "model/verdict.h"

namespace feedd {

struct Said {
    std::string_view title;
    std::string_view text;
};

// A text without what changes by itself: white space, the shapes of quotes and dashes, invisible
// characters, numbers that count ('12 comments', 'viewed 3,042 times') or tell the age of the page,
// lines that advertise. For comparison only.
[[nodiscard]] std::string settled(std::string_view text);

// Title or text say something else.
[[nodiscard]] bool is_edit(const Said& before, const Said& now);

enum class EditVerdict : std::uint8_t {
    noise,  // nothing that anybody wrote
    edit,
    restless,  // it goes to and fro, or changes at one place again and again: not so soon again
};

// `known`: what the store says, with its past; `now`: what the item says at `at`. Pure.
[[nodiscard]] EditVerdict edit_verdict(const KnownArticle& known, const Said& now, Time at);

}  // namespace feedd
