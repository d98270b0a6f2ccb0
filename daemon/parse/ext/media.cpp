// Media RSS: an item's files, pictures and people. Groups and contents may hold each other's
// elements, so they are read as if they stood in the item.
#include "base/text.h"
#include "parse/date.h"
#include "parse/rows.h"
#include "parse/text_construct.h"

namespace feedd {

namespace {

constexpr std::string_view kCategoryScheme = "http://search.yahoo.com/mrss/category_schema";

// media:content holds media elements; the tree bounds the depth.
void inside(const Element& element, Draft& draft) {
    for_children(element, [&](const Element& child) {
        if (child.ns == Ns::media) apply(child, draft);
    });
}

// Of the pictures among the contents the widest may stand for the item.
void picture(const Element& element, const std::string& url, Draft& draft) {
    const std::string_view type = element.attribute("type");
    if (!iequals(element.attribute("medium"), "image") && !istarts_with(type, "image/")) return;
    const std::int64_t width = small_number(element.attribute("width")).value_or(0);
    if (width <= draft.picture_width) return;
    draft.picture_width = width;
    draft.picture_url = url;
}

void content(const Element& element, Draft& draft) {
    std::string url = element.resolved(element.attribute("url"));
    if (!url.empty()) {
        picture(element, url, draft);
        std::string title;
        for_children(element, [&](const Element& child) {
            if (child.is(Ns::media, "title")) title = collapse_space(child.text());
        });
        add_enclosure(draft.enclosures,
                      {.url = std::move(url),
                       .type = std::string(element.attribute("type")),
                       .title = std::move(title),
                       .length = whole_number(element.attribute("fileSize")),
                       .duration_seconds = parse_length(element.attribute("duration"))});
    }
    inside(element, draft);
}

void thumbnail(const Element& element, Draft& draft) {
    std::string url = element.resolved(element.attribute("url"));
    if (url.empty()) url = element.url();
    if (url.empty()) return;
    draft.image_url.offer(rank::kThumbnail, url);
    draft.media_rss().thumbnails.push_back({.url = std::move(url),
                                            .width = small_number(element.attribute("width")),
                                            .height = small_number(element.attribute("height"))});
}

void credit(const Element& element, Draft& draft) {
    std::string name = collapse_space(element.text());
    if (name.empty()) return;
    draft.media_rss().credits.push_back(
        {.name = std::move(name), .role = std::string(element.attribute("role"))});
}

void rating(const Element& element, Draft& draft) {
    std::string text = element.text();
    if (!text.empty()) draft.media_rss().rating = std::move(text);
}

void player(const Element& element, Draft& draft) {
    std::string url = element.resolved(element.attribute("url"));
    if (url.empty()) url = element.url();
    if (!url.empty()) draft.media_rss().player_url = std::move(url);
}

void title(const Element& element, Draft& draft) {
    if (draft.title.wants(rank::kMedia)) {
        draft.title.offer(rank::kMedia, read_text(element, TextRule::guess));
    }
}

// A caption: the summary where there is no other text, never the article.
void description(const Element& element, Draft& draft) {
    if (draft.summary.wants(rank::kMedia)) {
        draft.summary.offer(rank::kMedia, read_text(element, TextRule::guess));
    }
}

void category(const Element& element, Draft& draft) {
    std::string scheme(element.attribute("scheme"));
    if (scheme.empty()) scheme = kCategoryScheme;
    add_category(draft.categories, {.term = collapse_space(element.text()),
                                    .scheme = std::move(scheme),
                                    .label = std::string(element.attribute("label"))});
}

void license(const Element& element, Draft& draft) {
    draft.license_url.offer(rank::kMedia, element.resolved(element.attribute("href")));
}

void copyright(const Element& element, Draft& draft) {
    if (draft.rights.wants(rank::kMedia)) {
        draft.rights.offer(rank::kMedia, read_text(element, TextRule::guess));
    }
}

constexpr Row kRows[] = {
    {Ns::media, "group", nullptr, inside},
    {Ns::media, "content", nullptr, content},
    {Ns::media, "thumbnail", thumbnail, thumbnail},
    {Ns::media, "credit", nullptr, credit},
    {Ns::media, "rating", nullptr, rating},
    {Ns::media, "player", nullptr, player},
    {Ns::media, "title", title, title},
    {Ns::media, "description", description, description},
    {Ns::media, "category", category, category},
    {Ns::media, "license", license, license},
    {Ns::media, "copyright", copyright, copyright},
};

}  // namespace

Rows media_rows() noexcept {
    return kRows;
}

}  // namespace feedd
