#include "parse/encoding.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unicode/ucnv.h>

#include "base/text.h"

namespace feedd {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

// ASCII text in UTF-16 or UTF-32, with `width` bytes a character.
std::string widened(std::string_view ascii, std::size_t width, bool big_endian) {
    std::string out;
    for (const char c : ascii) {
        std::string unit(width, '\0');
        unit[big_endian ? width - 1 : 0] = c;
        out += unit;
    }
    return out;
}

std::string in_charset(const char* charset, std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out(utf8.size() * 4, '\0');
    const int32_t length =
        ucnv_convert(charset, "utf-8", out.data(), static_cast<int32_t>(out.size()), utf8.data(),
                     static_cast<int32_t>(utf8.size()), &status);
    out.resize(static_cast<std::size_t>(length));
    return out;
}

struct Case {
    std::string_view name;
    std::string bytes;
    std::string_view content_type;
    std::string_view encoding;
    std::string_view text;  // that must be in the result
    bool repaired;
};

void check(const Case& row) {
    const Decoded decoded = decode(row.bytes, row.content_type);
    EXPECT_EQ(decoded.encoding, row.encoding) << row.name;
    EXPECT_EQ(decoded.repaired, row.repaired) << row.name;
    EXPECT_NE(decoded.text().find(row.text), std::string::npos)
        << row.name << ": " << decoded.text();
    EXPECT_TRUE(is_utf8(decoded.text())) << row.name;
}

std::string declaring(std::string_view label, std::string_view text) {
    return "<?xml version=\"1.0\" encoding=\"" + std::string(label) + "\"?><rss>" +
           std::string(text) + "</rss>";
}

TEST(Encoding, IsTakenFromMarkThenHeaderThenDeclarationThenUtf8) {
    const Case rows[] = {
        {"nothing said", "<rss>Łódź</rss>", "", "utf-8", "Łódź", false},
        {"media type alone", "<rss>Łódź</rss>", "text/xml", "utf-8", "Łódź", false},
        {"mark", "\xEF\xBB\xBF<rss>Łódź</rss>", "text/xml; charset=iso-8859-2", "utf-8",
         "<rss>Łódź", true},
        {"mark and the same said", "\xEF\xBB\xBF" + declaring("utf-8", "é"), "text/xml", "utf-8",
         "é", false},
        {"header over declaration", declaring("koi8-r", "caf\xE9"), "text/xml; charset=latin1",
         "windows-1252", "café", false},
        {"quoted header", declaring("koi8-r", "caf\xE9"), "text/xml;charset=\"Windows-1252\"",
         "windows-1252", "café", false},
        {"unknown header", declaring("latin1", "caf\xE9"), "text/xml; charset=klingon",
         "windows-1252", "café", false},
        {"declaration", declaring("windows-1251", "\xCD\xEE\xE2"), "", "windows-1251", "Нов",
         false},
        {"single quotes", "<?xml version='1.0' encoding = 'koi8-r' ?><rss>\xCE\xCF</rss>", "",
         "koi8-r", "но", false},
        {"declaration after noise", "Warning: x<br/>\n" + declaring("windows-1251", "\xCD\xEE\xE2"),
         "", "windows-1251", "Нов", false},
        {"declaration quoted in an item",
         "<rss><description><![CDATA[<?xml encoding='utf-16'?>é]]></description></rss>", "",
         "utf-8", "é", false},
    };
    for (const Case& row : rows)
        check(row);
}

TEST(Encoding, LabelsMeanWhatBrowsersTakeThemFor) {
    struct Label {
        std::string_view label;
        const char* converter;
        std::string_view encoding;
        std::string_view text;
    };
    const Label rows[] = {
        {"latin1", "windows-1252", "windows-1252", "“Smart” – 5 €"},
        {"US-ASCII", "windows-1252", "windows-1252", "“Smart”"},
        {"iso-8859-1", "windows-1252", "windows-1252", "Ünïcödé"},
        {"ISO_8859-2", "iso-8859-2", "iso-8859-2", "Příliš žluťoučký"},
        {"iso-8859-9", "windows-1254", "windows-1254", "İstanbul"},
        {"win-1251", "windows-1251", "windows-1251", "Новости №1"},
        {"x-cp1250", "windows-1250", "windows-1250", "Žlutý"},
        {"tis-620", "windows-874", "windows-874", "ข่าว"},
        {"gb2312", "gb18030", "gb18030", "中文新闻镕"},
        {"GBK", "gb18030", "gbk", "中文新闻镕"},
        {"ks_c_5601-1987", "windows-949", "euc-kr", "한국어 뉴스 똠"},
        {"sjis", "windows-31j", "shift_jis", "日本語①"},
        {"euc-jp", "euc-jp", "euc-jp", "日本語のニュース"},
        {"iso-2022-jp", "iso-2022-jp", "iso-2022-jp", "日本語のニュース"},
        {"HZ-GB-2312", "hz", "hz-gb-2312", "中文新闻"},
        {"big5", "windows-950", "big5", "中文新聞"},
        {"cp437", "ibm437", "ibm437", "naïve"},
        {"mac", "macintosh", "macintosh", "Ünïcödé"},
    };
    for (const Label& row : rows) {
        check({row.label, declaring(row.label, in_charset(row.converter, row.text)), "",
               row.encoding, row.text, false});
    }
    check({"which ICU lacks",
           declaring("iso-8859-16",
                     "\xBAtiri, \xFE"
                     "ar\xE3"),
           "", "iso-8859-16", "știri, țară", false});
}

TEST(Encoding, FormsOfTwoAndFourBytesAreToldFromTheBytes) {
    const std::string text = declaring("utf-16", "wide");
    const std::string utf32 = declaring("utf_32", "wide");
    const std::string utf8 = declaring("utf-8", "wide");
    const Case rows[] = {
        {"16 be", widened(text, 2, true), "", "utf-16be", "wide", false},
        {"16 le", widened(text, 2, false), "", "utf-16le", "wide", false},
        {"16 be marked", "\xFE\xFF" + widened(text, 2, true), "", "utf-16be", "<rss>wide", false},
        {"16 le marked", "\xFF\xFE" + widened(text, 2, false), "", "utf-16le", "<rss>wide", false},
        {"32 be", widened(utf32, 4, true), "", "utf-32be", "wide", false},
        {"32 le", widened(utf32, 4, false), "", "utf-32le", "wide", false},
        {"32 be marked", "\x00\x00\xFE\xFF"s + widened(utf32, 4, true), "", "utf-32be", "wide",
         false},
        {"32 le marked", "\xFF\xFE\x00\x00"s + widened(utf32, 4, false), "", "utf-32le", "wide",
         false},
        {"16 under a wrong label", widened(utf8, 2, true), "", "utf-16be", "wide", true},
        {"16 le called be", widened(declaring("utf-16be", "wide"), 2, false), "", "utf-16le",
         "wide", false},
        {"16, header names another", widened(text, 2, false), "text/xml; charset=utf-8", "utf-16le",
         "wide", false},
        {"utf-8 called utf-16", text + "<!-- é -->", "", "utf-8", "é", true},
        {"utf-8 called utf-16 by the header", utf8, "text/xml; charset=utf-16", "utf-8", "wide",
         true},
        {"utf-8 behind a mark of utf-16", "\xFF\xFE" + utf8, "", "utf-8", "wide", true},
        {"half a character at the end", widened(text, 2, true) + "\x00"s, "", "utf-16be", "wide",
         true},
    };
    for (const Case& row : rows)
        check(row);
}

TEST(Encoding, WrongLabelsAndStrangeBytesCostAsLittleAsCanBe) {
    const std::string cyrillic = in_charset("windows-1251", "Новости дня и другие происшествия");
    const Case rows[] = {
        {"unknown name", declaring("bogus", "é"), "", "utf-8", "é", true},
        {"empty name", declaring("", "é"), "", "utf-8", "é", true},
        {"unknown name, Western bytes", declaring("bogus", "caf\xE9"), "", "windows-1252", "café",
         true},
        {"windows-1252 called utf-8", declaring("utf-8", "caf\xE9 \x93x\x94"), "", "windows-1252",
         "café “x”", true},
        {"windows-1252 not called anything", "<rss>caf\xE9</rss>", "", "windows-1252", "café",
         true},
        {"windows-1252 called Japanese", declaring("shift_jis", "d\xE9j\xE0 vu \x93x\x94"), "",
         "windows-1252", "déjà vu “x”", true},
        {"utf-8 called latin1", declaring("latin1", "café – Łódź"), "", "utf-8", "café – Łódź",
         true},
        {"utf-8 called ascii by the header", "<rss>café</rss>", "text/xml; charset=us-ascii",
         "utf-8", "café", true},
        {"utf-8 called gbk", declaring("gbk", "中文x新"), "", "utf-8", "中文x新", true},
        {"a few bad bytes",
         "<rss>Łódź, Ελλάδα, Espa\xF1"
         "a</rss>",
         "", "utf-8", "Łódź, Ελλάδα, España", true},
        {"a cut character", "<rss>Łódź 中\xE4\xB8 x</rss>", "", "utf-8", "中\xEF\xBF\xBD x", true},
        {"a literal replacement character",
         "<rss>a\xEF\xBF\xBD"
         "b</rss>",
         "", "utf-8",
         "a\xEF\xBF\xBD"
         "b",
         false},
        {"Cyrillic without a label", "<rss>" + cyrillic + "</rss>", "", "windows-1251", "Новости",
         true},
        {"Japanese without a label",
         "<rss>" + in_charset("iso-2022-jp", "日本語のニュース") + "</rss>", "", "iso-2022-jp",
         "<rss>日本語のニュース</rss>", true},
        {"Japanese called utf-8", declaring("utf-8", in_charset("iso-2022-jp", "日本語")),
         "text/xml", "iso-2022-jp", "日本語", true},
        {"an escape that is none", "<rss>a\x1B$Bé</rss>", "", "utf-8", "a$Bé", true},
        {"surrogates as characters", declaring("utf-8", "a \xED\xA0\xBD\xED\xB8\x80 b"), "",
         "utf-8", "a 😀 b", true},
        {"half of a pair", declaring("utf-8", "新闻中文 \xED\xA0\xBD b"), "", "utf-8", "新闻中文 ",
         true},
        {"two marks", "\xEF\xBB\xBF\xEF\xBB\xBF<rss/>", "", "utf-8", "<rss/>", true},
    };
    for (const Case& row : rows)
        check(row);
}

TEST(Encoding, Utf8UnderTheLabelOfSingleBytesIsUtf8) {
    for (const std::string_view label :
         {"windows-1251", "koi8-r", "ibm866", "iso-8859-2", "iso-8859-5", "iso-8859-7",
          "iso-8859-9", "iso-8859-16", "windows-1250", "windows-1254", "windows-1256", "tis-620",
          "latin1", "us-ascii", "macintosh"}) {
        check({label, declaring(label, "Новости, Łódź, ข่าว"), "", "utf-8", "Новости, Łódź, ข่าว",
               true});
        check({label, "<rss>Ειδήσεις</rss>", "text/xml; charset=" + std::string(label), "utf-8",
               "Ειδήσεις", true});
        check({label, declaring(label, "Новости дня, Łódź \xD0 x"), "", "utf-8",
               "Новости дня, Łódź", true});
    }
    check({"a cut character at the end of a title",
           declaring("windows-1252", "<title>Новости дн\xD1</title>"), "", "utf-8", "Новости дн",
           true});
    check({"a cut character in Chinese", declaring("gbk", "中 文 标 题 新闻\xE4\xB8 x"), "",
           "utf-8", "中 文 标 题 新闻", true});
}

TEST(Encoding, TextOfSingleBytesStaysWhatItsLabelSays) {
    const struct {
        const char* label;
        std::string_view text;
    } rows[] = {
        {"windows-1251", "НОВОСТИ ДНЯ, ЁЛКА, рад, «С»"},
        {"koi8-r", "Новости дня, ЁЛКА, ещё"},
        {"ibm866", "Новости: раз и два, шаг, рад"},
        {"iso-8859-2", "ZAŻÓŁĆ GĘŚLĄ JAŹŃ, WŁÓKNA, szkół"},
        {"iso-8859-5", "НОВОСТИ ДНЯ, ТАТА"},
        {"iso-8859-7", "ΕΙΔΉΣΕΙΣ, Όλα Άμεσα"},
        {"windows-874", "ข่าวล่าสุดวันนี้ ประเทศไทย แดง"},
        {"windows-1256", "أخبار اليوم"},
        {"iso-8859-1", "Ãnderung, naïve café, «é»"},
    };
    for (const auto& row : rows) {
        const std::string document = declaring(row.label, row.text);
        const Decoded decoded = decode(in_charset(row.label, document), "");
        EXPECT_FALSE(decoded.repaired) << row.label;
        EXPECT_EQ(decoded.text(), document) << row.label;
    }
}

TEST(Encoding, APageSaysItInItsHead) {
    const std::string_view title = "Новости";
    for (const std::string_view meta :
         {"<meta charset=windows-1251>", "<META CHARSET='windows-1251'/>",
          "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\">"}) {
        const std::string page = "<html><head>" + std::string(meta) + "<title>";
        check({meta, page + in_charset("windows-1251", title), "", "windows-1251", title, false});
        check({meta, page + std::string(title), "", "utf-8", title, false});
    }
    check({"but not in an item", "<rss><item><meta charset='shift_jis'>caf\xE9", "", "windows-1252",
           "café", true});
}

TEST(Encoding, EbcdicIsToldFromItsDeclaration) {
    const struct {
        const char* converter;
        std::string_view label;
        std::string_view encoding;
    } rows[] = {
        {"ibm-37", "cp037", "ibm037"},         {"ibm-500", "ebcdic-cp-ch", "ibm500"},
        {"ibm-1140", "IBM01140", "ibm01140"},  {"ibm-37", "windows-1252", "ibm037"},
        {"ibm-37", "no-such-thing", "ibm037"},
    };
    for (const auto& row : rows) {
        check({row.label, in_charset(row.converter, declaring(row.label, "Zoë [x] !")), "",
               row.encoding, "<rss>Zoë [x] !</rss>", false});
    }
}

TEST(Encoding, LatinLettersWithoutALabelAreThoseOfOneLanguage) {
    const struct {
        const char* converter;
        std::string_view encoding;
        std::string_view text;
    } rows[] = {
        {"iso-8859-2", "iso-8859-2", "Ceny żywności wciąż rosną, są ranni"},
        {"windows-1250", "windows-1250", "Ceny żywności wciąż rosną, są ranni, piłka nożna"},
        {"iso-8859-2", "iso-8859-2", "Příliš žluťoučký kůň úpěl ďábelské ódy"},
        {"windows-1250", "windows-1250", "Příliš žluťoučký kůň úpěl ďábelské ódy"},
        {"windows-1250", "windows-1250", "Ľudia žiadajú ďalšie zmeny, vláda nesúhlasí"},
        {"iso-8859-2", "iso-8859-2", "Árvíztűrő tükörfúrógép"},
        {"windows-1250", "windows-1250", "Preşedintele ţării „şi” opoziţia"},
        {"windows-1250", "windows-1250", "Čestitke našim košarkašima, kaže: možda će više"},
        {"iso-8859-9", "windows-1254", "Başbakan açıkladı: işsizlik arttı, çünkü büyüme düştü"},
        {"windows-1257", "windows-1257", "Vyriausybė šiandien patvirtino, žmonės išėjo į gatves"},
        {"windows-1252", "windows-1252", "Où êtes-vous ? À l’école, naïvement, ça coûte 5 €"},
        {"windows-1252", "windows-1252", "El niño que soñó: «mañana», ¿según él?"},
        {"windows-1252", "windows-1252", "Rødgrød med fløde på Åland"},
        {"windows-1252", "windows-1252", "Íslenska þjóðin kýs, það er að hvessa"},
        {"windows-1252", "windows-1252", "Größere Straßen: 10°C, 5 m², ±3 – André und Søren"},
    };
    for (const auto& row : rows) {
        const std::string bytes = in_charset(row.converter, "<rss>" + std::string(row.text));
        check({row.text, bytes, "", row.encoding, row.text, true});
    }
}

TEST(Encoding, LeavesNoControlCharactersAndOneKindOfLineEnd) {
    const Case rows[] = {
        {"NUL", "a\0b"s, "", "utf-8", "ab", true},
        {"controls",
         "a\x01\x08\x0B\x0C\x1F"
         "b\tc",
         "", "utf-8", "ab\tc", true},
        {"no characters",
         "a\xEF\xBF\xBE\xEF\xBF\xBF"
         "b",
         "", "utf-8", "ab", true},
        {"controls of windows-1252", "don\xC2\x92t", "", "utf-8", "don’t", false},
        {"controls that mean nothing",
         "a\xC2\x81"
         "b",
         "", "utf-8", "ab", false},
        {"line ends", "a\r\nb\rc\n", "", "utf-8", "a\nb\nc\n", false},
        {"delete",
         "a\x7F"
         "b",
         "", "utf-8",
         "a\x7F"
         "b",
         false},
        {"nothing", "", "", "utf-8", "", false},
    };
    for (const Case& row : rows) {
        check(row);
        EXPECT_EQ(decode(row.bytes, "").text(), row.text) << row.name;
    }
}

TEST(Encoding, KeepsUrlsAndIdsAsTheyWereWritten) {
    constexpr std::string_view kDecomposed = "<link>/cafe\xCC\x81</link>";
    EXPECT_EQ(decode(kDecomposed, "").text(), kDecomposed);
}

}  // namespace
}  // namespace feedd
