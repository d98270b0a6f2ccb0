#include "html/start_tag.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "base/text.h"
#include "html/entities.h"
#include "html/escape.h"
#include "html/tokenizer.h"
#include "html/url_policy.h"

namespace feedd {

namespace {

constexpr std::size_t kLongestNumber = 6;  // digits of a width, a colspan, a list's start

struct Given {
    Attribute attribute = Attribute::none;
    std::string_view value;  // as written
};

// The attributes that matter, the first of each name, in order.
class GivenAttributes {
  public:
    GivenAttributes(Tag tag, std::string_view attributes) {
        AttributeReader reader(attributes);
        while (const auto raw = reader.next()) {
            const Attribute attribute = attribute_named(LowerName(raw->name).view());
            if (attribute == Attribute::none || find(attribute) != nullptr) continue;
            if (value_kind(tag, attribute) == ValueKind::none && !decides(tag, attribute)) continue;
            given_[size_++] = {attribute, raw->value};
        }
    }

    [[nodiscard]] const Given* begin() const noexcept { return given_.data(); }
    [[nodiscard]] const Given* end() const noexcept { return given_.data() + size_; }
    [[nodiscard]] const Given* find(Attribute attribute) const noexcept {
        const Given* const found = std::find_if(
            begin(), end(), [attribute](const Given& one) { return one.attribute == attribute; });
        return found != end() ? found : nullptr;
    }
    [[nodiscard]] std::string value(Attribute attribute) const {
        std::string out;
        const Given* const found = find(attribute);
        if (found != nullptr) append_unescaped(out, found->value, true);
        return out;
    }

  private:
    // Not kept, but what becomes of an image hangs on it.
    static bool decides(Tag tag, Attribute attribute) noexcept {
        return tag == Tag::img &&
               (attribute == Attribute::data_src || attribute == Attribute::data_srcset ||
                attribute == Attribute::hidden || attribute == Attribute::style);
    }

    std::array<Given, static_cast<std::size_t>(Attribute::width) + 1> given_;
    std::size_t size_ = 0;
};

// A length as browsers read it: digits, a fraction, and whatever follows.
struct Length {
    bool tiny = false;  // at most one pixel
    bool zero = false;
    std::string_view unit;
};

std::optional<Length> length_of(std::string_view text) noexcept {
    const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
    std::size_t end = whole;
    if (text.substr(end).starts_with('.')) {
        end = std::min(text.find_first_not_of("0123456789", whole + 1), text.size());
    }
    if (whole == 0 && end < 2) return std::nullopt;
    const bool no_fraction = text.substr(0, end).find_first_not_of("0.", whole) == text.npos;
    const std::string_view digits = text.substr(0, whole);
    const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
    Length length;
    length.zero = first == whole && no_fraction;
    length.tiny = first == whole || (digits.substr(first) == "1" && no_fraction);
    length.unit = trim(text.substr(end));
    return length;
}

// Of an attribute: what is behind the number does not count (WHATWG HTML, 2.3.4.4), but '%'.
bool is_at_most_one(std::string_view text) noexcept {
    const auto length = length_of(trim(text));
    return length && length->tiny && (length->zero || !length->unit.starts_with('%'));
}

// As browsers read it: without comments; in lower case, without spaces.
std::string plain_style(const std::string& text) {
    std::string style;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.compare(at, 2, "/*") == 0) {
            at = text.find("*/", at + 2);
            if (at == std::string::npos) break;
            ++at;
        } else if (!is_space(text[at])) {
            style += to_lower(text[at]);
        }
    }
    return style;
}

// The value of `property` in each declaration of a plain style, without "!important".
template <typename Test>
bool declares(std::string_view style, std::string_view property, Test test) {
    for (std::string_view declaration : split(style, ';')) {
        if (!declaration.starts_with(property)) continue;
        declaration.remove_prefix(property.size());
        if (!declaration.starts_with(':')) continue;
        if (test(declaration.substr(1, declaration.find('!') - 1))) return true;
    }
    return false;
}

bool is_tiny_in(std::string_view style, std::string_view property) {
    return declares(style, property, [](std::string_view value) {
        const auto length = length_of(value);
        const bool absolute =
            length && (length->unit.empty() || length->unit == "px" || length->unit == "pt");
        return length && length->tiny && (length->zero || absolute);
    });
}

// Unless a script shows it once it is loaded.
bool is_transparent(std::string_view style) {
    return style.find("transition") == std::string_view::npos &&
           declares(style, "opacity", [](std::string_view value) {
               const auto length = length_of(value);
               return length && length->zero;
           });
}

std::string number(std::string_view text) {
    text = trim(text);
    std::string_view digits = text;
    if (digits.starts_with('-')) digits.remove_prefix(1);
    const bool good = !digits.empty() && digits.size() <= kLongestNumber &&
                      std::all_of(digits.begin(), digits.end(), is_digit);
    return good ? std::string(text) : std::string{};
}

