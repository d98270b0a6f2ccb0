#include "normalize/text.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

TEST(RenderedText, ShowsPlainTextAsItIs) {
    const RenderedText text = rendered({.kind = Text::Kind::plain, .value = " 1 < 2 &amp;\nx "});
    EXPECT_EQ(text.plain, "1 < 2 &amp;\nx");
    EXPECT_EQ(text.readable, text.plain);
    EXPECT_EQ(text.html, "1 &lt; 2 &amp;amp;<br>x");
    EXPECT_FALSE(text.has_markup);
}

TEST(RenderedText, MakesMarkupSafeAndResolvesItsLinks) {
    const RenderedText text = rendered({.kind = Text::Kind::html,
                                        .value = "<p>a <a href=\"x\">b</a></p><script>c</script>",
                                        .base = "https://e.org/d/"});
    EXPECT_EQ(text.plain, "a b");
    EXPECT_NE(text.html.find("href=\"https://e.org/d/x\""), std::string::npos);
    EXPECT_EQ(text.html.find("script"), std::string::npos);
    EXPECT_TRUE(text.has_markup);
}

TEST(RenderedText, TellsEscapedTextFromMarkup) {
    const RenderedText text = rendered({.kind = Text::Kind::html, .value = "AT&amp;T"});
    EXPECT_EQ(text.plain, "AT&T");
    EXPECT_FALSE(text.has_markup);
}

TEST(RenderedText, NothingStaysNothing) {
    const RenderedText text = rendered({.kind = Text::Kind::html, .value = " \n"});
    EXPECT_EQ(text.plain, "");
    EXPECT_EQ(text.html, "");
}

}  // namespace
}  // namespace feedd
