#include "parse/charset.h"

#include <algorithm>
#include <array>

#include <unicode/ucnv.h>

#include "base/handle.h"
#include "base/text.h"
#include "parse/charset_table.h"

namespace feedd {

namespace {

using Converter = Handle<UConverter, ucnv_close>;

constexpr std::size_t kLongestLabel = 64;  // no known one has half of it

std::string bare(std::string_view label) {
    std::string out;
    for (const char c : label) {
        if (is_alpha(c) || is_digit(c)) out += to_lower(c);
    }
    return out;
}

bool lists(std::string_view labels, std::string_view label) {
    while (!labels.empty()) {
        const auto end = std::min(labels.find(' '), labels.size());
        if (labels.substr(0, end) == label) return true;
        labels.remove_prefix(std::min(end + 1, labels.size()));
    }
    return false;
}

bool keeps_ascii(UConverter* converter) {
    std::string printable;
    for (char c = ' '; c <= '~'; ++c)
        printable += c;
    std::array<UChar, 256> out{};
    UErrorCode status = U_ZERO_ERROR;
    const int32_t length =
        ucnv_toUChars(converter, out.data(), static_cast<int32_t>(out.size()), printable.data(),
                      static_cast<int32_t>(printable.size()), &status);
    return U_SUCCESS(status) && static_cast<std::size_t>(length) == printable.size() &&
           std::equal(printable.begin(), printable.end(), out.begin(),
                      [](char a, UChar b) { return static_cast<UChar>(a) == b; });
}

// "<" in all of EBCDIC, "L" in ASCII.
bool is_ebcdic_converter(UConverter* converter) {
    constexpr char kAngle = '\x4C';
    UChar character = 0;
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUChars(converter, &character, 1, &kAngle, 1, &status);
    return U_SUCCESS(status) && character == u'<';
}

template <typename IsWanted>
std::optional<Charset> charset_of_icu(const std::string& label, const IsWanted& is_wanted) {
    UErrorCode status = U_ZERO_ERROR;
    const Converter converter(ucnv_open(label.c_str(), &status));
    if (U_FAILURE(status) || !converter || !is_wanted(converter.get())) return std::nullopt;
    status = U_ZERO_ERROR;
    const char* converter_name = ucnv_getName(converter.get(), &status);
    if (U_FAILURE(status) || converter_name == nullptr) return std::nullopt;
    status = U_ZERO_ERROR;
    const char* iana = ucnv_getStandardName(converter_name, "IANA", &status);
    return Charset{.name = lower(iana != nullptr ? iana : converter_name),
                   .converter = converter_name,
                   .kind = Charset::Kind::other};
}

}  // namespace

std::optional<Charset> charset_of_label(std::string_view label) {
    label = trim(label);
    const std::string wanted = bare(label);
    if (wanted.empty() || label.size() > kLongestLabel) return std::nullopt;
    for (const CharsetRow& row : kCharsets) {
        if (lists(row.labels, wanted)) {
            return Charset{.name = std::string(row.name),
                           .converter = std::string(row.converter),
                           .kind = row.kind};
        }
    }
    return charset_of_icu(std::string(label), keeps_ascii);
}

bool is_single_byte(const Charset& charset) {
    if (charset.name == "iso-8859-16") return true;  // ICU does not know it
    UErrorCode status = U_ZERO_ERROR;
    const Converter converter(ucnv_open(charset.converter.c_str(), &status));
    return U_SUCCESS(status) && converter && ucnv_getMaxCharSize(converter.get()) == 1;
}

Charset ebcdic_of_label(std::string_view label) {
    label = trim(label);
    if (!label.empty() && label.size() <= kLongestLabel) {
        if (auto found = charset_of_icu(std::string(label), is_ebcdic_converter)) return *found;
    }
    return {.name = "ibm037", .converter = "ibm-37", .kind = Charset::Kind::other};
}

}  // namespace feedd
