// A row of the tables of lists that must be refused.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "config/lists.h"

namespace feedd::test {

struct Refused {
    std::string_view name;
    std::string_view text;    // of feeds.yaml
    std::string_view errors;  // a line each
};

inline void PrintTo(const Refused& row, std::ostream* out) {
    *out << row.name;
}

inline std::string name_of(const testing::TestParamInfo<Refused>& row) {
    return std::string(row.param.name);
}

inline std::string errors_of(const Refused& row) {
    return Lists()
        .file("feeds.yaml", row.text)
        .variable("BLANK", "a b")
        .variable("LINES", "a\r\nX-Evil: 1")
        .variable("SCHEME", "gopher")
        .errors();
}

}  // namespace feedd::test
