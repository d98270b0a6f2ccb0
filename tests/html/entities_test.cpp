#include "html/entities.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "base/text.h"
#include "html/entities_table.h"
#include "html/sanitize.h"

namespace feedd {
namespace {

struct Case {
    std::string_view name;
    std::string_view text;
    std::string_view expected;
};

std::string name_of(const testing::TestParamInfo<Case>& info) {
    return std::string(info.param.name);
}

class Unescape : public testing::TestWithParam<Case> {};

TEST_P(Unescape, ResolvesReferencesAsHtmlDoes) {
    EXPECT_EQ(unescape_html(GetParam().text), GetParam().expected);
}

const std::vector<Case> kReferences = {
    {"Markup", "&lt;b&gt; &amp; &quot;x&quot; &apos;y&apos;", "<b> & \"x\" 'y'"},
    {"Named", "&eacute;&Eacute;&nbsp;&hellip;", "éÉ\u00A0…"},
    {"TwoCharacters", "&NotEqualTilde;", "\u2242\u0338"},
    {"Longest", "&CounterClockwiseContourIntegral;", "∳"},
    {"Decimal", "&#8217;&#233;&#65;", "’éA"},
    {"Hexadecimal", "&#x2019;&#XE9;&#x1F600;", "’é😀"},
    {"LeadingZeros", "&#000000000000039;", "'"},
    {"Windows1252", "&#128;&#145;&#x96;&#153;", "€‘–™"},
    {"LegacyWithoutSemicolon", "&eacute&amp caf&eacute au lait", "é& café au lait"},
    {"LegacyPrefix", "I'm &notit; I tell you", "I'm ¬it; I tell you"},
    {"LongerNameWins", "I'm &notin; I tell you", "I'm ∉ I tell you"},
    {"NumberWithoutSemicolon", "&#65 &#x42.", "A B."},
    {"Once", "&amp;lt;b&amp;gt;", "&lt;b&gt;"},
    {"SurrogatePair", "&#55357;&#56832; and &#xD83D;&#xDE00;", "😀 and 😀"},
};
INSTANTIATE_TEST_SUITE_P(Good, Unescape, testing::ValuesIn(kReferences), name_of);

const std::vector<Case> kNoReferences = {
    {"BareAmpersand", "AT&T & R&D", "AT&T & R&D"},
    {"AtTheEnd", "a &", "a &"},
    {"UnknownName", "&bogus; &Bogus", "&bogus; &Bogus"},
    {"NotLegacyWithoutSemicolon", "&hellip and &alpha", "&hellip and &alpha"},
    {"WrongCase", "&EACUTE; &NbSp;", "&EACUTE; &NbSp;"},
    {"NoDigits", "&#; &#x; &#g", "&#; &#x; &#g"},
    {"Zero", "a&#0;b&#x0;c", "a\uFFFDb\uFFFDc"},
    {"LoneSurrogate", "a&#xD800;b&#56832;c", "a\uFFFDb\uFFFDc"},
    {"TooLarge", "a&#x110000;b&#99999999999999999999999;c", "a\uFFFDb\uFFFDc"},
    {"ControlsAndNoncharactersVanish", "a&#1;b&#x7F;c&#xFFFE;d&#xFDD0;e&#129;f", "abcdef"},
};
INSTANTIATE_TEST_SUITE_P(Bad, Unescape, testing::ValuesIn(kNoReferences), name_of);

TEST(AppendUnescaped, LeavesAmpersandsOfUrlsInAttributesAlone) {
    std::string out;
    append_unescaped(out, "/?a=1&copy=2&reg2=3&amp;lt=4&amp", true);
    EXPECT_EQ(out, "/?a=1&copy=2&reg2=3&lt=4&");
}

TEST(NamedCharacter, KnowsEveryNameAndNoOther) {
    EXPECT_EQ(named_character("nbsp"), "\u00A0");
    EXPECT_EQ(named_character("AMP"), "&");
    for (const NamedCharacter& entry : kNamedCharacters) {
        EXPECT_EQ(named_character(entry.name), entry.utf8) << entry.name;
        EXPECT_LE(entry.name.size(), kLongestCharacterName);
        EXPECT_TRUE(is_utf8(entry.utf8)) << entry.name;
    }
    for (const std::string_view unknown : {"", "nbsp;", "NBSP", "zzz", "A", "&amp;"}) {
        EXPECT_EQ(named_character(unknown), "") << unknown;
    }
}

TEST(NamedCharacter, HasASortedTable) {
    const auto by_name = [](const NamedCharacter& a, const NamedCharacter& b) {
        return a.name < b.name;
    };
    EXPECT_TRUE(std::is_sorted(kNamedCharacters.begin(), kNamedCharacters.end(), by_name));
}

}  // namespace
}  // namespace feedd
