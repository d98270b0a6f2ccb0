#include "parse/encoding.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "parse/charset.h"
#include "parse/clean_text.h"
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

Decoded as_utf8(std::string_view bytes, bool repaired) {
    return {.kept = bytes, .encoding = "utf-8", .repaired = repaired};
}

void clean(Decoded& decoded, std::size_t clean_until = 0) {
    CleanedText changed = cleaned(decoded.text(), clean_until);
    if (changed.text) decoded.made = std::move(changed.text);
    decoded.repaired = decoded.repaired || changed.repaired;
}

// Without marks, of which two stand where a file was pasted into another, and clean.
Decoded finished(Decoded decoded) {
    std::string_view text = decoded.text();
    while (text.starts_with(kMark)) {
        text.remove_prefix(kMark.size());
        decoded.repaired = true;
    }
    if (decoded.made) {
        decoded.made->erase(0, decoded.made->size() - text.size());
    } else {
        decoded.kept = text;
    }
    clean(decoded);
    return decoded;
}

// ISO-2022-JP needs no byte beyond ASCII: it escapes to JIS X 0208.
bool escapes_to_japanese(std::string_view bytes) noexcept {
    const bool escapes = bytes.find("\x1B$B") != bytes.npos || bytes.find("\x1B$@") != bytes.npos;
    return escapes && is_ascii(bytes);
}

// Not UTF-8, and no label that would fit.
Decoded without_label(std::string_view bytes) {
    const Utf8Census census = utf8_census(bytes);
    if (census.good > census.broken) {
        return {.made = mend_utf8(bytes), .encoding = "utf-8", .repaired = true};
    }
    const Charset charset = likely_charset(bytes);
    return {.made = convert(bytes, charset).text, .encoding = charset.name, .repaired = true};
}

// Text in any other set has hardly a sequence of bytes that UTF-8 allows; real UTF-8 has a few cut
// characters and pasted bytes at most.
bool is_mostly_utf8(const Utf8Census& census) noexcept {
    return census.good > 2 * census.broken;
}

Decoded by_label(std::string_view bytes, const Charset& charset) {
    const bool proven_utf8 = is_utf8(bytes) && !is_ascii(bytes);
    // To a set of single bytes all bytes are characters: that they can be read proves nothing.
    const bool single_bytes = is_single_byte(charset);
    if (single_bytes && proven_utf8) return as_utf8(bytes, true);
    Converted converted;
    if (!single_bytes) converted = convert(bytes, charset);
    if (converted.errors > 0 && proven_utf8) return as_utf8(bytes, true);
    if (single_bytes || converted.errors > 0) {
        const Utf8Census census = utf8_census(bytes);
        if (is_mostly_utf8(census) && (single_bytes || converted.errors > census.broken))
            return {.made = mend_utf8(bytes), .encoding = "utf-8", .repaired = true};
    }
    if (single_bytes) converted = convert(bytes, charset);
    const auto high = static_cast<std::size_t>(
        std::count_if(bytes.begin(), bytes.end(), [](char c) { return !is_ascii(c); }));
    if (converted.errors * 8 > high) return without_label(bytes);
    return {.made = std::move(converted.text),
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
    return {.made = std::move(converted.text),
            .encoding = charset.name,
            .repaired = converted.errors > 0 || wrong_label};
}

// The declaration has the same bytes in every EBCDIC, and tells which it is.
Decoded decode_ebcdic(std::string_view bytes) {
    const Converted head = convert(bytes.substr(0, kDeclarationWithin), ebcdic_of_label(""));
    const auto label = declared_label(head.text);
    const Charset charset = ebcdic_of_label(label.value_or(""));
    Converted converted = convert(bytes, charset);
    return {.made = std::move(converted.text),
            .encoding = charset.name,
            .repaired = converted.errors > 0};
}

Decoded decode_narrow(std::string_view bytes, std::string_view content_type) {
    bool wrong_label = false;
    int marks = 0;
    for (; bytes.starts_with(kMark); ++marks)
        bytes.remove_prefix(kMark.size());
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
    if (marks > 0 && charset && charset->kind != Charset::Kind::utf8) {
        wrong_label = true;
        charset.reset();
    }
    Decoded result;
    if (charset && charset->kind != Charset::Kind::utf8) {
        result = finished(by_label(bytes, *charset));
    } else if (const TextSurvey survey = survey_text(bytes);
               survey.clean_until < bytes.size() && escapes_to_japanese(bytes)) {
        const Charset japanese = *charset_of_label("iso-2022-jp");
        result = finished(
            {.made = convert(bytes, japanese).text, .encoding = japanese.name, .repaired = true});
    } else if (survey.is_utf8) {
        result = as_utf8(bytes, marks > 1);
        clean(result, survey.clean_until);
    } else if (marks > 0) {
        result = finished({.made = mend_utf8(bytes), .encoding = "utf-8", .repaired = true});
    } else {
        result = finished(without_label(bytes));
    }
    result.repaired = result.repaired || wrong_label;
    return result;
}

}  // namespace

Decoded decode(std::string_view bytes, std::string_view content_type) {
    const WideForm form = wide_form(bytes);
    Decoded result;
    if (!form.name.empty()) {
        const auto label = parameter(content_type, "charset");
        result = finished(decode_wide(bytes, form, label && charset_of_label(*label)));
    } else if (is_ebcdic(bytes)) {
        result = finished(decode_ebcdic(bytes));
    } else {
        const bool false_mark = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
        result = decode_narrow(bytes.substr(false_mark ? 2 : 0), content_type);
        result.repaired = result.repaired || false_mark;
    }
    return result;
}

}  // namespace feedd
