// Character sets by the names that documents give them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace feedd {

struct Charset {
    enum class Kind : std::uint8_t {
        utf8,
        wide,     // UTF-16 and UTF-32: no byte of it is ASCII
        western,  // windows-1252 and its kin: every sequence of bytes is valid, so none proves it
        other,
    };
    std::string name;       // IANA, lower case
    std::string converter;  // what ICU calls it
    Kind kind = Kind::other;
};

// The character set of a label: as the WHATWG Encoding Standard reads it ("latin1" is windows-1252,
// "gb2312" is gb18030), else any that ICU knows and that keeps ASCII as it is (a label that was
// read as ASCII cannot name another). Case, white space and punctuation do not count.
[[nodiscard]] std::optional<Charset> charset_of_label(std::string_view label);

// Whether each of its characters is one byte.
[[nodiscard]] bool is_single_byte(const Charset& charset);

// The set of EBCDIC by that label; the commonest, IBM's 37, where it is none.
[[nodiscard]] Charset ebcdic_of_label(std::string_view label);

}  // namespace feedd
