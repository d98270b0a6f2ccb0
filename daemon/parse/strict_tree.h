// The tree of a well-formed document, built while the document is scanned.
#pragma once

#include <cstring>
#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace feedd {

// Who reads the items of a feed as soon as they have ended.
class ItemTaker {
  public:
    ItemTaker() = default;
    ItemTaker(const ItemTaker&) = delete;
    ItemTaker& operator=(const ItemTaker&) = delete;
    virtual ~ItemTaker() = default;

    // True: it has been read, and is wanted no more. `read` is the part of the document that ends
    // with it, of 1.
    [[nodiscard]] virtual bool take(pugi::xml_node item, double read) = 0;
    // The document is read anew: what was taken of it does not count.
    virtual void forget() = 0;
};

// Puts into the tree what pugixml itself would read, but does not read the text a second time.
//
// Items are like each other. One that was taken is not removed, which would cost as much as making
// the next: the next is written over it, and only where the two differ are there new nodes.
class StrictTree {
  public:
    // White space that stands alone between tags.
    enum class Spaces : bool { dropped, kept };

    StrictTree(pugi::xml_document& document, Spaces spaces)
        : inside_(document.root()), keeps_spaces_(spaces == Spaces::kept) {}

    [[nodiscard]] bool keeps_spaces() const noexcept { return keeps_spaces_; }

    // The tree is not wanted any more: what is given to no node is lost.
    void abandon() noexcept {
        inside_ = {};
        next_ = {};
        next_attribute_ = pugi::xml_attribute();
    }

    void start(const std::string& name) {
        if (next_.type() == pugi::node_element && std::strcmp(name.c_str(), next_.name()) == 0) {
            inside_ = next_;
            next_ = inside_.first_child();
            next_attribute_ = inside_.first_attribute();
        } else {
            remove_rest();
            inside_ = inside_.append_child(pugi::node_element);
            inside_.set_name(name.c_str());
            next_attribute_ = pugi::xml_attribute();
        }
    }

    // The element that has ended.
    pugi::xml_node end() {
        remove_rest();
        const pugi::xml_node ended = inside_;
        next_ = ended.next_sibling();
        inside_ = ended.parent();
        return ended;
    }

    // What has just ended was taken.
    void write_over(pugi::xml_node ended) noexcept { next_ = ended; }

    // Of the element that was started last. Values and texts are as they are meant, not as written.
    void attribute(std::string_view name, std::string_view value) {
        if (next_attribute_ && name == next_attribute_.name()) {
            next_attribute_.set_value(value.data(), value.size());
            next_attribute_ = next_attribute_.next_attribute();
        } else {
            end_attributes();
            inside_.append_attribute(name_.assign(name).c_str())
                .set_value(value.data(), value.size());
        }
    }
    // There are no more of them.
    void end_attributes() {
        while (next_attribute_) {
            const pugi::xml_attribute old = next_attribute_;
            next_attribute_ = old.next_attribute();
            inside_.remove_attribute(old);
        }
    }
    void text(std::string_view value) { add(pugi::node_pcdata, value); }
    void literal(std::string_view value) { add(pugi::node_cdata, value); }

  private:
    void remove_rest() {
        while (next_) {
            const pugi::xml_node old = next_;
            next_ = old.next_sibling();
            inside_.remove_child(old);
        }
    }
    void add(pugi::xml_node_type type, std::string_view value) {
        if (next_.type() == type) {
            next_.set_value(value.data(), value.size());
            next_ = next_.next_sibling();
        } else {
            remove_rest();
            inside_.append_child(type).set_value(value.data(), value.size());
        }
    }

    pugi::xml_node inside_;
    // A taken item's, where the next ones are to be.
    pugi::xml_node next_;
    pugi::xml_attribute next_attribute_;
    bool keeps_spaces_;
    std::string name_;
};

}  // namespace feedd
