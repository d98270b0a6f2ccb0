#include "parse/link.h"

#include "base/text.h"

namespace feedd {

namespace {

// "alternate" and its IANA URI are the same relation (RFC 4287 §4.2.7.2).
std::string relation(std::string_view written) {
    for (const std::string_view registry : {"http://www.iana.org/assignments/relation/",
                                            "http://www.iana.org/assignments/link-relations/"}) {
        if (istarts_with(written, registry)) written.remove_prefix(registry.size());
    }
    if (written.empty()) return "alternate";
    if (written.find(':') != std::string_view::npos) return std::string(written);
    return lower(written);
}

bool is_feed_type(std::string_view type) {
    return type.find("atom") != std::string_view::npos ||
           type.find("rss") != std::string_view::npos;
}

int rank_of_alternate(std::string_view type) {
    const std::string_view bare = trim(type.substr(0, type.find(';')));
    if (bare.empty()) return rank::kUntyped;
    if (iequals(bare, "text/html") || iequals(bare, "application/xhtml+xml")) return rank::kHtml;
    return rank::kOther;
}

void follow(const Element& element, const Link& link, Draft& draft) {
    if (link.rel == "alternate") {
        draft.url.offer(rank_of_alternate(link.type), link.href);
    } else if (link.rel == "self") {
        if (draft.feed_url.empty()) draft.feed_url = link.href;
    } else if (link.rel == "hub") {
        draft.hub_urls.push_back(link.href);
    } else if (link.rel == "license") {
        draft.license_url.offer(rank::kCore, link.href);
    } else if (link.rel == "replies") {
        std::string& url = is_feed_type(link.type) ? draft.comments_feed_url : draft.comments_url;
        if (url.empty()) url = link.href;
        if (const auto count = small_number(element.attribute(Ns::threading, "count"))) {
            draft.comment_count = count;
        }
    } else if (link.rel == "image" || link.rel == "image_src") {
        draft.image_url.offer(rank::kFirstImage, link.href);
    } else if (link.rel == "icon" || link.rel == "shortcut icon") {
        if (draft.icon_url.empty()) draft.icon_url = link.href;
    }
}

}  // namespace

void add_rss_link(std::string href, Draft& draft) {
    if (href.empty()) return;
    draft.url.offer(rank::kRssLink, href);
    Link& link = draft.links.emplace_back();
    link.rel = "alternate";
    link.href = std::move(href);
}

void add_atom_link(const Element& element, Draft& draft) {
    std::string href = element.resolved(element.attribute("href"));
    if (href.empty()) href = element.url();
    std::string rel = relation(element.attribute("rel"));
    // An empty reference is the base itself; of other relations it is a value that was forgotten.
    if (href.empty() && rel == "self") href = *element.scope->base;
    if (href.empty()) return;
    Link link{.rel = std::move(rel),
              .href = std::move(href),
              .type = std::string(element.attribute("type")),
              .title = std::string(element.attribute("title")),
              .hreflang = std::string(element.attribute("hreflang")),
              .length = whole_number(element.attribute("length"))};
    follow(element, link, draft);
    if (link.rel == "enclosure" && draft.is_item) {
        add_enclosure(draft.enclosures, {.url = std::move(link.href),
                                         .type = std::move(link.type),
                                         .title = std::move(link.title),
                                         .length = link.length,
                                         .duration_seconds = std::nullopt});
        return;
    }
    draft.links.push_back(std::move(link));
}

}  // namespace feedd
