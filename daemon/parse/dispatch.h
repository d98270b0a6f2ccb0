// (namespace, element name) → what to do with it: one flat table for all formats and extensions.
#pragma once

#include <span>
#include <string_view>

#include "parse/draft.h"
#include "parse/element.h"

namespace feedd {

using Handler = void (*)(const Element& element, Draft& draft);

// `name` is in lower case. A null handler: the element says nothing about that kind of parent.
struct Row {
    Ns ns;
    std::string_view name;
    Handler of_feed;
    Handler of_item;
};

// The row of an element: of its namespace; if it is without prefix, of the format's own; then of
// RSS, Atom and Dublin Core, between which feeds mix names freely. Null if nobody knows it.
[[nodiscard]] const Row* find_row(const Element& element) noexcept;
// Of an element by its local name; `home` is the namespace of the format.
[[nodiscard]] const Row* find_row(Ns ns, std::string_view name, bool prefixed, Ns home) noexcept;

// Gives the element to its handler, if it has one.
void apply(const Element& element, Draft& draft);

// An item or entry, in a namespace that can mean one.
[[nodiscard]] bool is_item(const Element& element) noexcept;

}  // namespace feedd
