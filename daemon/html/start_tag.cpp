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

bool is_at_most_one(std::string_view length) noexcept {
    length = trim(length);
    if (istarts_with(length, "-")) return false;
    if (length.ends_with("px")) length.remove_suffix(2);
    return length == "0" || length == "1";
}

std::string without_spaces(std::string text) {
    std::erase_if(text, [](char c) { return is_space(c); });
    std::transform(text.begin(), text.end(), text.begin(), to_lower);
    return text;
}

// Whether a style sets `property` to 0 or 1 pixel; `style` without spaces, in lower case.
bool is_tiny_in(std::string_view style, std::string_view property) {
    for (const std::string_view declaration : split(style, ';')) {
        if (declaration.starts_with(property) &&
            is_at_most_one(declaration.substr(property.size()))) {
            return true;
        }
    }
    return false;
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
    const std::string style = without_spaces(given.value(Attribute::style));
    return style.find("display:none") != std::string::npos ||
           style.find("visibility:hidden") != std::string::npos ||
           (is_tiny_in(style, "width:") && is_tiny_in(style, "height:"));
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
