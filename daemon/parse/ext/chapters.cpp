// Podlove Simple Chapters 1.x.
#include "base/text.h"
#include "parse/date.h"
#include "parse/rows.h"

namespace feedd {

namespace {

void chapters(const Element& element, Draft& draft) {
    if (!draft.chapters.empty()) return;  // the first list counts
    for_children(element, [&](const Element& child) {
        if (!iequals(child.name, "chapter")) return;
        const auto start = parse_length(child.attribute("start"));
        if (!start) return;
        draft.chapters.push_back({.start_seconds = *start,
                                  .title = collapse_space(child.attribute("title")),
                                  .url = child.resolved(child.attribute("href")),
                                  .image_url = child.resolved(child.attribute("image"))});
    });
}

constexpr Row kRows[] = {
    {Ns::podlove, "chapters", nullptr, chapters},
};

}  // namespace

Rows chapter_rows() noexcept {
    return kRows;
}

}  // namespace feedd
