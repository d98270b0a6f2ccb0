#pragma once

#include <string_view>

#include "model/document.h"
#include "parse/element.h"

namespace feedd {

// One person in one text: 'mail (Name)', 'Name (mail)', 'Name <mail>', 'mail Name', a name, a mail
// address. Several people in one text stay one name; normalize takes bylines apart.
[[nodiscard]] Person person_from(std::string_view text);

// An Atom person construct (name, email, uri), or the text of an element that has no such children.
[[nodiscard]] Person read_person(const Element& element);

}  // namespace feedd
