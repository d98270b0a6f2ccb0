// What surrounds an item: slash, wfw (the comment API) and threading (RFC 4685).
#include "parse/rows.h"

namespace feedd {

namespace {

void comment_count(const Element& element, Draft& draft) {
    if (const auto count = small_number(element.text())) draft.comment_count = count;
}

void comment_feed(const Element& element, Draft& draft) {
    std::string url = element.url();
    if (!url.empty()) draft.comments_feed_url = std::move(url);
}

void in_reply_to(const Element& element, Draft& draft) {
    if (draft.in_reply_to) return;
    InReplyTo to{.id = std::string(element.attribute("ref")),
                 .url = element.resolved(element.attribute("href")),
                 .type = std::string(element.attribute("type")),
                 .feed_url = element.resolved(element.attribute("source"))};
    if (to.id.empty() && to.url.empty()) return;
    draft.in_reply_to = std::move(to);
}

constexpr Row kRows[] = {
    {Ns::slash, "comments", nullptr, comment_count},
    {Ns::wfw, "commentrss", nullptr, comment_feed},
    {Ns::threading, "in-reply-to", nullptr, in_reply_to},
    {Ns::threading, "total", nullptr, comment_count},
};

}  // namespace

Rows discussion_rows() noexcept {
    return kRows;
}

}  // namespace feedd
