// A row of a table of cases.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace feedd {

struct HtmlCase {
    std::string_view name;
    std::string_view source;
    std::string_view expected;
};

inline std::string name_of_case(const testing::TestParamInfo<HtmlCase>& info) {
    return std::string(info.param.name);
}

inline void PrintTo(const HtmlCase& row, std::ostream* out) {
    *out << row.source;
}

}  // namespace feedd
