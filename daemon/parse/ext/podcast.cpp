// Podcasting 2.0 (podcast:): what has a place among the fields of an item.
#include "base/text.h"
#include "base/url.h"
#include "parse/rows.h"

namespace feedd {

namespace {

void person(const Element& element, Draft& draft) {
    Person known{.name = collapse_space(element.text()),
                 .email = {},
                 .url = element.resolved(element.attribute("href"))};
    const std::string_view role = element.attribute("role");
    const bool host = role.empty() || iequals(role, "host") || iequals(role, "author");
    add_person(host ? draft.authors : draft.contributors, std::move(known));
}

void season(const Element& element, Draft& draft) {
    if (const auto number = small_number(element.text())) draft.podcast().season = number;
}

void episode(const Element& element, Draft& draft) {
    if (const auto number = small_number(element.text())) draft.podcast().episode = number;
}

void link_as(const Element& element, std::string_view rel, Draft& draft) {
    std::string href = element.resolved(element.attribute("url"));
    if (href.empty()) return;
    draft.links.push_back({.rel = std::string(rel),
                           .href = std::move(href),
                           .type = std::string(element.attribute("type")),
                           .title = {},
                           .hreflang = std::string(element.attribute("language")),
                           .length = std::nullopt});
}

void transcript(const Element& element, Draft& draft) {
    link_as(element, "transcript", draft);
}

void chapters(const Element& element, Draft& draft) {
    link_as(element, "chapters", draft);
}

void license(const Element& element, Draft& draft) {
    draft.license_url.offer(rank::kMedia, element.resolved(element.attribute("url")));
}

// The other renditions of an episode: of each the first source.
void alternate_enclosure(const Element& element, Draft& draft) {
    bool taken = false;
    for_children(element, [&](const Element& child) {
        if (taken || !iequals(child.name, "source")) return;
        std::string url = child.resolved(child.attribute("uri"));
        if (!is_web_url(url)) return;
        taken = true;
        add_enclosure(draft.enclosures, {.url = std::move(url),
                                         .type = std::string(element.attribute("type")),
                                         .title = collapse_space(element.attribute("title")),
                                         .length = whole_number(element.attribute("length")),
                                         .duration_seconds = std::nullopt});
    });
}

constexpr Row kRows[] = {
    {Ns::podcast, "person", person, person},
    {Ns::podcast, "season", nullptr, season},
    {Ns::podcast, "episode", nullptr, episode},
    {Ns::podcast, "transcript", nullptr, transcript},
    {Ns::podcast, "chapters", nullptr, chapters},
    {Ns::podcast, "license", license, license},
    {Ns::podcast, "alternateenclosure", nullptr, alternate_enclosure},
};

}  // namespace

Rows podcast_rows() noexcept {
    return kRows;
}

}  // namespace feedd
