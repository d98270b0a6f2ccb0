// Labels of the WHATWG Encoding Standard (§4.2) and some that feeds use beyond it, without case
// and punctuation. Where the standard decodes with a superset, so do we.
#pragma once

#include <array>
#include <string_view>

#include "parse/charset.h"

namespace feedd {

struct CharsetRow {
    std::string_view name;
    std::string_view converter;
    Charset::Kind kind;
    std::string_view labels;  // separated by a space
};

inline constexpr std::array kCharsets = {
    CharsetRow{"utf-8", "utf-8", Charset::Kind::utf8,
               "utf8 unicode11utf8 unicode20utf8 xunicode20utf8 u8 cp65001"},
    CharsetRow{"utf-16be", "utf-16be", Charset::Kind::wide, "utf16be unicodefffe"},
    CharsetRow{"utf-16le", "utf-16le", Charset::Kind::wide,
               "utf16le utf16 u16 csunicode iso10646ucs2 ucs2 unicode unicodefeff"},
    CharsetRow{"utf-32be", "utf-32be", Charset::Kind::wide, "utf32be"},
    CharsetRow{"utf-32le", "utf-32le", Charset::Kind::wide, "utf32le utf32 u32 iso10646ucs4 ucs4"},
    CharsetRow{"windows-1252", "windows-1252", Charset::Kind::western,
               "windows1252 ansix341968 ascii usascii cp1252 cp819 csisolatin1 ibm819 iso88591 "
               "isoir100 iso885911987 l1 latin1 xcp1252 ansi iso646us"},
    CharsetRow{"iso-8859-15", "iso-8859-15", Charset::Kind::western,
               "iso885915 csisolatin9 l9 latin9 latin0"},
    CharsetRow{"macintosh", "macintosh", Charset::Kind::other,
               "macintosh csmacintosh mac xmacroman macroman"},
    CharsetRow{"iso-8859-2", "iso-8859-2", Charset::Kind::other,
               "iso88592 csisolatin2 isoir101 iso885921987 l2 latin2"},
    CharsetRow{"iso-8859-3", "iso-8859-3", Charset::Kind::other,
               "iso88593 csisolatin3 isoir109 iso885931988 l3 latin3"},
    CharsetRow{"iso-8859-4", "iso-8859-4", Charset::Kind::other,
               "iso88594 csisolatin4 isoir110 iso885941988 l4 latin4"},
    CharsetRow{"iso-8859-5", "iso-8859-5", Charset::Kind::other,
               "iso88595 csisolatincyrillic cyrillic isoir144 iso885951988"},
    CharsetRow{"iso-8859-6", "iso-8859-6", Charset::Kind::other,
               "iso88596 arabic asmo708 csiso88596e csiso88596i csisolatinarabic ecma114 iso88596e "
               "iso88596i isoir127 iso885961987"},
    CharsetRow{"iso-8859-7", "iso-8859-7", Charset::Kind::other,
               "iso88597 csisolatingreek ecma118 elot928 greek greek8 isoir126 iso885971987 "
               "suneugreek"},
    CharsetRow{"iso-8859-8", "iso-8859-8", Charset::Kind::other,
               "iso88598 csiso88598e csisolatinhebrew hebrew iso88598e isoir138 iso885981988 "
               "visual"},
    CharsetRow{"iso-8859-8-i", "iso-8859-8", Charset::Kind::other, "iso88598i csiso88598i logical"},
    CharsetRow{"iso-8859-10", "iso-8859-10", Charset::Kind::other,
               "iso885910 csisolatin6 isoir157 l6 latin6"},
    CharsetRow{"iso-8859-13", "iso-8859-13", Charset::Kind::other, "iso885913 latin7"},
    CharsetRow{"iso-8859-14", "iso-8859-14", Charset::Kind::other, "iso885914 latin8"},
    CharsetRow{"iso-8859-16", "iso-8859-16", Charset::Kind::other, "iso885916 latin10"},
    CharsetRow{"windows-874", "windows-874", Charset::Kind::other,
               "windows874 dos874 iso885911 tis620 cp874"},
    CharsetRow{"windows-1250", "windows-1250", Charset::Kind::other, "windows1250 cp1250 xcp1250"},
    CharsetRow{"windows-1251", "windows-1251", Charset::Kind::other,
               "windows1251 cp1251 xcp1251 win1251"},
    CharsetRow{"windows-1253", "windows-1253", Charset::Kind::other, "windows1253 cp1253 xcp1253"},
    CharsetRow{"windows-1254", "windows-1254", Charset::Kind::other,
               "windows1254 cp1254 csisolatin5 iso88599 isoir148 iso885991989 l5 latin5 xcp1254"},
    CharsetRow{"windows-1255", "windows-1255", Charset::Kind::other, "windows1255 cp1255 xcp1255"},
    CharsetRow{"windows-1256", "windows-1256", Charset::Kind::other, "windows1256 cp1256 xcp1256"},
    CharsetRow{"windows-1257", "windows-1257", Charset::Kind::other, "windows1257 cp1257 xcp1257"},
    CharsetRow{"windows-1258", "windows-1258", Charset::Kind::other, "windows1258 cp1258 xcp1258"},
    CharsetRow{"koi8-r", "koi8-r", Charset::Kind::other, "koi8r cskoi8r koi koi8"},
    CharsetRow{"koi8-u", "koi8-u", Charset::Kind::other, "koi8u koi8ru"},
    CharsetRow{"ibm866", "ibm866", Charset::Kind::other, "ibm866 866 cp866 csibm866"},
    CharsetRow{"x-mac-cyrillic", "x-mac-cyrillic", Charset::Kind::other,
               "xmaccyrillic xmacukrainian maccyrillic"},
    CharsetRow{"gb18030", "gb18030", Charset::Kind::other,
               "gb18030 gb2312 chinese csgb2312 csiso58gb231280 gb231280 isoir58 euccn"},
    CharsetRow{"gbk", "gb18030", Charset::Kind::other, "gbk xgbk cp936 ms936 windows936"},
    CharsetRow{"big5", "windows-950", Charset::Kind::other, "big5 cnbig5 csbig5 xxbig5 cp950"},
    CharsetRow{"big5-hkscs", "big5-hkscs", Charset::Kind::other, "big5hkscs"},
    CharsetRow{"euc-jp", "euc-jp", Charset::Kind::other, "eucjp cseucpkdfmtjapanese xeucjp ujis"},
    CharsetRow{"iso-2022-jp", "iso-2022-jp", Charset::Kind::other, "iso2022jp csiso2022jp"},
    CharsetRow{"iso-2022-kr", "iso-2022-kr", Charset::Kind::other, "iso2022kr csiso2022kr"},
    CharsetRow{"hz-gb-2312", "hz", Charset::Kind::other, "hzgb2312 hz"},
    CharsetRow{"utf-7", "utf-7", Charset::Kind::other, "utf7 unicode11utf7 csunicode11utf7"},
    CharsetRow{"shift_jis", "windows-31j", Charset::Kind::other,
               "shiftjis csshiftjis mskanji ms932 sjis windows31j xsjis cp932"},
    CharsetRow{"euc-kr", "windows-949", Charset::Kind::other,
               "euckr cseuckr csksc56011987 isoir149 korean ksc56011987 ksc56011989 ksc5601 "
               "windows949 cp949 uhc ms949"},
};

// ISO-8859-16 (Romanian), which ICU lacks: the characters of 0xA0–0xFF.
inline constexpr std::array<char16_t, 96> kIso8859Part16 = {
    0x00A0, 0x0104, 0x0105, 0x0141, 0x20AC, 0x201E, 0x0160, 0x00A7, 0x0161, 0x00A9, 0x0218, 0x00AB,
    0x0179, 0x00AD, 0x017A, 0x017B, 0x00B0, 0x00B1, 0x010C, 0x0142, 0x017D, 0x201D, 0x00B6, 0x00B7,
    0x017E, 0x010D, 0x0219, 0x00BB, 0x0152, 0x0153, 0x0178, 0x017C, 0x00C0, 0x00C1, 0x00C2, 0x0102,
    0x00C4, 0x0106, 0x00C6, 0x00C7, 0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x00CC, 0x00CD, 0x00CE, 0x00CF,
    0x0110, 0x0143, 0x00D2, 0x00D3, 0x00D4, 0x0150, 0x00D6, 0x015A, 0x0170, 0x00D9, 0x00DA, 0x00DB,
    0x00DC, 0x0118, 0x021A, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x0107, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x00EC, 0x00ED, 0x00EE, 0x00EF, 0x0111, 0x0144, 0x00F2, 0x00F3,
    0x00F4, 0x0151, 0x00F6, 0x015B, 0x0171, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x0119, 0x021B, 0x00FF};

}  // namespace feedd
