// The tree of a well-formed document, built while the document is scanned.
#pragma once

#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace feedd {

// Puts into the tree what pugixml itself would read, but does not read the text a second time.
class StrictTree {
  public:
    // White space that stands alone between tags.
    enum class Spaces : bool { dropped, kept };

    StrictTree(pugi::xml_document& document, Spaces spaces)
        : inside_(document.root()), keeps_spaces_(spaces == Spaces::kept) {}

    [[nodiscard]] bool keeps_spaces() const noexcept { return keeps_spaces_; }

    // The tree is not wanted any more: what is given to no node is lost.
    void abandon() noexcept { inside_ = {}; }

    void start(const std::string& name) {
        inside_ = inside_.append_child(pugi::node_element);
        inside_.set_name(name.c_str());
    }
    void end() { inside_ = inside_.parent(); }

    // Of the element that was started last. Values and texts are as they are meant, not as written.
    void attribute(std::string_view name, std::string_view value) {
        inside_.append_attribute(name_.assign(name).c_str()).set_value(value.data(), value.size());
    }
    void text(std::string_view value) {
        inside_.append_child(pugi::node_pcdata).set_value(value.data(), value.size());
    }
    void literal(std::string_view value) {
        inside_.append_child(pugi::node_cdata).set_value(value.data(), value.size());
    }

  private:
    pugi::xml_node inside_;
    bool keeps_spaces_;
    std::string name_;
};

}  // namespace feedd
