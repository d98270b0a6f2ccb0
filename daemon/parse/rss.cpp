#include "parse/rss.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/url.h"
#include "parse/date.h"
#include "parse/link.h"
#include "parse/person.h"
#include "parse/rows.h"
#include "parse/text_construct.h"

namespace feedd {

namespace {

void title(const Element& element, Draft& draft) {
    if (draft.title.wants(rank::kCore)) {
        draft.title.offer(rank::kCore, read_text(element, TextRule::guess));
    }
}

void description(const Element& element, Draft& draft) {
    if (draft.summary.wants(rank::kCore)) {
        draft.summary.offer(rank::kCore, read_text(element, TextRule::html));
    }
}

void copyright(const Element& element, Draft& draft) {
    draft.rights.offer(rank::kCore, read_text(element, TextRule::guess));
}

void link(const Element& element, Draft& draft) {
    if (!element.attribute("href").empty() || !element.attribute("rel").empty()) {
        add_atom_link(element, draft);  // an atom:link that forgot its prefix
        return;
    }
    std::string href = element.url();
    if (href.empty()) href = element.resolved(element.attribute(Ns::rdf, "resource"));
    add_rss_link(std::move(href), draft);
}

void guid(const Element& element, Draft& draft) {
    std::string id = element.text();
    if (id.empty() || !draft.id.empty()) return;
    const std::string_view said = element.attribute("isPermaLink");
    const bool permalink = !iequals(said, "false");
    draft.id_is_permalink = permalink;
    if (permalink) {
        // Said outright, it may be relative; by default only what is clearly an address is one.
        const bool may_be_relative = !said.empty();
        if (may_be_relative || is_web_url(id)) {
            std::string url = element.resolved(id);
            if (is_web_url(url)) draft.url.offer(rank::kPermalink, std::move(url));
        }
    }
    draft.id = std::move(id);
}

void language(const Element& element, Draft& draft) {
    draft.language.offer(rank::kCore, language_tag(element.text()));
}

void managing_editor(const Element& element, Draft& draft) {
    add_person(draft.authors, read_person(element));
}

void web_master(const Element& element, Draft& draft) {
    draft.publisher.offer(rank::kMedia, read_person(element));
}

void published(const Element& element, Draft& draft) {
    set_time(draft.published, element);
}

void updated(const Element& element, Draft& draft) {
    set_time(draft.updated, element);
}

void expired(const Element& element, Draft& draft) {
    set_time(draft.expired, element);
}

void generator_agent(const Element& element, Draft& draft) {
    if (draft.generator) return;
    std::string url = element.resolved(element.attribute(Ns::rdf, "resource"));
    if (!url.empty()) draft.generator = Generator{.name = {}, .version = {}, .url = std::move(url)};
}

// Whole minutes, as the specification has it; some programs write them as a decimal number.
void ttl(const Element& element, Draft& draft) {
    const std::string said = element.text();
    const std::string_view text = trim(said);
    const std::string_view whole = text.substr(0, text.find('.'));
    const std::string_view rest = text.substr(whole.size());
    const std::string_view decimals = rest.substr(std::min<std::size_t>(rest.size(), 1));
    const auto minutes = small_number(whole);
    if (!minutes || !std::all_of(decimals.begin(), decimals.end(), is_digit)) return;
    const bool more = decimals.find_first_not_of('0') != std::string_view::npos;
    draft.hints.ttl_minutes = *minutes + (more ? 1 : 0);  // never sooner than it says
}

void skip_hours(const Element& element, Draft& draft) {
    for_children(element, [&](const Element& hour) {
        constexpr std::int64_t kHours = 24;
        const auto number = small_number(hour.text());
        // RSS 0.91 counts 1 to 24: 24 is midnight.
        if (number && *number <= kHours) {
            draft.hints.skip_hours |= 1U << static_cast<unsigned>(*number % kHours);
        }
    });
}

void skip_days(const Element& element, Draft& draft) {
    static constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed",
                                                              "thu", "fri", "sat"};
    for_children(element, [&](const Element& day) {
        const std::string name = day.text();
        for (std::size_t i = 0; i < kDays.size(); ++i) {
            if (!istarts_with(name, kDays[i])) continue;
            draft.hints.skip_days = static_cast<std::uint8_t>(draft.hints.skip_days | (1U << i));
        }
    });
}

void comments(const Element& element, Draft& draft) {
    std::string url = element.url();
    if (!url.empty()) draft.comments_url = std::move(url);
}

void enclosure(const Element& element, Draft& draft) {
    std::string url = element.resolved(element.attribute("url"));
    if (url.empty()) url = element.resolved(element.attribute("href"));
    if (url.empty()) url = element.resolved(element.attribute(Ns::rdf, "resource"));
    add_enclosure(draft.enclosures, {.url = std::move(url),
                                     .type = std::string(element.attribute("type")),
                                     .title = std::string(element.attribute("title")),
                                     .length = whole_number(element.attribute("length")),
                                     .duration_seconds = std::nullopt});
}

void feed_enclosure(const Element& element, Draft& draft) {
    std::string url = element.resolved(element.attribute("url"));
    if (url.empty()) return;
    draft.links.push_back({.rel = "enclosure",
                           .href = std::move(url),
                           .type = std::string(element.attribute("type")),
                           .title = {},
                           .hreflang = {},
                           .length = whole_number(element.attribute("length"))});
}

void source(const Element& element, Draft& draft) {
    if (element.has_elements()) {  // Atom's, without its prefix
        Draft inner(false);
        for_children(element, [&](const Element& child) { apply(child, inner); });
        draft.source.assign(1, finished_feed(inner));
        return;
    }
    FeedMeta feed;
    feed.title = read_text(element, TextRule::guess).text;
    feed.feed_url = element.resolved(element.attribute("url"));
    if (feed.title.empty() && feed.feed_url.empty()) return;
    draft.source.clear();
    draft.source.push_back(std::move(feed));
}

void new_location(const Element& element, Draft& draft) {
    std::string url = element.url();
    if (!url.empty()) draft.new_feed_url = std::move(url);
}

// A feed that has moved may consist of nothing but <redirect><newLocation>.
void redirect(const Element& element, Draft& draft) {
    for_children(element, [&](const Element& child) {
        if (iequals(child.name, "newLocation")) new_location(child, draft);
    });
}

// An XHTML body is the article (RSS 1.0 and 2.0 with the XHTML namespace).
void body(const Element& element, Draft& draft) {
    if (!draft.content.wants(rank::kHtmlContent)) return;
    draft.content.offer(rank::kHtmlContent, read_text(element, TextRule::html));
}

constexpr Row kRows[] = {
    {Ns::rss, "title", title, title},
    {Ns::rss, "link", link, link},
    {Ns::rss, "description", description, description},
    {Ns::rss, "language", language, language},
    {Ns::rss, "copyright", copyright, copyright},
    {Ns::rss, "managingeditor", managing_editor, nullptr},
    {Ns::rss, "webmaster", web_master, nullptr},
    {Ns::rss, "pubdate", published, published},
    {Ns::rss, "lastbuilddate", updated, updated},
    {Ns::rss, "expirationdate", nullptr, expired},
    {Ns::rss, "generatoragent", generator_agent, nullptr},
    {Ns::rss, "ttl", ttl, nullptr},
    {Ns::rss, "skiphours", skip_hours, nullptr},
    {Ns::rss, "skipdays", skip_days, nullptr},
    {Ns::rss, "image", read_rss_image, read_rss_image},
    {Ns::rss, "guid", guid, guid},
    {Ns::rss, "comments", nullptr, comments},
    {Ns::rss, "enclosure", feed_enclosure, enclosure},
    {Ns::rss, "source", nullptr, source},
    {Ns::rss, "newlocation", new_location, nullptr},
    {Ns::rss, "redirect", redirect, nullptr},
    {Ns::rss, "body", nullptr, body},
    {Ns::xhtml, "body", nullptr, body},
};

}  // namespace

void read_rss_image(const Element& element, Draft& draft) {
    std::string url;
    for_children(element, [&](const Element& child) {
        if (url.empty() && iequals(child.name, "url")) url = child.url();
    });
    if (url.empty()) url = element.resolved(element.attribute("url"));
    if (url.empty()) url = element.resolved(element.attribute("href"));
    if (url.empty() && !element.has_elements()) url = element.url();
    if (url.empty()) url = element.resolved(element.attribute(Ns::rdf, "resource"));
    draft.image_url.offer(draft.is_item ? rank::kFirstImage : rank::kBestImage, std::move(url));
}

Rows rss_rows() noexcept {
    return kRows;
}

}  // namespace feedd
