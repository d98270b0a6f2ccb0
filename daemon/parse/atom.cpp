// Atom 0.3 and 1.0: what their elements mean.
#include "base/text.h"
#include "parse/link.h"
#include "parse/person.h"
#include "parse/rows.h"
#include "parse/text_construct.h"

namespace feedd {

namespace {

// In an RSS document an Atom element without type follows the custom of RSS.
DraftText text_of(const Element& element, TextRule rule) {
    return element.reading->is_atom() ? read_atom_text(element) : read_text(element, rule);
}

void title(const Element& element, Draft& draft) {
    if (draft.title.wants(rank::kCore)) {
        draft.title.offer(rank::kCore, text_of(element, TextRule::guess));
    }
}

void summary(const Element& element, Draft& draft) {
    if (draft.summary.wants(rank::kCore)) {
        draft.summary.offer(rank::kCore, text_of(element, TextRule::guess));
    }
}

void rights(const Element& element, Draft& draft) {
    draft.rights.offer(rank::kCore, text_of(element, TextRule::guess));
}

void content(const Element& element, Draft& draft) {
    std::string source = element.resolved(element.attribute("src"));
    if (!source.empty()) {
        add_enclosure(draft.enclosures, {.url = std::move(source),
                                         .type = std::string(element.attribute("type")),
                                         .title = {},
                                         .length = std::nullopt,
                                         .duration_seconds = std::nullopt});
        return;
    }
    DraftText text = text_of(element, TextRule::guess);
    const int rank = is_html(text) ? rank::kHtmlContent : rank::kPlainContent;
    draft.content.offer(rank, std::move(text));
}

void id(const Element& element, Draft& draft) {
    if (draft.id.empty()) draft.id = element.text();
}

void author(const Element& element, Draft& draft) {
    add_person(draft.authors, read_person(element));
}

void contributor(const Element& element, Draft& draft) {
    add_person(draft.contributors, read_person(element));
}

void category(const Element& element, Draft& draft) {
    Category category;
    if (element.has_attributes) {
        category.term = collapse_space(element.attribute("term"));
        category.scheme = element.attribute("scheme");
        if (category.scheme.empty()) category.scheme = element.attribute("domain");
        category.label = element.attribute("label");
    }
    if (category.term.empty()) category.term = element.words();
    add_category(draft.categories, std::move(category));
}

void published(const Element& element, Draft& draft) {
    set_time(draft.published, element);
}

void updated(const Element& element, Draft& draft) {
    set_time(draft.updated, element);
}

void created(const Element& element, Draft& draft) {
    set_time(draft.created, element);
}

void generator(const Element& element, Draft& draft) {
    Generator made{.name = element.text(),
                   .version = std::string(element.attribute("version")),
                   .url = element.resolved(element.attribute("uri"))};
    if (made.url.empty()) made.url = element.resolved(element.attribute("url"));
    if (made.name.empty() && made.url.empty()) return;
    draft.generator = std::move(made);
}

void icon(const Element& element, Draft& draft) {
    if (std::string url = element.url(); !url.empty()) draft.icon_url = std::move(url);
}

void logo(const Element& element, Draft& draft) {
    draft.image_url.offer(rank::kBestImage, element.url());
}

void source(const Element& element, Draft& draft) {
    Draft inner(false);
    for_children(element, [&](const Element& child) {
        if (!child.is(Ns::atom, "source")) apply(child, inner);
    });
    draft.source.assign(1, finished_feed(inner));
}

constexpr Row kRows[] = {
    {Ns::atom, "title", title, title},
    {Ns::atom, "subtitle", summary, nullptr},
    {Ns::atom, "tagline", summary, nullptr},
    {Ns::atom, "summary", summary, summary},
    {Ns::atom, "content", nullptr, content},
    {Ns::atom, "rights", rights, rights},
    {Ns::atom, "copyright", rights, rights},
    {Ns::atom, "id", id, id},
    {Ns::atom, "link", add_atom_link, add_atom_link},
    {Ns::atom, "author", author, author},
    {Ns::atom, "contributor", contributor, contributor},
    {Ns::atom, "category", category, category},
    {Ns::atom, "published", published, published},
    {Ns::atom, "issued", published, published},
    {Ns::atom, "updated", updated, updated},
    {Ns::atom, "modified", updated, updated},
    {Ns::atom, "created", created, created},
    {Ns::atom, "generator", generator, nullptr},
    {Ns::atom, "icon", icon, nullptr},
    {Ns::atom, "logo", logo, logo},
    {Ns::atom, "source", nullptr, source},
};

}  // namespace

Rows atom_rows() noexcept {
    return kRows;
}

}  // namespace feedd
