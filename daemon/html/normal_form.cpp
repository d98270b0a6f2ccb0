#include "html/normal_form.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "base/text.h"
#include "html/escape.h"

namespace feedd {

namespace {

bool holds_address(std::string_view attribute) noexcept {
    static constexpr std::array<std::string_view, 7> kAddresses = {
        "href", "src", "srcset", "cite", "poster", "data", "background"};
    return std::find(kAddresses.begin(), kAddresses.end(), attribute) != kAddresses.end();
}

void append_percent_encoded(std::string& out, std::string_view address) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (const char c : address) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            out += c;
        } else {
            out += '%';
            out += kDigits[byte >> 4U];
            out += kDigits[byte & 0x0FU];
        }
    }
}

void append_text(std::string& out, std::string_view text) {
    const std::size_t start = out.size();
    out += nfc(std::string(text));
    keep_apart_from_tag(out, start);
}

// `tag` from '<' to '>'. Values stand in quotation marks, and have none inside.
void append_tag(std::string& out, std::string_view tag) {
    while (!tag.empty()) {
        const std::size_t open = tag.find("=\"");
        const std::size_t close = open == std::string_view::npos ? open : tag.find('"', open + 2);
        if (close == std::string_view::npos) break;
        const std::string_view before = tag.substr(0, open);
        const std::string_view name = before.substr(before.rfind(' ') + 1);
        const std::string_view value = tag.substr(open + 2, close - open - 2);
        out += tag.substr(0, open + 2);
        std::string normal = nfc(std::string(value));
        if (normal != value && holds_address(name)) {
            append_percent_encoded(out, value);
        } else {
            out += normal;
        }
        out += '"';
        tag.remove_prefix(close + 1);
    }
    out += tag;
}

}  // namespace

std::string nfc_html(std::string html) {
    if (is_surely_nfc(html) || nfc(html) == html) return html;
    std::string out;
    out.reserve(html.size());
    for (std::string_view rest = html; !rest.empty();) {
        const std::size_t tag = std::min(rest.find('<'), rest.size());
        append_text(out, rest.substr(0, tag));
        rest.remove_prefix(tag);
        const std::size_t end = std::min(rest.find('>'), rest.size());
        const std::size_t length = std::min(end + 1, rest.size());
        append_tag(out, rest.substr(0, length));
        rest.remove_prefix(length);
    }
    return out;
}

}  // namespace feedd
