// Whether an article was edited, or only looks so.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.h"
#include "model/verdict.h"

namespace feedd {

struct Said {
    std::string_view title;
    std::string_view text;
};

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
