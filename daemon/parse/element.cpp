#include "parse/element.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "base/url.h"
#include "html/entities.h"
#include "parse/address.h"
#include "parse/dispatch.h"
#include "parse/xml_names.h"

namespace feedd {

namespace {

// Hostile input ends here; honest documents have a dozen prefixes and short bases.
constexpr std::size_t kMaxPrefixes = 128;
constexpr std::size_t kMaxBase = 4096;
constexpr std::size_t kMaxLanguage = 64;

constexpr std::string_view kBaseAttribute = "xml:base";
constexpr std::string_view kLanguageAttribute = "xml:lang";
constexpr std::string_view kNamespaceAttribute = "xmlns";

// Prefix and local name, in one pass: names are short.
std::pair<std::string_view, std::string_view> split_name(const char* qualified) noexcept {
    const char* local = qualified;
    const char* end = qualified;
    for (; *end != '\0'; ++end) {
        if (*end == ':' && local == qualified) local = end + 1;
    }
    const std::string_view name(local, static_cast<std::size_t>(end - local));
    if (local == qualified) return {{}, name};
    return {std::string_view(qualified, static_cast<std::size_t>(local - qualified) - 1), name};
}

Ns home_of(Format format) noexcept {
    switch (format) {
        case Format::atom03:
        case Format::atom10:
            return Ns::atom;
        case Format::cdf:
            return Ns::cdf;
        default:
            return Ns::rss;
    }
}

bool says_something(pugi::xml_node node) noexcept {
    for (pugi::xml_attribute at = node.first_attribute(); at; at = at.next_attribute()) {
        const char* name = at.name();
        if (name[0] == 'x' && name[1] == 'm' && name[2] == 'l') return true;
    }
    return false;
}

// A base must be one that references can be resolved against: not javascript: or mailto:.
std::optional<std::string> base_of(const std::string& outer, std::string_view written) {
    std::string_view reference = trim(written);
    if (reference.empty() || reference.size() > kMaxBase) return std::nullopt;
    // Generators that join a host and a path write one slash too many (http:///host/).
    std::string mended;
    for (const std::string_view scheme : {"http:///", "https:///"}) {
        if (!istarts_with(reference, scheme)) continue;
        reference.remove_prefix(scheme.size());
        reference.remove_prefix(std::min(reference.find_first_not_of('/'), reference.size()));
        mended = std::string(scheme.substr(0, scheme.size() - 1)) + std::string(reference);
        reference = mended;
        break;
    }
    std::string base = resolve_url(outer, reference);
    const std::string scheme = scheme_of(base);
    static constexpr std::string_view kBases[] = {"", "http", "https", "ftp", "file", "feed"};
    if (std::find(std::begin(kBases), std::end(kBases), scheme) == std::end(kBases)) {
        return std::nullopt;
    }
    if (base.size() > kMaxBase) return std::nullopt;
    return base;
}

template <typename Same>
const Ns* declared_in(const Scope& scope, const Same& same) {
    for (const Scope* at = &scope; at != nullptr; at = at->outer) {
        for (const auto& [declared, ns] : at->prefixes) {
            if (same(declared)) return &ns;
        }
    }
    return nullptr;
}

Ns prefix_in(const Scope& scope, std::string_view prefix) {
    const Ns* ns = declared_in(scope, [&](std::string_view other) { return other == prefix; });
    if (ns != nullptr) return *ns;
    ns = declared_in(scope, [&](std::string_view other) { return iequals(other, prefix); });
    if (ns != nullptr) return *ns;
    return namespace_of_prefix(prefix).value_or(Ns::foreign);
}

Meaning find_meaning(std::string_view name, const Scope& scope, Ns home) {
    const std::string_view prefix = prefix_of(name);
    Meaning meaning;
    if (prefix.empty()) {
        meaning.ns = scope.default_ns == Ns::none ? home : scope.default_ns;
    } else {
        meaning.ns = prefix_in(scope, prefix);
    }
    meaning.local = name.size() - local_of(name).size();
    meaning.row = find_row(meaning.ns, name.substr(meaning.local), meaning.local > 0, home);
    return meaning;
}

void append_text(pugi::xml_node node, std::string& out) {
    for (pugi::xml_node inner = node.first_child(); inner; inner = inner.next_sibling()) {
        switch (inner.type()) {
            case pugi::node_pcdata:
            case pugi::node_cdata:
                out += inner.value();
                break;
            case pugi::node_element:
                append_text(inner, out);
                break;
            default:
                break;
        }
    }
}

}  // namespace

Reading::Reading(std::string base, Format format) : format_(format), home_(home_of(format)) {
    Scope outermost;
    if (base.size() > kMaxBase) base.clear();
    outermost.base = keep(std::move(base));
    scopes_.push_back(std::move(outermost));
}

const std::string* Reading::keep(std::string text) {
    return &strings_.emplace_back(std::move(text));
}

Scope& Reading::inside(const Scope& outer) {
    Scope& scope = scopes_.emplace_back();
    scope.outer = &outer;
    scope.prefix_count = outer.prefix_count;
    scope.default_ns = outer.default_ns;
    scope.base = outer.base;
    scope.language = outer.language;
    return scope;
}

Element Reading::root(pugi::xml_node node) {
    std::vector<pugi::xml_node> path;  // a feed may be wrapped in another element
    for (pugi::xml_node at = node; at && at.type() == pugi::node_element; at = at.parent())
        path.push_back(at);
    const Scope* scope = &scopes_.front();
    for (auto at = path.rbegin(); at != path.rend(); ++at)
        scope = enter(*at, scope);
    const auto [prefix, name] = split_name(node.name());
    // An <rss> cannot be Media RSS or XHTML: a default namespace that says so was copied from
    // elsewhere and means nothing.
    if (prefix.empty() && scope->default_ns != Ns::none && scope->default_ns != home_ &&
        scope->default_ns != Ns::rss && scope->default_ns != Ns::atom) {
        Scope& corrected = inside(*scope);
        corrected.default_ns = Ns::none;
        scope = &corrected;
    }
    Element root{.node = node,
                 .ns = home_,
                 .name = name,
                 .has_attributes = static_cast<bool>(node.first_attribute()),
                 .scope = scope,
                 .reading = this};
    if (prefix.empty()) return root;
    root.ns = prefix_in(*scope, prefix);
    // Nor can <a:feed> be anything else, whatever the prefix was bound to.
    if (root.ns == Ns::foreign) {
        Scope& corrected = inside(*scope);
        corrected.prefixes.emplace_back(prefix, home_);
        root.scope = &corrected;
        root.ns = home_;
    }
    return root;
}

const Scope* Reading::enter(pugi::xml_node node, const Scope* outer) {
    if (!says_something(node)) return outer;
    Scope& scope = inside(*outer);
    for (pugi::xml_attribute at = node.first_attribute(); at; at = at.next_attribute()) {
        const std::string_view name = at.name();
        if (name == kBaseAttribute) {
            if (auto base = base_of(*outer->base, at.value())) scope.base = keep(std::move(*base));
        } else if (name == kLanguageAttribute) {
            scope.language = keep(language_tag(at.value()));
        } else if (name == kNamespaceAttribute) {
            scope.default_ns = namespace_of_uri(at.value());
            if (scope.default_ns == Ns::foreign) scope.default_ns = Ns::none;
        } else if (name.starts_with("xmlns:") && scope.prefix_count < kMaxPrefixes) {
            const std::string_view prefix = name.substr(kNamespaceAttribute.size() + 1);
            Ns ns = namespace_of_uri(at.value());
            // A known prefix on an unknown URI: the URI is misspelt.
            if (ns == Ns::foreign || ns == Ns::none) {
                ns = namespace_of_prefix(prefix).value_or(Ns::foreign);
            }
            scope.prefixes.emplace_back(prefix, ns);
            ++scope.prefix_count;
        }
    }
    return &scope;
}

Element Reading::rebased(const Element& element, std::string_view base) {
    auto resolved = base_of(*element.scope->base, base);
    if (!resolved) return element;
    Scope& scope = inside(*element.scope);
    scope.base = keep(std::move(*resolved));
    Element moved = element;
    moved.scope = &scope;
    return moved;
}

const Meaning& Reading::meaning_of(std::string_view name, const Scope& scope) {
    const auto letter = [name](std::size_t at) { return static_cast<unsigned char>(name[at]); };
    const std::size_t place =
        name.empty() ? 0 : letter(0) + 3U * letter(name.size() / 2) + 5U * name.size();
    Memo& memo = memos_[place % kMemos];
    if (memo.scope != &scope || memo.name != name) {
        memo = {.scope = &scope,
                .name = std::string(name),
                .meaning = find_meaning(name, scope, home_)};
    }
    return memo.meaning;
}

Element Element::child(pugi::xml_node inner) const {
    const std::string_view written = inner.name();
    const bool says_more = static_cast<bool>(inner.first_attribute());
    const Scope* inside = says_more ? reading->enter(inner, scope) : scope;
    const Meaning& meaning = reading->meaning_of(written, *inside);
    return {.node = inner,
            .ns = meaning.ns,
            .name = written.substr(meaning.local),
            .has_attributes = says_more,
            .scope = inside,
            .reading = reading,
            .row = meaning.row};
}

std::string_view Element::attribute(std::string_view wanted) const noexcept {
    if (!has_attributes) return {};
    for (pugi::xml_attribute at = node.first_attribute(); at; at = at.next_attribute()) {
        if (iequals(at.name(), wanted)) return trim(at.value());
    }
    return {};
}

std::string_view Element::attribute(Ns space, std::string_view wanted) const noexcept {
    if (!has_attributes) return {};
    for (pugi::xml_attribute at = node.first_attribute(); at; at = at.next_attribute()) {
        const auto [prefix, local] = split_name(at.name());
        if (!iequals(local, wanted)) continue;
        if (prefix.empty() || prefix_in(*scope, prefix) == space) return trim(at.value());
    }
    return {};
}

bool Element::is(Ns space, std::string_view wanted) const noexcept {
    return ns == space && iequals(name, wanted);
}

bool Element::has_elements() const noexcept {
    pugi::xml_node inner = node.first_child();
    for (auto type = inner.type(); type != pugi::node_null; type = inner.type()) {
        if (type == pugi::node_element) return true;
        inner = inner.next_sibling();
    }
    return false;
}

std::optional<std::string_view> Element::only_text() const noexcept {
    const pugi::xml_node only = node.first_child();
    const pugi::xml_node_type type = only.type();
    if (type == pugi::node_null) return std::string_view{};
    const bool is_text = type == pugi::node_pcdata || type == pugi::node_cdata;
    if (!is_text || only.next_sibling()) return std::nullopt;
    return trim(only.value());
}

std::string_view Element::text_view(std::string& storage) const {
    if (const auto only = only_text()) return *only;
    storage = raw_text(node);
    return trim(storage);
}

std::string Element::text() const {
    if (const auto only = only_text()) return std::string(*only);
    std::string storage;
    const std::string_view view = text_view(storage);
    if (view.size() == storage.size()) return storage;
    return std::string(view);
}

std::string_view Element::plain_view(std::string& storage) const {
    const std::string_view view = text_view(storage);
    if (view.find('&') == view.npos || !has_reference(view)) return view;
    std::string plain;
    append_unescaped(plain, view);
    storage = std::move(plain);
    return storage;
}

std::string Element::plain_text() const {
    std::string storage;
    return std::string(plain_view(storage));
}

std::string Element::words() const {
    std::string storage;
    return collapse_space(plain_view(storage));
}

std::string Element::url() const {
    std::string storage;
    return resolved(text_view(storage));
}

std::string Element::resolved(std::string_view reference) const {
    return address_from(*scope->base, reference);
}

std::string language_tag(std::string_view text) {
    text = trim(text);
    if (text.size() > kMaxLanguage) return {};
    std::string tag(text);
    std::replace(tag.begin(), tag.end(), '_', '-');
    return tag;
}

std::string raw_text(pugi::xml_node node) {
    std::string out;
    append_text(node, out);
    return out;
}

}  // namespace feedd
