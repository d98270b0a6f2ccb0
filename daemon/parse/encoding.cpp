#include "parse/encoding.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "html/entities.h"
#include "parse/charset.h"
#include "parse/conversion.h"
#include "parse/detect.h"

namespace feedd {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // U+FEFF
// PHP warnings and comments may stand before the XML declaration, but not more than this.
constexpr std::size_t kDeclarationWithin = 8192;

// The value of name="value" (or 'value', or bare) in `text`; nullopt if the name is not there.
std::optional<std::string_view> parameter(std::string_view text, std::string_view name) {
    for (std::size_t i = 0; i + name.size() < text.size(); ++i) {
        if (!istarts_with(text.substr(i), name)) continue;
        const char before = i > 0 ? text[i - 1] : ' ';
        if (!is_space(before) && before != ';' && before != '"' && before != '\'') continue;
        std::string_view rest = trim(text.substr(i + name.size()));
        if (!rest.starts_with('=')) continue;
        rest = trim(rest.substr(1));
        const bool quoted = !rest.empty() && (rest[0] == '"' || rest[0] == '\'');
        if (quoted) return rest.substr(1, rest.find(rest[0], 1) - 1);
        return rest.substr(0, rest.find_first_of(" \t\r\n;?>"));
    }
    return std::nullopt;
}

// A feed has begun: what follows is quoted in an item.
bool names_root(std::string_view text) {
    for (const std::string_view root : {"<rss", "<feed", "<rdf:RDF", "<channel"}) {
        if (text.find(root) != text.npos) return true;
    }
    return false;
}

// charset="…" of a page's <meta> (WHATWG HTML, 4.2.5).
std::optional<std::string_view> label_of_page(std::string_view text) {
    text = text.substr(0, kDeclarationWithin);
    for (std::size_t at = text.find('<'); at != text.npos; at = text.find('<', at + 1)) {
        if (!istarts_with(text.substr(at), "<meta")) continue;
        const std::string_view tag = text.substr(at + 5, text.substr(at + 5).find('>'));
        const auto label = parameter(tag, "charset");
        if (label) return names_root(text.substr(0, at)) ? std::nullopt : label;
    }
    return std::nullopt;
}

// encoding="…" of the XML declaration in text of any set that keeps ASCII.
std::optional<std::string_view> declared_label(std::string_view text) {
    text = text.substr(0, kDeclarationWithin);
    std::size_t at = text.find("<?xml");
    while (at != text.npos && (at + 5 >= text.size() || !is_space(text[at + 5])))
        at = text.find("<?xml", at + 5);
    if (at == text.npos || names_root(text.substr(0, at))) return std::nullopt;
    const std::string_view rest = text.substr(at + 5);
    return parameter(rest.substr(0, rest.find_first_of("<>")), "encoding");
}

bool is_ascii(std::string_view bytes) noexcept {
    return std::none_of(bytes.begin(), bytes.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

Decoded as_utf8(std::string_view bytes, bool repaired) {
    return {.text = std::string(bytes), .encoding = "utf-8", .repaired = repaired};
}

// Not UTF-8, and no label that would fit.
Decoded without_label(std::string_view bytes) {
    const Utf8Census census = utf8_census(bytes);
    if (census.good > census.broken) {
        return {.text = mend_utf8(bytes), .encoding = "utf-8", .repaired = true};
    }
    const Charset charset = likely_charset(bytes);
    return {.text = convert(bytes, charset).text, .encoding = charset.name, .repaired = true};
}

Decoded by_label(std::string_view bytes, const Charset& charset) {
    const bool proven_utf8 = is_utf8(bytes) && !is_ascii(bytes);
    if (charset.kind == Charset::Kind::western && proven_utf8) return as_utf8(bytes, true);
    Converted converted = convert(bytes, charset);
    if (converted.errors > 0 && proven_utf8) return as_utf8(bytes, true);
    const auto high = static_cast<std::size_t>(std::count_if(
        bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
    if (converted.errors * 8 > high) return without_label(bytes);
    return {.text = std::move(converted.text),
            .encoding = charset.name,
            .repaired = converted.errors > 0};
}

Decoded decode_wide(std::string_view bytes, const WideForm& form, bool labelled_by_http) {
    const Charset charset = *charset_of_label(form.name);
    Converted converted = convert(bytes.substr(form.mark), charset);
    bool wrong_label = false;
    const auto label = declared_label(converted.text);
    if (label && !labelled_by_http) {
        const auto named = charset_of_label(*label);
        wrong_label = !named || named->kind != Charset::Kind::wide ||
                      named->name.substr(0, 6) != charset.name.substr(0, 6);  // "utf-16", "utf-32"
    }
    return {.text = std::move(converted.text),
            .encoding = charset.name,
            .repaired = converted.errors > 0 || wrong_label};
}

// The declaration has the same bytes in every EBCDIC, and tells which it is.
Decoded decode_ebcdic(std::string_view bytes) {
    const Converted head = convert(bytes.substr(0, kDeclarationWithin), ebcdic_of_label(""));
    const auto label = declared_label(head.text);
    const Charset charset = ebcdic_of_label(label.value_or(""));
    Converted converted = convert(bytes, charset);
    return {.text = std::move(converted.text),
            .encoding = charset.name,
            .repaired = converted.errors > 0};
}

Decoded decode_narrow(std::string_view bytes, std::string_view content_type) {
    bool wrong_label = false;
    const bool marked = bytes.starts_with(kMark);
    if (marked) bytes.remove_prefix(kMark.size());
    std::optional<Charset> charset;
    if (const auto label = parameter(content_type, "charset")) {
        charset = charset_of_label(*label);  // an unknown one is not the document's fault
    }
    if (const auto label = declared_label(bytes); label && !charset) {
        charset = charset_of_label(*label);
        wrong_label = !charset;
    }
    if (!charset && !is_utf8(bytes)) {
        if (const auto label = label_of_page(bytes)) charset = charset_of_label(*label);
    }
    if (charset && charset->kind == Charset::Kind::wide) {
        wrong_label = true;
        charset.reset();
    }
    if (marked && charset && charset->kind != Charset::Kind::utf8) {
        wrong_label = true;
        charset.reset();
    }
    Decoded result;
    if (charset && charset->kind != Charset::Kind::utf8) {
        result = by_label(bytes, *charset);
    } else if (is_utf8(bytes)) {
        result = as_utf8(bytes, false);
    } else if (marked) {
        result = {.text = mend_utf8(bytes), .encoding = "utf-8", .repaired = true};
    } else {
        result = without_label(bytes);
    }
    result.repaired = result.repaired || wrong_label;
    return result;
}

// None of XML 1.0's characters (§2.2), as U+FFFE and U+FFFF are not.
bool is_forbidden_control(unsigned char c) noexcept {
    return c < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

// What `clean` has to look at: controls, and the first bytes of U+0080–009F and U+FFFE.
bool is_ordinary(char c) noexcept {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0xC2 && byte != 0xEF;
}

// Line ends as XML has them (§2.11), controls of windows-1252 as what was meant, no others.
void clean(Decoded& decoded) {
    const std::string& in = decoded.text;
    const auto byte_at = [&](std::size_t i) {
        return i < in.size() ? static_cast<unsigned char>(in[i]) : static_cast<unsigned char>(0);
    };
    std::string out;
    out.reserve(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) {
        const std::size_t run = i;
        while (i < in.size() && is_ordinary(in[i]))
            ++i;
        out.append(in, run, i - run);
        if (i == in.size()) break;
        const unsigned char c = byte_at(i);
        const unsigned char next = byte_at(i + 1);
        if (c == '\r') {
            if (next != '\n') out += '\n';
        } else if (is_forbidden_control(c)) {
            decoded.repaired = true;
        } else if (c == 0xC2 && next <= 0x9F) {
            append_numbered_character(out, next);
            ++i;
        } else if (c == 0xEF && next == 0xBF && byte_at(i + 2) >= 0xBE) {
            decoded.repaired = true;
            i += 2;
        } else {
            out += in[i];
        }
    }
    decoded.text = std::move(out);
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view content_type) {
    const WideForm form = wide_form(bytes);
    Decoded result;
    if (!form.name.empty()) {
        const auto label = parameter(content_type, "charset");
        result = decode_wide(bytes, form, label && charset_of_label(*label));
    } else if (is_ebcdic(bytes)) {
        result = decode_ebcdic(bytes);
    } else {
        const bool false_mark = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
        result = decode_narrow(bytes.substr(false_mark ? 2 : 0), content_type);
        result.repaired = result.repaired || false_mark;
    }
    std::string_view text = result.text;
    while (text.starts_with(kMark)) {  // two marks: a file pasted into another
        text.remove_prefix(kMark.size());
        result.repaired = true;
    }
    result.text.erase(0, result.text.size() - text.size());
    clean(result);
    return result;
}

}  // namespace feedd
