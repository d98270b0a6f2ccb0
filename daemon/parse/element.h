// An element of a feed with what its ancestors say of it: namespace, base URL, language.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <pugixml.hpp>

#include "model/document.h"
#include "parse/namespaces.h"

namespace feedd {

// What is in force at an element. Never changed once made, and shared by all the descendants that
// say nothing new, so that entering an element costs nothing in most documents.
struct Scope {
    const Scope* outer = nullptr;
    std::vector<std::pair<std::string_view, Ns>> prefixes;  // declared here
    std::size_t prefix_count = 0;                           // declared here and outside
    Ns default_ns = Ns::none;
    const std::string* base = nullptr;      // never null
    const std::string* language = nullptr;  // null: no xml:lang; "": xml:lang=""
};

struct Element;
struct Row;

// What a name stands for where it is written.
struct Meaning {
    Ns ns = Ns::none;
    std::size_t local = 0;     // where in the name its local part begins
    const Row* row = nullptr;  // of the dispatch table; null: nobody knows it
};

// What belongs to one document: the scopes, and what the formats must know of one another.
class Reading {
  public:
    Reading(std::string base, Format format);
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    [[nodiscard]] Element root(pugi::xml_node node);
    [[nodiscard]] const Scope* enter(pugi::xml_node node, const Scope* outer);

    // The same element with another base, where a format has an attribute of its own for it.
    [[nodiscard]] Element rebased(const Element& element, std::string_view base);

    [[nodiscard]] const Meaning& meaning_of(std::string_view name, const Scope& scope);

    // The namespace of elements that have none.
    [[nodiscard]] Ns home() const noexcept { return home_; }
    [[nodiscard]] bool is_atom() const noexcept { return home_ == Ns::atom; }
    [[nodiscard]] Format format() const noexcept { return format_; }

    // Elements of an item that a missing end tag put inside one of its texts; collected while
    // the text is read.
    std::vector<Element> strays;

  private:
    [[nodiscard]] const std::string* keep(std::string text);
    // A new scope that says what `outer` says.
    [[nodiscard]] Scope& inside(const Scope& outer);

    // Feeds repeat a dozen names thousands of times: each has the place that its length and its
    // letters give it, until another one needs that.
    struct Memo {
        const Scope* scope = nullptr;
        std::string name;
        Meaning meaning;
    };
    static constexpr std::size_t kMemos = 64;

    Format format_;
    Ns home_;
    std::deque<Scope> scopes_;
    std::deque<std::string> strings_;
    std::array<Memo, kMemos> memos_;
};

struct Element {
    pugi::xml_node node;
    Ns ns = Ns::none;
    std::string_view name;        // local, as written
    bool has_attributes = false;  // most elements of feeds have none to look through
    const Scope* scope = nullptr;
    Reading* reading = nullptr;
    std::optional<const Row*> row = std::nullopt;  // nullopt: not looked up yet

    [[nodiscard]] Element child(pugi::xml_node inner) const;

    // Attributes without prefix, whatever their case, trimmed; "" if absent.
    [[nodiscard]] std::string_view attribute(std::string_view wanted) const noexcept;
    // An attribute that may also carry a prefix of that namespace (rdf:about and about).
    [[nodiscard]] std::string_view attribute(Ns space, std::string_view wanted) const noexcept;

    [[nodiscard]] bool is(Ns space, std::string_view wanted) const noexcept;
    [[nodiscard]] bool has_elements() const noexcept;

    // What is inside, trimmed, if that is one text or nothing.
    [[nodiscard]] std::optional<std::string_view> only_text() const noexcept;
    // All text inside, trimmed.
    [[nodiscard]] std::string text() const;
    // The same without a copy where it is in one piece, else kept in `storage`.
    [[nodiscard]] std::string_view text_view(std::string& storage) const;
    // The text of what holds no markup, only escaped as if it did: "Ann &amp; B" in a section.
    [[nodiscard]] std::string plain_text() const;
    [[nodiscard]] std::string_view plain_view(std::string& storage) const;  // as text_view
    // The same with white space collapsed: a name, a word.
    [[nodiscard]] std::string words() const;
    // `reference` seen from here; "" stays "".
    [[nodiscard]] std::string resolved(std::string_view reference) const;
    // A URL by the element's text.
    [[nodiscard]] std::string url() const;
};

template <typename Visit>
void for_children(const Element& parent, Visit visit) {
    pugi::xml_node node = parent.node.first_child();
    for (auto type = node.type(); type != pugi::node_null; type = node.type()) {
        if (type == pugi::node_element) visit(parent.child(node));
        node = node.next_sibling();
    }
}

// xml:lang, <language> and the header: trimmed, en_US as en-US.
[[nodiscard]] std::string language_tag(std::string_view text);

// The text of a node, descendants included, in order, as it is.
[[nodiscard]] std::string raw_text(pugi::xml_node node);

}  // namespace feedd
