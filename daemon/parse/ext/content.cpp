// content:encoded, and where the article is when a redirecting feed hides it.
#include "parse/rows.h"
#include "parse/text_construct.h"

namespace feedd {

namespace {

void encoded(const Element& element, Draft& draft) {
    if (draft.content.wants(rank::kEncoded)) {
        draft.content.offer(rank::kEncoded, read_text(element, TextRule::html));
    }
}

void original_link(const Element& element, Draft& draft) {
    if (draft.original_url.empty()) draft.original_url = element.url();
}

constexpr Row kRows[] = {
    {Ns::content, "encoded", nullptr, encoded},
    {Ns::rss, "encoded", nullptr, encoded},
    {Ns::feedburner, "origlink", nullptr, original_link},
};

}  // namespace

Rows content_rows() noexcept {
    return kRows;
}

}  // namespace feedd