bool is_unseen(const GivenAttributes& given) {
    if (given.find(Attribute::hidden) != nullptr) return true;
    // A length that is no number goes, and says nothing of how large the image is.
    const std::string width = given.value(Attribute::width);
    const std::string height = given.value(Attribute::height);
    const bool large = (!number(width).empty() && !is_at_most_one(width)) ||
                       (!number(height).empty() && !is_at_most_one(height));
    if (!large && (is_at_most_one(width) || is_at_most_one(height))) return true;
    if (given.find(Attribute::style) == nullptr) return false;
    const std::string style = plain_style(given.value(Attribute::style));
    const auto tiny = [&](std::string_view property, std::string_view most) {
        return is_tiny_in(style, property) || is_tiny_in(style, most);
    };
    const bool lazy =
        given.find(Attribute::data_src) != nullptr || given.find(Attribute::data_srcset) != nullptr;
    return style.find("display:none") != std::string::npos ||
           style.find("visibility:hidden") != std::string::npos ||
           (tiny("width", "max-width") && tiny("height", "max-height")) ||
           (!large && !lazy && is_transparent(style));
}

// "" is a value that is not allowed, and of no use.
std::string safe_value(ValueKind kind, std::string value, std::string_view base) {
    switch (kind) {
        case ValueKind::text:
            return value;
        case ValueKind::number:
            return number(value);
        case ValueKind::link:
            return safe_url(UrlUse::link, value, base);
        case ValueKind::media:
            return safe_url(UrlUse::media, value, base);
        case ValueKind::image:
            return safe_url(UrlUse::image, value, base);
        case ValueKind::image_set:
            return safe_srcset(value, base);
        default:
            return {};
    }
}

bool append_attribute(std::string& out, Attribute attribute, std::string_view value) {
    if (value.empty()) return false;
    const std::size_t start = out.size();
    out.append(" ").append(name_of(attribute)).append("=\"");
    const std::size_t value_start = out.size();
    append_escaped_attribute(out, value);
    if (out.size() == value_start) {
        out.resize(start);
        return false;
    }
    out += '"';
    return true;
}

// What a script would put in the place of a placeholder once the image comes into sight.
std::optional<std::string> lazy_value(const GivenAttributes& given, Attribute attribute,
                                      std::string_view base) {
    const bool is_source = attribute == Attribute::src;
    const Attribute lazy = is_source ? Attribute::data_src : Attribute::data_srcset;
    if (given.find(lazy) == nullptr) return std::nullopt;
    const std::string present = given.value(attribute);
    if (!present.empty() && !istarts_with(trim(present), "data:")) return std::nullopt;
    std::string value = is_source ? safe_url(UrlUse::media, given.value(lazy), base)
                                  : safe_srcset(given.value(lazy), base);
    if (value.empty()) return std::nullopt;
    return value;
}

// True: the image has an address.
bool append_image_sources(std::string& out, const GivenAttributes& given, std::string_view base) {
    bool has_source = false;
    for (const Attribute attribute : {Attribute::src, Attribute::srcset}) {
        auto value = lazy_value(given, attribute, base);
        if (!value) {
            value = safe_value(value_kind(Tag::img, attribute), given.value(attribute), base);
        }
        has_source = append_attribute(out, attribute, *value) || has_source;
    }
    return has_source;
}

bool needs_address(Tag tag) noexcept {
    return tag == Tag::img || tag == Tag::source;
}

bool is_address(Attribute attribute) noexcept {
    return attribute == Attribute::href || attribute == Attribute::src ||
           attribute == Attribute::srcset;
}

// True: an address is among them.
bool append_attributes(std::string& out, Tag tag, const GivenAttributes& given,
                       std::string_view base) {
    bool has_address = tag == Tag::img && append_image_sources(out, given, base);
    for (const Given& one : given) {
        const ValueKind kind = value_kind(tag, one.attribute);
        if (kind == ValueKind::none || (tag == Tag::img && is_address(one.attribute))) continue;
        if (kind == ValueKind::flag) {
            out.append(" ").append(name_of(one.attribute)).append("=\"\"");
            continue;
        }
        const bool kept = append_attribute(out, one.attribute,
                                           safe_value(kind, given.value(one.attribute), base));
        has_address = has_address || (kept && is_address(one.attribute));
    }
    return has_address;
}

}  // namespace

bool append_start_tag(std::string& out, Tag tag, std::string_view attributes,
                      std::string_view base) {
    const std::size_t start = out.size();
    out.append("<").append(name_of(tag));
    if (!attributes.empty() || needs_address(tag)) {
        const GivenAttributes given(tag, attributes);
        // <a name="…">, the place that a link leads to, is no link itself.
        if (tag == Tag::a && given.begin() == given.end() && AttributeReader(attributes).next()) {
            out.resize(start);
            return false;
        }
        if (tag == Tag::img && is_unseen(given)) {
            out.resize(start);
            return false;
        }
        const bool has_address = append_attributes(out, tag, given, base);
        if (needs_address(tag) && !has_address) {
            out.resize(start);
            return false;
        }
    }
    out += '>';
    return true;
}

std::string attribute_value(std::string_view attributes, Attribute wanted) {
    AttributeReader reader(attributes);
    std::string out;
    while (const auto raw = reader.next()) {
        if (attribute_named(LowerName(raw->name).view()) != wanted) continue;
        append_unescaped(out, raw->value, true);
        break;
    }
    return out;
}

std::string source_of(std::string_view attributes) {
    std::string source = attribute_value(attributes, Attribute::src);
    return source.empty() ? attribute_value(attributes, Attribute::data_src) : source;
}

}  // namespace feedd
