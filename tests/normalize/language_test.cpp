#include "normalize/language.h"

#include <string_view>

#include <gtest/gtest.h>

namespace feedd {
namespace {

struct Case {
    std::string_view published;
    std::string_view tag;
};

TEST(Language, IsWrittenAsBcp47Wants) {
    constexpr Case kCases[] = {
        {"en", "en"},
        {" EN ", "en"},
        {"en-us", "en-US"},
        {"en_US", "en-US"},
        {"en_US.UTF-8", "en-US"},
        {"de_DE@euro", "de-DE"},
        {"zh-hant-tw", "zh-Hant-TW"},
        {"zh-cmn-hans-CN", "zh-cmn-Hans-CN"},
        {"es-419", "es-419"},
        {"sr-LATN", "sr-Latn"},
        {"de-1996", "de-1996"},
        {"sl-rozaj", "sl-rozaj"},
        {"en-GB-oxendict", "en-GB-oxendict"},
        {"en-x-custom", "en-x-custom"},
        {"de-u-co-phonebk", "de-u-co-phonebk"},
        {"sr-Latn-RS-ekavsk-u", "sr-Latn-RS-ekavsk"},
        {"sr-RS-u-é", "sr-RS"},
        {"de-u-co-x", "de-u-co"},
        {"gsw", "gsw"},
        {"eng", "en"},
        {"ger-AT", "de-AT"},
        {"iw", "he"},
        {"jp", "ja"},
        {"jp-JP", "ja-JP"},
        {"cz", "cs"},
        {"English", "en"},
        {"Русский", "ru"},
        {"en, de", "en"},
        {"en;q=0.8", "en"},
        {"en-", "en"},
        {"en-u", "en"},
        {"en-!!", "en"},
        {"en-US-US", "en-US"},
        {"no", "no"},
    };
    for (const Case& row : kCases)
        EXPECT_EQ(bcp47_tag(row.published), row.tag) << row.published;
}

TEST(Language, IsEmptyForNonsense) {
    for (const std::string_view published :
         {"", " ", "-", "_", "und", "mul", "zxx", "xx", "zz", "x", "none", "n/a", "us", "12", "e1",
          "klingonese", "x-custom", "http://example.org/", "\xC3\xA9"}) {
        EXPECT_EQ(bcp47_tag(published), "") << published;
    }
}

}  // namespace
}  // namespace feedd
