// Apple's podcast elements (itunes:).
#include "base/text.h"
#include "parse/date.h"
#include "parse/link.h"
#include "parse/person.h"
#include "parse/rows.h"
#include "parse/text_construct.h"

namespace feedd {

namespace {

constexpr std::string_view kCategoryScheme = "http://www.itunes.com/";

void author(const Element& element, Draft& draft) {
    add_person(draft.authors, read_person(element));
}

void owner(const Element& element, Draft& draft) {
    draft.publisher.offer(rank::kItunes, read_person(element));
}

void title(const Element& element, Draft& draft) {
    if (draft.title.wants(rank::kItunes)) {
        draft.title.offer(rank::kItunes, read_text(element, TextRule::guess));
    }
}

void subtitle(const Element& element, Draft& draft) {
    std::string text = element.text();
    if (!text.empty()) draft.podcast().subtitle = std::move(text);
}

void summary(const Element& element, Draft& draft) {
    if (draft.summary.wants(rank::kItunes)) {
        draft.summary.offer(rank::kItunes, read_text(element, TextRule::guess));
    }
}

void image(const Element& element, Draft& draft) {
    std::string url = element.resolved(element.attribute("href"));
    if (url.empty()) url = element.resolved(element.attribute("url"));
    if (url.empty()) {
        for_children(element, [&](const Element& child) {
            if (url.empty() && iequals(child.name, "url")) url = child.url();
        });
    }
    if (url.empty()) url = element.url();
    draft.image_url.offer(draft.is_item ? rank::kBestImage : rank::kFirstImage, std::move(url));
}

// <itunes:link rel="image">, from before itunes:image.
void link(const Element& element, Draft& draft) {
    if (iequals(element.attribute("rel"), "image")) image(element, draft);
}

// Sub-categories stand inside their category. The tree bounds the depth.
void category(const Element& element, Draft& draft) {
    std::string term = collapse_space(element.attribute("text"));
    if (term.empty() && !element.has_elements()) term = collapse_space(element.text());
    add_category(draft.categories,
                 {.term = std::move(term), .scheme = std::string(kCategoryScheme), .label = {}});
    for_children(element, [&](const Element& child) {
        if (iequals(child.name, "category")) category(child, draft);
    });
}

void keywords(const Element& element, Draft& draft) {
    // Between commas alone: "machine learning" is one.
    std::string storage;
    for (const std::string_view keyword : split(element.text_view(storage), ',')) {
        add_category(draft.categories,
                     {.term = collapse_space(keyword), .scheme = {}, .label = {}});
    }
}

void block(const Element& element, Draft& draft) {
    draft.podcast().block = iequals(element.text(), "yes");
}

void is_explicit(const Element& element, Draft& draft) {
    const std::string said = element.text();
    draft.podcast().is_explicit =
        iequals(said, "yes") || iequals(said, "true") || iequals(said, "explicit");
}

void type(const Element& element, Draft& draft) {
    std::string text = element.text();
    if (!text.empty()) draft.podcast().type = std::move(text);
}

void episode_type(const Element& element, Draft& draft) {
    std::string text = element.text();
    if (!text.empty()) draft.podcast().episode_type = std::move(text);
}

void duration(const Element& element, Draft& draft) {
    if (const auto seconds = parse_length(element.text())) {
        draft.podcast().duration_seconds = seconds;
    }
}

void season(const Element& element, Draft& draft) {
    if (const auto number = small_number(element.text())) draft.podcast().season = number;
}

void episode(const Element& element, Draft& draft) {
    if (const auto number = small_number(element.text())) draft.podcast().episode = number;
}

void new_feed_url(const Element& element, Draft& draft) {
    std::string url = element.url();
    if (!url.empty()) draft.new_feed_url = std::move(url);
}

constexpr Row kRows[] = {
    {Ns::itunes, "author", author, author},
    {Ns::itunes, "owner", owner, owner},
    {Ns::itunes, "title", title, title},
    {Ns::itunes, "subtitle", subtitle, subtitle},
    {Ns::itunes, "summary", summary, summary},
    {Ns::itunes, "image", image, image},
    {Ns::itunes, "link", link, link},
    {Ns::itunes, "category", category, category},
    {Ns::itunes, "keywords", keywords, keywords},
    {Ns::itunes, "block", block, block},
    {Ns::itunes, "explicit", is_explicit, is_explicit},
    {Ns::itunes, "type", type, nullptr},
    {Ns::itunes, "episodetype", nullptr, episode_type},
    {Ns::itunes, "duration", nullptr, duration},
    {Ns::itunes, "season", nullptr, season},
    {Ns::itunes, "episode", nullptr, episode},
    {Ns::itunes, "new-feed-url", new_feed_url, nullptr},
};

}  // namespace

Rows itunes_rows() noexcept {
    return kRows;
}

}  // namespace feedd
