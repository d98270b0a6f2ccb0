#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "html/case.h"
#include "html/sanitize.h"

namespace feedd {
namespace {

class Text : public testing::TestWithParam<HtmlCase> {};

TEST_P(Text, IsReadable) {
    EXPECT_EQ(sanitize_html(GetParam().source, "").text, GetParam().expected);
}

const std::vector<HtmlCase> kTexts = {
    {"Nothing", " <p> </p> ", ""},
    {"Collapsed", " a\n  b&nbsp; c ", "a b c"},
    {"Paragraphs", "<p>a</p><p>b</p>\n<p></p><p>c", "a\n\nb\n\nc"},
    {"Divisions", "<div>a</div><div>b</div>", "a\nb"},
    {"Breaks", "a<br>b<br><br>c<br> <br><br>d", "a\nb\n\nc\n\nd"},
    {"Heading", "x<h2>a</h2>b", "x\n\na\n\nb"},
    {"InlineKeepsWords", "<b>a</b>b <i>c</i>, d", "ab c, d"},
    {"List", "<p>x</p><ul><li>a</li><li>b <b>c</b></li></ul>y", "x\n\n- a\n- b c\n\ny"},
    {"Numbers", "<ol><li>a<li>b</ol><ol start=9><li>c<li value=20>d<li>e</ol>",
     "1. a\n2. b\n\n9. c\n20. d\n21. e"},
    {"Nested", "<ul><li>a<ul><li>b<ol><li>c</ol></ul><li>d</ul>e",
     "- a\n  - b\n    1. c\n- d\n\ne"},
    {"LongItem", "<ul><li>a<br>b<li><p>c</p><p>d</p></ul>", "- a\n  b\n\n- c\n\n  d"},
    {"EmptyItem", "<ul><li></li><li>a</li></ul>", "- a"},
    {"Terms", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\nb\nc\nd"},
    {"Table", "<table><tr><th>a<th>b<tr><td>c<td><p>d</p></table>e", "a | b\nc | d\n\ne"},
    {"LayoutTable", "<table><tr><td><p>a</p><p>b</p><td>c</table>", "a\n\nb\n\nc"},
    {"Image", "a <img src=i alt='a cat'> b<img src=j>", "a a cat b"},
    {"Rule", "a<hr>b", "a\n\n---\n\nb"},
    {"Preformatted", "a<pre>  x\n   y &lt;\n</pre>b", "a\n\n  x\n   y <\n\nb"},
    {"Figure", "a<figure><img src=i alt=x><figcaption>y</figcaption></figure>b", "a\n\nx\ny\n\nb"},
    {"Links", "see <a href=/x>this</a>.", "see this."},
    {"References", "&lt;b&gt; &amp; caf&eacute;", "<b> & café"},
};
INSTANTIATE_TEST_SUITE_P(Layout, Text, testing::ValuesIn(kTexts), name_of_case);

class Plain : public testing::TestWithParam<HtmlCase> {};

TEST_P(Plain, IsTheTextNodesInOneLine) {
    EXPECT_EQ(sanitize_html(GetParam().source, "").plain, GetParam().expected);
}

const std::vector<HtmlCase> kPlain = {
    {"Inline", "<b>a</b>b &lt;c&gt;", "ab <c>"},
    {"Blocks", "<p>a</p><p>b</p>c<br>d", "a b c d"},
    {"Cells", "<table><tr><td>a<td>b</table>", "a b"},
    {"NoMarkers", "<ol><li>a<li>b</ol><hr>", "a b"},
    {"NoAlternativeText", "a<img src=i alt=x>b", "ab"},
    {"Preformatted", "<pre>a\n  b</pre>", "a b"},
    {"Spaces", "\n a\t\tb&nbsp;c ", "a b c"},
};
INSTANTIATE_TEST_SUITE_P(Forms, Plain, testing::ValuesIn(kPlain), name_of_case);

}  // namespace
}  // namespace feedd
