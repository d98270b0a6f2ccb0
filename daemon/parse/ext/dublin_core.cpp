// Dublin Core elements (dc:) and terms (dcterms:). RSS 1.0 says nearly everything with them.
#include "base/text.h"
#include "parse/person.h"
#include "parse/rows.h"
#include "parse/text_construct.h"

namespace feedd {

namespace {

void title(const Element& element, Draft& draft) {
    if (draft.title.wants(rank::kDublinCore)) {
        draft.title.offer(rank::kDublinCore, read_text(element, TextRule::guess));
    }
}

void description(const Element& element, Draft& draft) {
    if (draft.summary.wants(rank::kDublinCore)) {
        draft.summary.offer(rank::kDublinCore, read_text(element, TextRule::html));
    }
}

void rights(const Element& element, Draft& draft) {
    draft.rights.offer(rank::kDublinCore, read_text(element, TextRule::guess));
}

void creator(const Element& element, Draft& draft) {
    add_person(draft.authors, read_person(element));
}

void contributor(const Element& element, Draft& draft) {
    add_person(draft.contributors, read_person(element));
}

void publisher(const Element& element, Draft& draft) {
    draft.publisher.offer(rank::kDublinCore, read_person(element));
}

// taxo: topics stand inside as resources; only a text names a subject.
void subject(const Element& element, Draft& draft) {
    add_category(draft.categories, {.term = element.words(), .scheme = {}, .label = {}});
}

void language(const Element& element, Draft& draft) {
    draft.language.offer(rank::kDublinCore, language_tag(element.text()));
}

void issued(const Element& element, Draft& draft) {
    set_time(draft.published, element);
}

void modified(const Element& element, Draft& draft) {
    set_time(draft.updated, element);
}

void created(const Element& element, Draft& draft) {
    set_time(draft.created, element);
}

void identifier(const Element& element, Draft& draft) {
    if (draft.is_item && draft.id.empty()) draft.id = element.text();
}

constexpr Row kRows[] = {
    {Ns::dublin_core, "title", title, title},
    {Ns::dublin_core, "description", description, description},
    {Ns::dublin_core, "rights", rights, rights},
    {Ns::dublin_core, "creator", creator, creator},
    {Ns::dublin_core, "author", creator, creator},
    {Ns::dublin_core, "contributor", contributor, contributor},
    {Ns::dublin_core, "publisher", publisher, publisher},
    {Ns::dublin_core, "subject", subject, subject},
    {Ns::dublin_core, "language", language, language},
    {Ns::dublin_core, "date", issued, issued},
    {Ns::dublin_core, "identifier", nullptr, identifier},
    {Ns::dcterms, "title", title, title},
    {Ns::dcterms, "description", description, description},
    {Ns::dcterms, "abstract", description, description},
    {Ns::dcterms, "rights", rights, rights},
    {Ns::dcterms, "creator", creator, creator},
    {Ns::dcterms, "contributor", contributor, contributor},
    {Ns::dcterms, "publisher", publisher, publisher},
    {Ns::dcterms, "subject", subject, subject},
    {Ns::dcterms, "language", language, language},
    {Ns::dcterms, "date", issued, issued},
    {Ns::dcterms, "issued", issued, issued},
    {Ns::dcterms, "modified", modified, modified},
    {Ns::dcterms, "created", created, created},
};

}  // namespace

Rows dublin_core_rows() noexcept {
    return kRows;
}

}  // namespace feedd
