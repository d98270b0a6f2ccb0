#include "parse/detect.h"

#include <algorithm>
#include <array>
#include <optional>

#include <uchardet/uchardet.h>

#include "base/handle.h"
#include "base/text.h"
#include "parse/conversion.h"
#include "parse/latin.h"

namespace feedd {

namespace {

constexpr std::size_t kFormSample = 512;  // bytes: the first tags of a document, all ASCII
// Detection is slow, and is no better for more text than this.
constexpr std::size_t kDetectionSample = std::size_t{64} << 10U;

struct Nuls {
    std::array<std::size_t, 4> at{};  // NULs by position modulo 4
    std::size_t quarter = 0;          // bytes in each of the four
    [[nodiscard]] bool most(std::size_t i) const { return at.at(i) * 2 > quarter; }
    [[nodiscard]] bool few(std::size_t i) const { return at.at(i) * 8 < quarter; }
};

Nuls count_nuls(std::string_view bytes) noexcept {
    Nuls nuls;
    const std::string_view sample = bytes.substr(0, kFormSample);
    nuls.quarter = sample.size() / 4;
    for (std::size_t i = 0; i < nuls.quarter * 4; ++i) {
        if (sample[i] == '\0') ++nuls.at.at(i % 4);
    }
    return nuls;
}

std::string_view form_of(const Nuls& nuls) noexcept {
    if (nuls.quarter == 0) return {};
    if (nuls.most(0) && nuls.most(1) && nuls.most(2) && nuls.few(3)) return "utf-32be";
    if (nuls.few(0) && nuls.most(1) && nuls.most(2) && nuls.most(3)) return "utf-32le";
    if (nuls.most(0) && nuls.few(1) && nuls.most(2) && nuls.few(3)) return "utf-16be";
    if (nuls.few(0) && nuls.most(1) && nuls.few(2) && nuls.most(3)) return "utf-16le";
    return {};
}

struct Mark {
    std::string_view bytes;
    std::string_view name;
};
constexpr std::array kMarks = {
    Mark{std::string_view("\x00\x00\xFE\xFF", 4), "utf-32be"},
    Mark{std::string_view("\xFF\xFE\x00\x00", 4), "utf-32le"},
    Mark{std::string_view("\xFE\xFF", 2), "utf-16be"},
    Mark{std::string_view("\xFF\xFE", 2), "utf-16le"},
};

// Western text has its accented letters one by one among ASCII ones; Cyrillic, Greek, Hebrew,
// Thai and East Asian text comes in runs.
bool comes_in_runs(std::string_view bytes) noexcept {
    std::size_t high = 0;
    std::size_t joined = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (is_ascii(bytes[i])) continue;
        ++high;
        const bool before = i > 0 && !is_ascii(bytes[i - 1]);
        const bool after = i + 1 < bytes.size() && !is_ascii(bytes[i + 1]);
        if (before || after) ++joined;
    }
    return joined * 2 > high;
}

// Sets of Latin letters, which `latin_charset` tells apart better.
bool is_latin(std::string_view name) noexcept {
    static constexpr std::array<std::string_view, 12> kLatin = {
        "windows-1252", "iso-8859-15", "iso-8859-2",   "iso-8859-3",
        "iso-8859-4",   "iso-8859-10", "iso-8859-13",  "windows-1250",
        "iso-8859-16",  "macintosh",   "windows-1254", "windows-1257"};
    return std::find(kLatin.begin(), kLatin.end(), name) != kLatin.end();
}

std::optional<Charset> guess(std::string_view sample) {
    const Handle<uchardet, uchardet_delete> detector(uchardet_new());
    if (!detector) return std::nullopt;
    if (uchardet_handle_data(detector.get(), sample.data(), sample.size()) != 0)
        return std::nullopt;
    uchardet_data_end(detector.get());
    auto found = charset_of_label(uchardet_get_charset(detector.get()));
    if (found && (found->kind != Charset::Kind::other || is_latin(found->name)))
        return std::nullopt;
    return found;
}

}  // namespace

WideForm wide_form(std::string_view bytes) noexcept {
    for (const Mark& mark : kMarks) {
        if (!bytes.starts_with(mark.bytes)) continue;
        const std::string_view rest = bytes.substr(mark.bytes.size());
        const bool belied = rest.size() >= 4 && rest.substr(0, kFormSample).find('\0') == rest.npos;
        if (!belied) return {.name = mark.name, .mark = mark.bytes.size()};
    }
    return {.name = form_of(count_nuls(bytes)), .mark = 0};
}

bool is_ebcdic(std::string_view bytes) noexcept {
    constexpr std::string_view kDeclaration = "\x4C\x6F\xA7\x94\x93";  // <?xml
    const auto is_blank = [](char c) {
        return c == '\x40' || c == '\x25' || c == '\x15' || c == '\x0D' || c == '\x05';
    };
    const auto start = std::find_if_not(bytes.begin(), bytes.end(), is_blank) - bytes.begin();
    return bytes.substr(static_cast<std::size_t>(start)).starts_with(kDeclaration);
}

Charset likely_charset(std::string_view bytes) {
    const auto first = static_cast<std::size_t>(
        std::find_if_not(bytes.begin(), bytes.end(), [](char c) { return is_ascii(c); }) -
        bytes.begin());
    const std::string_view sample = bytes.substr(first, kDetectionSample);
    if (comes_in_runs(sample)) {
        if (auto found = guess(sample)) return *found;
    }
    return *charset_of_label(latin_charset(sample));
}

}  // namespace feedd
