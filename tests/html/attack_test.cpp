// What attackers write, and what must not come out: classes of the OWASP cheat sheet and of
// mutation XSS, each against the same list of dangers.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"
#include "html/case.h"
#include "html/elements.h"
#include "html/sanitize.h"
#include "html/start_tag.h"
#include "html/tokenizer.h"

namespace feedd {
namespace {

constexpr std::string_view kBase = "https://example.org/";

// Everything in `html` that is not on the list, read with the tokenizer.
std::vector<std::string> dangers(std::string_view html) {
    std::vector<std::string> found;
    Tokenizer tokens(html);
    while (const auto token = tokens.next()) {
        if (token->kind == Token::Kind::text) continue;
        const ElementRule element = element_named(LowerName(token->name).view());
        if (element.fate != Fate::keep) found.emplace_back(token->name);
        AttributeReader attributes(token->attributes);
        while (const auto attribute = attributes.next()) {
            const Attribute known = attribute_named(LowerName(attribute->name).view());
            const ValueKind kind = value_kind(element.tag, known);
            if (kind == ValueKind::none) found.emplace_back(attribute->name);
            const bool url = kind == ValueKind::link || kind == ValueKind::media ||
                             kind == ValueKind::image || kind == ValueKind::image_set;
            if (url && !attribute->value.starts_with("https:") &&
                !attribute->value.starts_with("data:image/png;")) {
                found.emplace_back(attribute->value);
            }
        }
    }
    return found;
}

class Attack : public testing::TestWithParam<HtmlCase> {};

TEST_P(Attack, LeavesTheTextAndNothingThatRuns) {
    const CleanHtml clean = sanitize_html(GetParam().source, kBase);
    EXPECT_TRUE(dangers(clean.html).empty()) << clean.html;
    EXPECT_EQ(lower(clean.html).find("<script"), std::string::npos) << clean.html;
    EXPECT_EQ(sanitize_html(clean.html, kBase).html, clean.html);
    EXPECT_NE(clean.plain.find(GetParam().expected), std::string::npos) << clean.plain;
}

const std::vector<HtmlCase> kScripts = {
    {"Plain", "<script>alert(1)</script>x", "x"},
    {"WithSource", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>x", "x"},
    {"SlashForSpace", "<script/x src=//evil.example>1</script>x", "x"},
    {"Reassembled", "<scr<script>ipt>alert(1)</scr</script>ipt>x", "x"},
    {"ExtraBracket", "<<script>alert(1);//<</script>x", "x"},
    {"SpaceInEndTag", "<script>1</script\t\n bar>x", "x"},
    {"DoubleEscaped", "<script><!--<script></script>-->x", "x"},
    {"NoClosing", "<p>x</p><script src=http://evil.example/?<b>", "x"},
    {"HalfOpen", "x<img src=\"javascript:alert(1)\"", "x"},
    {"NullInName", std::string_view("<scr\0ipt>alert(1)</scr\0ipt>x", 28), "x"},
    {"Utf7", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-x", "x"},
    {"ServerSide", "<!--#exec cmd=\"x\"--><? echo('<SCR'); ?>x", "x"},
    {"Xml", "<xml id=x><i><b><img src=\"java<!-- -->script:alert(1)\"></b></i></xml>x", "x"},
};
INSTANTIATE_TEST_SUITE_P(Scripts, Attack, testing::ValuesIn(kScripts), name_of_case);

const std::vector<HtmlCase> kHandlers = {
    {"OnError", "<img src=x onerror=alert(1)>x", "x"},
    {"NoSpace", "<img src=\"x\"onerror=\"alert(1)\">x", "x"},
    {"Slash", "<img/src=\"y\"/onerror=alert(1)>x", "x"},
    {"LineFeed", "<p\nonmouseover\n=\nalert(1)>x</p>", "x"},
    {"BacktickQuotes", "<img src=`x`onerror=alert(1)>x", "x"},
    {"MalformedQuotes", "<img \"\"\"><script>alert(1)</script>\">x", "x"},
    {"QuoteInName", "<a \"onclick=alert(1)//\" href=\"/y\">x</a>", "x"},
    {"BracketInValue", "<p title=\"><script>alert(1)</script>\">x</p>", "x"},
    {"Body", "<body onload=alert(1)>x", "x"},
    {"Details", "<details open ontoggle=alert(1)>x</details>", "x"},
    {"Media", "<video><source onerror=alert(1)></video><audio src onerror=alert(1)></audio>x", "x"},
    {"Animation", "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>x", "x"},
};
INSTANTIATE_TEST_SUITE_P(Handlers, Attack, testing::ValuesIn(kHandlers), name_of_case);

const std::vector<HtmlCase> kUrls = {
    {"Javascript", "<a href=javascript:alert(1)>x</a>", "x"},
    {"MixedCase", "<a href=JaVaScRiPt:alert(1)>x</a>", "x"},
    {"References", "<a href='&#106;&#97;&#x76;ascript&colon;alert(1)'>x</a>", "x"},
    {"LongReferences", "<a href='&#0000106avascript:alert(1)'>x</a>", "x"},
    {"TabInside", "<a href='jav\tascript:alert(1)'>x</a>", "x"},
    {"EncodedTab", "<a href='jav&#x09;ascript:alert(1)'>x</a>", "x"},
    {"EncodedLineFeed", "<a href='jav&NewLine;ascript&Tab;:alert(1)'>x</a>", "x"},
    {"LeadingControl", "<a href=' &#14;  javascript:alert(1)'>x</a>", "x"},
    {"NoBreakSpace", "<a href='&nbsp;javascript:alert(1)'>x</a>", "x"},
    {"NullInside", std::string_view("<a href='java\0script:alert(1)'>x</a>", 36), "x"},
    {"BehindFeed",
     "<a href='feed:javascript:alert(1)'>x</a><a href='FEED:feed:data:text/html,x'>y</a>", "xy"},
    {"Vbscript", "<img src='vbscript:msgbox(1)'>x", "x"},
    {"Data", "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "x"},
    {"DataDrawing", "<img src='data:image/svg+xml,<svg onload=alert(1)>'>x", "x"},
    {"DataInVideo", "<video src='data:video/mp4;base64,AA' poster='data:image/png;,A'>x</video>",
     "x"},
    {"Others", "<a href=blob:x>x</a><a href=view-source:y>y</a><a href='about:blank'>z</a>", "xyz"},
    {"SourceSet", "<img srcset='javascript:alert(1) 1x, y.png 2x, data:image/png;base64,A 3x'>x",
     "x"},
    {"SourceSetCommas", "<img srcset='a,javascript:alert(1) 1x'>x", "x"},
    {"Cite", "<q cite=javascript:alert(1)>x</q>", "x"},
    {"Poster", "<video poster=javascript:alert(1)>x</video>", "x"},
    {"Action", "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x", "x"},
    {"Background", "<table background=javascript:alert(1)><tr><td>x", "x"},
    {"Base", "<base href='javascript:alert(1)//'><a href=/y>x</a>", "x"},
    {"Refresh", "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>x", "x"},
    {"LinkedStyle", "<link rel=stylesheet href=javascript:alert(1)>x", "x"},
    {"Drawing", "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "x"},
    {"PlayerInDisguise", "<iframe src='javascript:1//www.youtube.com/embed/a'></iframe>x", "x"},
    {"FrameDocument", "<iframe srcdoc='<script>alert(1)</script>'></iframe>x", "x"},
};
INSTANTIATE_TEST_SUITE_P(Urls, Attack, testing::ValuesIn(kUrls), name_of_case);

const std::vector<HtmlCase> kStyles = {
    {"Expression", "<p style='width: expression(alert(1))'>x</p>", "x"},
    {"Escaped", "<p style='background:\\75rl(javascript:alert(1))'>x</p>", "x"},
    {"Import", "<style>@import 'javascript:alert(1)';</style>x", "x"},
    {"Cover", "<div style='position:fixed;inset:0'>x</div>", "x"},
};
INSTANTIATE_TEST_SUITE_P(Styles, Attack, testing::ValuesIn(kStyles), name_of_case);

const std::vector<HtmlCase> kMutations = {
    {"Noscript", "<noscript><p title=\"</noscript><img src=y onerror=alert(1)>\">x</noscript>",
     "x"},
    {"MathStyle",
     "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 "
     "onerror=alert(1)&gt;\">x",
     "x"},
    {"MathAnnotation",
     "<math><annotation-xml encoding=text/html><style></math><img src=y onerror=alert(1)></style>x",
     "x"},
    {"SvgStyle", "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">x", "x"},
    {"SvgTitle",
     "<svg><title><style><img title='</style><img src onerror=alert(1)>'></title></svg>x", "x"},
    {"SvgForeign", "<svg><foreignObject><p><iframe srcdoc='<script>1</script>'></p></svg>x", "x"},
    {"SvgDesc", "<svg><desc><noembed></desc><img src=y onerror=alert(1)></noembed></svg>x", "x"},
    {"FormInForm",
     "<form><math><mtext></form><form><mglyph><svg><mtext><textarea>"
     "<path id=\"</textarea><img onerror=alert(1) src=1>\">x",
     "x"},
    {"Comment", "<!--><img src=y onerror=alert(1)>-->x", "x"},
    {"CommentBang", "<!-- --!><img src=y onerror=alert(1)> -->x", "x"},
    {"Cdata", "<svg><![CDATA[><img src=y onerror=alert(1)>]]></svg>x", "x"},
    {"Xmp", "<xmp><p title=\"</xmp><img src=y onerror=alert(1)>\">x", "x"},
    {"Plaintext", "<plaintext><script>alert(1)</script>x", "x"},
    {"Select", "<select><style></select><img src=y onerror=alert(1)></style>x", "x"},
    {"TitleText", "<title><b title=\"</title><img src=y onerror=alert(1)>\">x", "x"},
    {"FosterParent", "<table><a href=/1><tr><td><a href=javascript:alert(1)>x</table>", "x"},
    {"EscapedInAttribute", "<p title='&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;'>x</p>", "x"},
    {"EscapedInText", "&lt;img src=y onerror=alert(1)&gt;x", "x"},
};
INSTANTIATE_TEST_SUITE_P(Mutations, Attack, testing::ValuesIn(kMutations), name_of_case);

}  // namespace
}  // namespace feedd
