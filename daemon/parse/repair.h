// A tree from a document that is not well-formed, or that pugixml would read otherwise than meant.
#pragma once

#include <string_view>

#include <pugixml.hpp>

namespace feedd {

// Damage costs at most the item that it is in: items end where the next one starts, a wrong end tag
// ends nothing but its like, HTML that was not escaped stays as markup within its element. What
// stands before the root and after it is dropped, but items after it are not.
// A `well_formed` text gets the tree that it describes, apart from items within items.
// Neither tree nor recursion is deeper than `max_depth`: text from deeper stays, its tags go.
// False: the text ends before its root element does.
[[nodiscard]] bool repair_xml(std::string_view text, bool well_formed, int max_depth,
                              pugi::xml_document& tree);

}  // namespace feedd
