#include "parse/conversion.h"

#include <algorithm>
#include <array>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>
#include <unicode/ustring.h>

#include "base/handle.h"
#include "base/text.h"
#include "html/entities.h"
#include "parse/charset_table.h"

namespace feedd {

namespace {

using Converter = Handle<UConverter, ucnv_close>;

// ICU's callback for what cannot be read: counts it and writes U+FFFD.
void count_and_substitute(const void* context, UConverterToUnicodeArgs* arguments,
                          const char* /*code_units*/, int32_t /*length*/,
                          UConverterCallbackReason reason, UErrorCode* status) {
    if (reason > UCNV_IRREGULAR) return;  // reset, close, clone: nothing was read
    auto* errors = static_cast<std::size_t*>(const_cast<void*>(context));
    ++*errors;
    constexpr UChar kReplacement = 0xFFFD;
    *status = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(arguments, &kReplacement, 1, 0, status);
}

void append_utf16(std::string& out, const UChar* begin, const UChar* end, char16_t& high) {
    for (; begin != end; ++begin) {
        const char16_t unit = *begin;
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            high = unit;
        } else if (unit >= 0xDC00 && unit <= 0xDFFF) {
            append_utf8(
                out, 0x10000 + ((static_cast<char32_t>(high) - 0xD800) << 10U) + (unit - 0xDC00U));
        } else {
            append_utf8(out, unit);
        }
    }
}

Converted convert_with_icu(std::string_view bytes, const char* name) {
    Converted result;
    UErrorCode status = U_ZERO_ERROR;
    const Converter converter(ucnv_open(name, &status));
    if (U_FAILURE(status) || !converter) return {.text = to_valid_utf8(bytes), .errors = 1};
    ucnv_setToUCallBack(converter.get(), count_and_substitute, &result.errors, nullptr, nullptr,
                        &status);
    result.text.reserve(bytes.size() + bytes.size() / 2);
    std::array<UChar, 4096> buffer{};
    char16_t high = 0;  // a pair of surrogates may lie across two buffers
    const char* source = bytes.data();
    const char* const end = source + bytes.size();
    do {
        status = U_ZERO_ERROR;
        UChar* target = buffer.data();
        ucnv_toUnicode(converter.get(), &target, buffer.data() + buffer.size(), &source, end,
                       nullptr, 1, &status);
        append_utf16(result.text, buffer.data(), target, high);
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    if (U_FAILURE(status)) ++result.errors;
    return result;
}

Converted convert_iso_8859_16(std::string_view bytes) {
    Converted result;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        append_utf8(result.text, byte < 0xA0 ? byte : kIso8859Part16.at(byte - 0xA0U));
    }
    return result;
}

constexpr std::size_t kSurrogatePair = 6;  // bytes

// The character beyond U+FFFF that two surrogates of three bytes each are, as databases with an
// older UTF-8 write it (CESU-8); 0: there are none at `at`.
char32_t surrogate_pair(std::string_view bytes, std::size_t at) noexcept {
    const std::string_view pair = bytes.substr(at, kSurrogatePair);
    const auto bits = [pair](std::size_t i) { return static_cast<unsigned char>(pair[i]) & 0x3FU; };
    const auto is_half = [&](std::size_t i, unsigned char first, unsigned char last) {
        const auto second = static_cast<unsigned char>(pair[i + 1]);
        return pair[i] == '\xED' && second >= first && second <= last &&
               is_continuation(pair[i + 2]);
    };
    if (pair.size() < kSurrogatePair || !is_half(0, 0xA0, 0xAF) || !is_half(3, 0xB0, 0xBF))
        return 0;
    const char32_t high = ((bits(1) & 0x0FU) << 6U) + bits(2);
    const char32_t low = ((bits(4) & 0x0FU) << 6U) + bits(5);
    return 0x10000 + (high << 10U) + low;
}

// How many bytes from `at` on are the beginning of a character that was cut; 1 if just odd.
std::size_t broken_length(std::string_view bytes, std::size_t at) noexcept {
    const auto first = static_cast<unsigned char>(bytes[at]);
    if (first < 0xE0 || first > 0xF4) return 1;
    const std::size_t most = first >= 0xF0 ? 3 : 2;
    std::size_t length = 1;
    while (length < most && at + length < bytes.size() && is_continuation(bytes[at + length]))
        ++length;
    return length;
}

}  // namespace

Converted convert(std::string_view bytes, const Charset& charset) {
    if (charset.name == "iso-8859-16") return convert_iso_8859_16(bytes);
    return convert_with_icu(bytes, charset.converter.c_str());
}

Utf8Census utf8_census(std::string_view bytes) noexcept {
    Utf8Census census;
    for (std::size_t i = 0; i < bytes.size();) {
        if (is_ascii(bytes[i])) {
            ++i;
        } else if (const std::size_t length = utf8_length(bytes, i); length > 0) {
            ++census.good;
            i += length;
        } else if (surrogate_pair(bytes, i) != 0) {
            ++census.good;
            i += kSurrogatePair;
        } else {
            ++census.broken;
            i += broken_length(bytes, i);
        }
    }
    return census;
}

std::string mend_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i < bytes.size();) {
        if (const std::size_t length = utf8_length(bytes, i); length > 0) {
            out += bytes.substr(i, length);
            i += length;
            continue;
        }
        if (const char32_t character = surrogate_pair(bytes, i); character != 0) {
            append_utf8(out, character);
            i += kSurrogatePair;
            continue;
        }
        const std::size_t length = broken_length(bytes, i);
        if (length == 1 && i + 1 < bytes.size()) {
            append_numbered_character(out, static_cast<unsigned char>(bytes[i]));
        } else {
            append_utf8(out, 0xFFFD);
        }
        i += length;
    }
    return out;
}

}  // namespace feedd
