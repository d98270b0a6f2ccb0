// Links of all formats, and what follows from their relation.
#pragma once

#include "parse/draft.h"
#include "parse/element.h"

namespace feedd {

// An RSS link: the address of the item or site, above all others.
void add_rss_link(std::string href, Draft& draft);

// A link with attributes as in Atom: alternate, self, hub, enclosure, license, replies…; its
// address may also be its text.
void add_atom_link(const Element& element, Draft& draft);

}  // namespace feedd
