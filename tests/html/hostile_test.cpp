// Documents made to cost much: each must be done in a moment, in bounded memory.
#include <chrono>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "html/sanitize.h"

namespace feedd {
namespace {

std::string repeated(std::string_view part, std::size_t times) {
    std::string out;
    out.reserve(part.size() * times);
    while (times-- > 0)
        out += part;
    return out;
}

struct Hostile {
    std::string name;
    std::string_view before;
    std::string_view part;
    std::string_view after;
};

std::string name_of_hostile(const testing::TestParamInfo<Hostile>& info) {
    return info.param.name;
}

class HostileHtml : public testing::TestWithParam<Hostile> {
  public:
    static std::string document(std::size_t bytes) {
        const Hostile& shape = GetParam();
        return std::string(shape.before) + repeated(shape.part, bytes / shape.part.size()) +
               std::string(shape.after);
    }
};

// A quadratic shape of this size takes minutes; the limit leaves room for a slow debug build.
TEST_P(HostileHtml, TakesLinearTimeAndStaysSafe) {
    const auto start = std::chrono::steady_clock::now();
    const CleanHtml clean = sanitize_html(document(200'000), "https://example.org/");
    const auto took = std::chrono::steady_clock::now() - start;
    EXPECT_LT(took, std::chrono::seconds(4));
    EXPECT_LT(clean.html.size(), 1'500'000U);
    EXPECT_EQ(clean.html.find("<script"), std::string::npos);
}

// The same shape, small: what comes out is final.
TEST_P(HostileHtml, ComesToAFixedPoint) {
    const CleanHtml clean = sanitize_html(document(3'000), "https://example.org/");
    EXPECT_EQ(sanitize_html(clean.html, "https://example.org/").html, clean.html);
}

// What nests 100,000 deep, or has a megabyte of attributes, costs what as much text would.
TEST(HostileMarkup, OfAnySizeCostsMilliseconds) {
    std::string attributes = "<p";
    for (int i = 0; attributes.size() < 1'000'000; ++i)
        attributes += " a" + std::to_string(i) + "=x";
    for (const std::string& html :
         {repeated("<div>", 100'000), repeated("<b>", 100'000), repeated("<ul><li>", 50'000),
          repeated("<table><tr><td>", 35'000), attributes + ">x</p>",
          "<p " + repeated("title=x ", 125'000) + ">x</p>"}) {
        const std::clock_t start = std::clock();
        const CleanHtml clean = sanitize_html(html, "https://example.org/");
        const std::clock_t took = std::clock() - start;
        // A twentieth of that without sanitizers; in squares it would be minutes.
        EXPECT_LT(took, 2 * CLOCKS_PER_SEC) << html.substr(0, 20);
        EXPECT_LT(clean.html.size(), 1'000'000U);
    }
}

const std::vector<Hostile> kShapes = {
    {"NestedDivisions", "", "<div>", "x"},
    {"NestedFormatting", "", "<b>", "x"},
    {"NestedUnknown", "", "<foo>", "x"},
    {"NestedTables", "", "<table><tr><td>", "x"},
    {"BareTables", "", "<table>", "x"},
    {"NestedLists", "", "<ul><li>", "x"},
    {"NestedSelects", "", "<select>", "x"},
    {"NestedDrawings", "", "<svg><use>", "x"},
    {"NestedScripts", "", "<script>", "x"},
    {"NestedFrames", "", "<iframe src=x>", "x"},
    {"NestedTextareas", "", "<textarea>", "x"},
    {"LinksAndFormatting", "", "<a href=x><b>", "x"},
    {"CrossedFormatting", "", "<b><i></b></i>", "x"},
    {"FormattingAcrossParagraphs", "", "<b><p></b>", "x"},
    {"FormattingReopened", "<p><b><i><u><s><em><code><small><strong></p>", "<p>x", ""},
    {"DistinctFormatting", "<p>", "<b title=1><b title=2><b title=3></p><p>", "x"},
    {"FormattingInCells", "", "<b><table><tr><td></b></td></tr></table>", "x"},
    {"FosterParents", "<table>", "<p>x", ""},
    {"Attributes", "<p ", "a=1 ", ">x"},
    {"SameAttribute", "<p ", "title=1 ", ">x"},
    {"LongWord", "", "x", ""},
    {"LongName", "<a", "a", ">x"},
    {"LongAttribute", "<p title=\"", "x", "\">y"},
    {"LongSourceSet", "<img srcset=\"", "a 1x, ", "\">x"},
    {"DotSegments", "<a href=\"", "a/../", "\">x</a>"},
    {"EndlessComment", "<!--", " -", ""},
    {"Comments", "", "<!--", ""},
    {"Declarations", "", "<!", ""},
    {"Cdata", "", "<![CDATA[x]]>]]>", ""},
    {"Ampersands", "", "&", ""},
    {"LongReferences", "", "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ""},
    {"Brackets", "", "<", ""},
    {"TagsWithoutEnd", "", "<a ", ""},
    {"Quotes", "", "<a d='>' ", ""},
    {"StrayEndTags", "<div>", "</p></span></b>", "x"},
    {"Paragraphs", "", "<p>", "x"},
    {"Breaks", "", "<br>", "x"},
};
INSTANTIATE_TEST_SUITE_P(Shapes, HostileHtml, testing::ValuesIn(kShapes), name_of_hostile);

}  // namespace
}  // namespace feedd
