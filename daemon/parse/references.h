// References to characters and entities in text and attribute values.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "parse/doctype.h"

namespace feedd {

// Resolves references; what cannot be resolved stays as it was written. The entities of a
// document all together may grow it by a bounded amount only, whatever they say of each other.
class References {
  public:
    // `doctype` must outlive it; `text_size` is that of the document.
    References(const Doctype& doctype, std::size_t text_size);

    // Appends `text` with its references resolved, once.
    void append(std::string& out, std::string_view text);

  private:
    std::size_t append_one(std::string& out, std::string_view text);
    bool append_entity(std::string& out, std::string_view value, int depth);

    const Doctype& doctype_;
    std::size_t budget_;  // bytes and steps of expansion that are left
};

}  // namespace feedd
