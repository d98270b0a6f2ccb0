#include "command/json_line.h"

#include <iterator>
#include <string_view>

#include <fmt/format.h>

#include "base/find_byte.h"
#include "base/text.h"

namespace feedd {

namespace {

using Json = nlohmann::ordered_json;

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void append_escape(std::string& out, char c) {
    constexpr std::string_view kPlain = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    const std::size_t which = kPlain.find(c);
    if (which == std::string_view::npos) {
        fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned char>(c));
    } else {
        out.append("\\").append(1, kLetters[which]);
    }
}

// dump decodes every byte of every text; nearly all of ours stands as it is.
void append_text(std::string& out, const std::string& text) {
    if (!is_utf8(text)) {
        out += dumped(text);
        return;
    }
    out += '"';
    for (std::size_t at = 0;;) {
        const std::size_t next = find_byte(
            text, at, [](const auto& c) { return (c >= 0 && c < 0x20) || c == '"' || c == '\\'; });
        out.append(text, at, next - at);
        if (next == text.size()) break;
        append_escape(out, text[next]);
        at = next + 1;
    }
    out += '"';
}

void append(std::string& out, const Json& json) {
    const char* separator = "";
    switch (json.type()) {
        case Json::value_t::object:
            out += '{';
            for (const auto& [key, value] : json.get_ref<const Json::object_t&>()) {
                out += separator;
                append_text(out, key);
                out += ':';
                append(out, value);
                separator = ",";
            }
            out += '}';
            break;
        case Json::value_t::array:
            out += '[';
            for (const Json& value : json) {
                out += separator;
                append(out, value);
                separator = ",";
            }
            out += ']';
            break;
        case Json::value_t::string:
            append_text(out, json.get_ref<const std::string&>());
            break;
        default:
            out += dumped(json);
    }
}

}  // namespace

std::string json_line(const Json& json) {
    std::string out;
    append(out, json);
    return out;
}

}  // namespace feedd
