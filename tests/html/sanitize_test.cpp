#include "html/sanitize.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "html/case.h"

namespace feedd {
namespace {

constexpr std::string_view kBase = "https://example.org/blog/post";

class Sanitize : public testing::TestWithParam<HtmlCase> {};

TEST_P(Sanitize, LeavesWhatIsSafe) {
    const CleanHtml clean = sanitize_html(GetParam().source, kBase);
    EXPECT_EQ(clean.html, GetParam().expected);
    EXPECT_EQ(sanitize_html(clean.html, kBase).html, clean.html) << "no fixed point";
    EXPECT_EQ(sanitize_html(clean.html, "").html, clean.html) << "no fixed point without a base";
}

const std::vector<HtmlCase> kKept = {
    {"Nothing", "", ""},
    {"Text", "1 < 2 & 3 > 2 \"q\"", "1 &lt; 2 &amp; 3 &gt; 2 \"q\""},
    {"References", "caf&eacute; &hellip; &lt;b&gt;", "café … &lt;b&gt;"},
    {"Paragraphs", "<p>a</p>\n<p>b</p>", "<p>a</p>\n<p>b</p>"},
    {"Inline", "<em>a</em> <code>b</code> H<sub>2</sub>O",
     "<em>a</em> <code>b</code> H<sub>2</sub>O"},
    {"Void", "a<br/>b<hr />c<wbr>d", "a<br>b<hr>c<wbr>d"},
    {"BreaksOfXhtml", "a<br></br>b</br>c", "a<br>b<br>c"},
    {"LinkWithTitle", "<a title=t>a</a>", "<a title=\"t\">a</a>"},
    {"UpperCase", "<P>a<BR>b</P>", "<p>a<br>b</p>"},
    {"Titles", "<abbr title='x \"y\" <z>'>a</abbr>",
     "<abbr title=\"x &quot;y&quot; &lt;z&gt;\">a</abbr>"},
    {"Language", "<p lang=ja dir=ltr xml:lang=en>a</p>", "<p lang=\"ja\" dir=\"ltr\">a</p>"},
    {"FirstOfTwoAttributes", "<p title=a title=b>x</p>", "<p title=\"a\">x</p>"},
    {"Time", "<time datetime='2024-01-01'>New year</time>",
     "<time datetime=\"2024-01-01\">New year</time>"},
    {"Table",
     "<table><caption>C</caption><thead><tr><th scope=col>h</th></tr></thead>"
     "<tbody><tr><td colspan=2 rowspan=x>d</td></tr></tbody></table>",
     "<table><caption>C</caption><thead><tr><th scope=\"col\">h</th></tr></thead>"
     "<tbody><tr><td colspan=\"2\">d</td></tr></tbody></table>"},
    {"List", "<ol start=3 reversed type=a><li value=7>x</li></ol>",
     "<ol start=\"3\" reversed=\"\" type=\"a\"><li value=\"7\">x</li></ol>"},
    {"Figure", "<figure><img src=i.png alt=A><figcaption>C</figcaption></figure>",
     "<figure><img src=\"https://example.org/blog/i.png\" alt=\"A\"><figcaption>C</figcaption>"
     "</figure>"},
    {"Video", "<video poster=p.jpg controls autoplay><source src=v.mp4 type=video/mp4></video>",
     "<video poster=\"https://example.org/blog/p.jpg\" controls=\"\">"
     "<source src=\"https://example.org/blog/v.mp4\" type=\"video/mp4\"></video>"},
    {"Ruby", "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
     "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"},
    {"Preformatted", "<pre>\n\n a\n  b </pre>", "<pre> a\n  b </pre>"},
    {"LineEnds", "a\r\nb\rc&#13;d", "a\nb\nc\nd"},
    // As it is, U+0338 would make one character, no '>', of the tag before it in NFC.
    {"SlashBehindTag", "<b>a</b>\u0338b <i>&#824;c\u0338</i>",
     "<b>a</b>&#824;b <i>&#824;c\u0338</i>"},
    {"SlashBehindMisnestedTag", "<b><p>a</b>&#824;b</p>", "<b></b><p><b>a</b>&#824;b</p>"},
    {"SlashBehindControl", "<b>\x01\u0338a</b>", "<b>&#824;a</b>"},
    {"SlashBehindPre", "<pre>\n\u0338a</pre>", "<pre>&#824;a</pre>"},
    {"SlashBehindEscapedTag", "&lt;b&gt;&#824;a", "&lt;b&gt;\u0338a"},
};
INSTANTIATE_TEST_SUITE_P(Kept, Sanitize, testing::ValuesIn(kKept), name_of_case);

const std::vector<HtmlCase> kGone = {
    {"Script", "safe<script>alert(1)</script> text", "safe text"},
    {"ScriptOfOldPages", "a<script><!--\nif (1<2) x();\n//--></script>b", "ab"},
    {"ScriptThatWritesTags", "a<script>w('<p>x</p>')</script>b", "ab"},
    {"Style", "a<style>p{color:red}</style>b", "ab"},
    {"StyleAttribute", "<p style='position:fixed;background:url(x)'>a</p>", "<p>a</p>"},
    {"Handlers", "<p onclick=x() ONLOAD='y()' on=z>a</p>", "<p>a</p>"},
    {"ClassAndId", "<p class=c id=i data-x=1>a</p>", "<p>a</p>"},
    {"Frames", "a<iframe src='https://ads.example/'>b</iframe>c<frame src=x>", "abc"},
    {"FrameClosedInItsTag", "a<iframe src='https://ads.example/'/> b", "a b"},
    {"Plugins", "a<object data=x><param name=y>b</object><embed src=z><applet>c</applet>", "abc"},
    {"Forms", "<form action=x>a<input value=y><button>b</button><select><option>c</select></form>",
     "abc"},
    {"Head",
     "<html><head><meta http-equiv=refresh><link rel=stylesheet><base href=//evil>"
     "<title>T &lt;</title></head><body onload=x>a</body></html>",
     "T &lt;a"},
    {"Drawing", "a<svg onload=x><use href=#y /><script>z</script><text>b</text></svg>c", "abc"},
    {"Formula", "<math><mi>x</mi><mo>=</mo><mn>1</mn></math>", "x=1"},
    {"Noscript", "<noscript><p>a</p></noscript>", "<p>a</p>"},
    {"Template", "<template><p>a</p></template>", "<p>a</p>"},
    {"TextareaHoldsText", "<textarea><b>x</b></textarea>", "&lt;b&gt;x&lt;/b&gt;"},
    {"Comments", "a<!-- <b> -- > -->b<!-->c<!--->d", "abcd"},
    {"CommentsThatEndInAMark", "a<!-- x --!>b<!-- y -->c<!----!>d<!-- -- > --! > --->e", "abcde"},
    {"Declarations", "<!DOCTYPE html><?php echo 1 ?>a<!x>b", "ab"},
    {"CdataInHtml", "<![CDATA[<p>a</p>]]> b ]]>", "<p>a</p> b ]]&gt;"},
    {"Unknown", "<o:p>a</o:p><blink>b</blink><font color=red>c</font>", "abc"},
    {"LinkToNowhere", "<a>a</a> <a name=x>b</a> <a href=''>c</a>", "<a>a</a> b <a>c</a>"},
    {"ImageOfNothing", "a<img alt=x>b<img src=''>", "ab"},
    {"TrackingPixels",
     "a<img src=https://t.example/1 width=1 height=1><img src=/2 height='1px' width='0'>"
     "<img src=/3 style='display: none'><img src=/4 style='width:1px;height:1px;border:0'>"
     "<img src=/5 hidden><img src=/6 height=1><img src=/7 width=auto height=1>",
     "a"},
    {"TrackingPixelsInOtherWords",
     "a<img src=/1 style='width:1px!important;height:1px !important'><img src=/2 width=01 "
     "height=1.0>"
     "<img src=/3 width='1 px' height='1;'><img src=/4 style='width:1pt;height:1pt'>"
     "<img src=/5 style='max-width:1px;max-height:1px'><img src=/6 style='opacity:0'>"
     "<img src=/7 style='/* x */width:1px;/**/height:0'><img src=/8 style='opacity: 0.0 ; x:y'>"
     "<img src=/9 style='width:.5px;height:0em'><img src=/10 style='dis/**/play:none'>",
     "a"},
    {"ControlCharacters",
     "a\x01\x1B"
     "b\x7F&#2;c\u009Bd\uFFFEe\U0001FFFFf",
     "abcdef"},
    {"CellsWithoutTable", "<td>a</td><tr>b", "ab"},
};
INSTANTIATE_TEST_SUITE_P(Gone, Sanitize, testing::ValuesIn(kGone), name_of_case);

const std::vector<HtmlCase> kChanged = {
    {"FeedAddresses", "<a href='feed:https://e.org/f'>a</a><a href='feed://e.org/f'>b</a>",
     "<a href=\"feed:https://e.org/f\">a</a><a href=\"feed://e.org/f\">b</a>"},
    {"ImagesThatOnlySeemToBePixels",
     "<img src=/1 style='max-width:100%;max-height:1px'><img src=/2 style='width:1em;height:1em'>"
     "<img src=/3 style='opacity:0;transition:opacity 1s'><img src=/4 style='opacity:0.5'>"
     "<img data-src=/5 style='opacity:0'><img src=/6 width=1% height=10><img src=/7 width=1.5>"
     "<img src=/8 style='min-width:1px;min-height:1px'><img src=/9 width=10px>"
     "<img src=/a width=600 style='opacity:0'>",
     "<img src=\"https://example.org/1\"><img src=\"https://example.org/2\">"
     "<img src=\"https://example.org/3\"><img src=\"https://example.org/4\">"
     "<img src=\"https://example.org/5\"><img src=\"https://example.org/6\" height=\"10\">"
     "<img src=\"https://example.org/7\"><img src=\"https://example.org/8\">"
     "<img src=\"https://example.org/9\"><img src=\"https://example.org/a\" width=\"600\">"},
    {"ObsoleteNames", "<center>a</center><strike>b</strike><tt>c</tt><acronym>d</acronym>",
     "<div>a</div><s>b</s><code>c</code><abbr>d</abbr>"},
    {"Player", "<iframe src='//www.youtube.com/embed/a_b-1?rel=0&amp;x=1'>no</iframe>",
     "<a "
     "href=\"https://www.youtube.com/watch?v=a_b-1\">https://www.youtube.com/watch?v=a_b-1</a> "},
    {"PlayerInPlugin", "<object><embed src='http://www.youtube.com/v/abc&hl=en'></object>",
     "<a href=\"https://www.youtube.com/watch?v=abc\">https://www.youtube.com/watch?v=abc</a> "},
    {"LazyImage", "<img src='data:image/gif;base64,R0lGOD' data-src='/i.jpg' data-srcset='/j 2x'>",
     "<img src=\"https://example.org/i.jpg\" srcset=\"https://example.org/j 2x\">"},
    {"PlayerBetweenWords", "a<iframe src='https://player.vimeo.com/video/12'></iframe>b",
     "a <a href=\"https://vimeo.com/12\">https://vimeo.com/12</a> b"},
    {"LazyImageOnceFallbackFirst", "<noscript><img src=i></noscript><img data-src=i>",
     "<img src=\"https://example.org/blog/i\">"},
    {"LazyImageOnce", "<img data-src=i><noscript><img src=i></noscript>",
     "<img src=\"https://example.org/blog/i\">"},
};
INSTANTIATE_TEST_SUITE_P(Changed, Sanitize, testing::ValuesIn(kChanged), name_of_case);

const std::vector<HtmlCase> kBroken = {
    {"UnclosedParagraphs", "<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"},
    {"UnclosedItems", "<ul><li>a<li>b<ul><li>c</ul></ul>",
     "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"},
    {"UnclosedCells", "<table><tr><td>a<td>b<tr><th>c</table>",
     "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>"},
    {"UnclosedTerms", "<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"},
    {"StrayEndTags", "a</p></div></b></br>b", "a<br>b"},
    {"CrossedFormatting", "<b>a<i>b</b>c</i>", "<b>a<i>b</i></b><i>c</i>"},
    {"FormattingAcrossParagraphs", "<p>a<b>b</p><p>c</b>d</p>", "<p>a<b>b</b></p><p><b>c</b>d</p>"},
    {"LinkInLink", "<a href=/1>a<a href=/2>b</a></a>",
     "<a href=\"https://example.org/1\">a</a><a href=\"https://example.org/2\">b</a>"},
    {"TextInTable", "<table>a<tr><td>b</td></tr></table>", "a<table><tr><td>b</td></tr></table>"},
    {"HeadingEndsOfOtherLevel", "<h2>a</h3>b", "<h2>a</h2>b"},
    {"UnclosedScript", "<p>a</p><script>x()<p>b</p>", "<p>a</p><p>b</p>"},
    {"ScriptInScript", "<script>x<script>y</script>b", "b"},
    {"UnclosedScriptBeforeAnother", "<script>x<p>a</p><script>y</script>b", "<p>a</p>b"},
    {"UnclosedFrame", "a<iframe src=x><p>b</p>", "a<p>b</p>"},
    {"UnclosedComment", "a<!-- b <p>c</p>", "ac"},
    {"UnclosedQuote", "<a href=\"/x>a</a> <p>b</p>",
     "<a href=\"https://example.org/x\">a</a> <p>b</p>"},
    {"CutInTag", "a <a href=\"https://exam", "a "},
    {"CutInComment", "a<!-- wp:para", "a"},
    {"RawLess", "a <b and c, 1<2, <3", "a &lt;b and c, 1&lt;2, &lt;3"},
    {"AddressesInBrackets", "<ann@example.org> <https://example.org/>",
     "&lt;ann@example.org&gt; &lt;https://example.org/&gt;"},
};
INSTANTIATE_TEST_SUITE_P(Broken, Sanitize, testing::ValuesIn(kBroken), name_of_case);

TEST(SanitizeHtml, SaysWhetherThereIsMarkup) {
    EXPECT_FALSE(sanitize_html("a &amp; <script>b</script>", "").has_markup);
    EXPECT_FALSE(sanitize_html("<font>a</font>", "").has_markup);
    EXPECT_TRUE(sanitize_html("a<br>b", "").has_markup);
}

TEST(SanitizeHtml, LeavesRelativeUrlsWithoutABase) {
    EXPECT_EQ(sanitize_html("<a href='/x?a=1&amp;b=2'>a</a>", "").html,
              "<a href=\"/x?a=1&amp;b=2\">a</a>");
}

TEST(SanitizeHtml, FindsTheFirstPicture) {
    const auto first = [](std::string_view html) { return sanitize_html(html, kBase).first_image; };
    EXPECT_EQ(first("<p>a<img src=1.png><img src=2.png>"), "https://example.org/blog/1.png");
    EXPECT_EQ(first("<img src='data:image/png;base64,AA'>"
                    "<img src='http://feeds.feedburner.com/~ff/x?d=1'>"
                    "<img src=/smile.png width=16 height=16>"
                    "<img src=/p.gif width=1 height=1><img src=/real.jpg width=640>"),
              "https://example.org/real.jpg");
    EXPECT_EQ(first("<p>a</p>"), "");
}

TEST(HtmlFromText, ShowsTextAsItIs) {
    EXPECT_EQ(html_from_text("1 < 2 & \"x\"\n<script>\r\nend\n"),
              "1 &lt; 2 &amp; \"x\"<br>&lt;script&gt;<br>end");
    EXPECT_EQ(html_from_text(""), "");
    EXPECT_EQ(html_from_text("\u0338a\n\u0338b"), "\u0338a<br>&#824;b");
}

TEST(EscapeHtml, EscapesForTextAndAttributes) {
    EXPECT_EQ(escape_html("<a title=\"x\">&'"), "&lt;a title=&quot;x&quot;&gt;&amp;'");
}

TEST(LooksLikeHtml, TellsMarkupFromText) {
    for (const std::string_view markup : {"<p>a</p>", "a<br/>b", "<SCRIPT>x</SCRIPT>", "AT&amp;T",
                                          "caf&#233;", "<font>x</font>", "a </p> b"}) {
        EXPECT_TRUE(looks_like_html(markup)) << markup;
    }
    for (const std::string_view text :
         {"", "a < b > c", "List<String> x", "AT&T", "?a=1&copy=2", "<ann@example.org>",
          "<!-- a -->", "a <3 b", "&bogus;", "<https://example.org/>", "<p"}) {
        EXPECT_FALSE(looks_like_html(text)) << text;
    }
}

}  // namespace
}  // namespace feedd
