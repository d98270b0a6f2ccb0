#include "parse/xhtml.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/url.h"
#include "html/sanitize.h"
#include "parse/dispatch.h"

namespace feedd {

namespace {

// The HTML standard, 13.1.2: elements without end tag.
constexpr std::array<std::string_view, 14> kVoid = {"area",  "base",   "br",    "col",  "embed",
                                                    "hr",    "img",    "input", "link", "meta",
                                                    "param", "source", "track", "wbr"};

constexpr std::array<std::string_view, 7> kUrlAttributes = {"action", "background", "cite", "data",
                                                            "href",   "poster",     "src"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) noexcept {
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view known) { return iequals(known, name); });
}

// Elements that HTML does not know but an item does: they are no part of a text. A name that both
// know stays where it is, except an RSS link, which has its address inside.
bool is_stray(const Element& element) {
    static constexpr std::array<std::string_view, 6> kOfBoth = {"title", "source", "summary",
                                                                "body",  "image",  "content"};
    if (element.ns == Ns::xhtml || element.reading->is_atom()) return false;
    if (is_item(element)) return true;
    if (find_row(element) == nullptr) return false;
    if (iequals(element.name, "link")) {
        return element.node.first_attribute().empty() && is_web_url(element.text());
    }
    if (element.ns != Ns::rss) return element.node.name() != element.name;
    return !is_one_of(kOfBoth, element.name);
}

std::string_view html_name(const Element& element) noexcept {
    const bool readable = element.ns == Ns::xhtml || element.ns == Ns::atom ||
                          element.ns == Ns::rss || element.ns == Ns::cdf;
    if (readable) return element.name;
    static constexpr std::array<std::string_view, 4> kDrawing = {"svg:", "math:", "mml:", "m:"};
    const std::string_view whole = element.node.name();
    const std::string_view prefix = whole.substr(0, whole.size() - element.name.size());
    return is_one_of(kDrawing, prefix) ? element.name : whole;
}

class Writer {
  public:
    explicit Writer(const std::string* base) : base_(base) {}

    // Recursion ends at ParseLimits::max_depth, which the tree was built within.
    void write_inside(const Element& parent) {
        for (pugi::xml_node node = parent.node.first_child(); node; node = node.next_sibling()) {
            if (node.type() == pugi::node_pcdata) {
                out_ += escape_html(node.value());
            } else if (node.type() == pugi::node_cdata) {
                write_section(node.value(), parent.reading->is_atom());
            } else if (node.type() == pugi::node_element) {
                const Element element = parent.child(node);
                if (is_stray(element)) {
                    parent.reading->strays.push_back(element);
                } else {
                    write(element);
                }
            }
        }
    }

    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    void write(const Element& element) {
        const std::string_view name = html_name(element);
        out_.append("<").append(name);
        write_attributes(element);
        out_ += '>';
        if (is_one_of(kVoid, name)) return;
        write_inside(element);
        out_.append("</").append(name).append(">");
    }

    void write_attributes(const Element& element) {
        for (pugi::xml_attribute at = element.node.first_attribute(); at;
             at = at.next_attribute()) {
            std::string_view name = at.name();
            if (name == "xml:lang") name = "lang";
            if (name.find(':') != std::string_view::npos || name == "xmlns") continue;
            const bool moved = element.scope->base != base_ && is_one_of(kUrlAttributes, name);
            out_.append(" ").append(name).append("=\"");
            out_ += escape_html(moved ? resolve_url(*element.scope->base, at.value())
                                      : std::string(at.value()));
            out_ += '"';
        }
    }

    // Beside elements, a CDATA section with markup of its own is meant as markup, except in Atom,
    // where the type has said that it is text.
    void write_section(std::string_view section, bool is_text) {
        if (is_text || !looks_like_html(section)) {
            out_ += escape_html(section);
        } else {
            out_ += section;
        }
    }

    const std::string* base_;  // what relative URLs will be resolved against
    std::string out_;
};

}  // namespace

std::string inner_html(const Element& element) {
    Writer writer(element.scope->base);
    writer.write_inside(element);
    return writer.take();
}

std::optional<Element> single_div(const Element& element) {
    pugi::xml_node found;
    for (pugi::xml_node node = element.node.first_child(); node; node = node.next_sibling()) {
        const bool text = node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
        if (text && !trim(node.value()).empty()) return std::nullopt;
        if (node.type() != pugi::node_element) continue;
        if (found) return std::nullopt;
        found = node;
    }
    if (!found) return std::nullopt;
    const Element div = element.child(found);
    if (!iequals(div.name, "div")) return std::nullopt;
    return div;
}

}  // namespace feedd
