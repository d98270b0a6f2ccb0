#include "normalize/language.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"

namespace feedd {

namespace {

// ISO 639-1; a space after each.
constexpr std::string_view kTwoLetters =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy "
    "da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu "
    "hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om "
    "or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv "
    "sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

struct Alias {
    std::string_view written;
    std::string_view tag;
};

// Deprecated codes and three-letter ones that have two letters (RFC 5646 §2.2.1, §4.5); countries
// that are written for their languages, where the code is no language of its own; names.
constexpr std::array kAliases{
    Alias{"iw", "he"},        Alias{"in", "id"},       Alias{"ji", "yi"},
    Alias{"jp", "ja"},        Alias{"cn", "zh"},       Alias{"cz", "cs"},
    Alias{"dk", "da"},        Alias{"gr", "el"},       Alias{"ua", "uk"},
    Alias{"eng", "en"},       Alias{"deu", "de"},      Alias{"ger", "de"},
    Alias{"fra", "fr"},       Alias{"fre", "fr"},      Alias{"spa", "es"},
    Alias{"ita", "it"},       Alias{"por", "pt"},      Alias{"nld", "nl"},
    Alias{"dut", "nl"},       Alias{"rus", "ru"},      Alias{"jpn", "ja"},
    Alias{"zho", "zh"},       Alias{"chi", "zh"},      Alias{"kor", "ko"},
    Alias{"ara", "ar"},       Alias{"swe", "sv"},      Alias{"dan", "da"},
    Alias{"nor", "no"},       Alias{"nob", "nb"},      Alias{"nno", "nn"},
    Alias{"fin", "fi"},       Alias{"pol", "pl"},      Alias{"ces", "cs"},
    Alias{"cze", "cs"},       Alias{"hun", "hu"},      Alias{"tur", "tr"},
    Alias{"ell", "el"},       Alias{"gre", "el"},      Alias{"heb", "he"},
    Alias{"ukr", "uk"},       Alias{"ron", "ro"},      Alias{"rum", "ro"},
    Alias{"cat", "ca"},       Alias{"eus", "eu"},      Alias{"baq", "eu"},
    Alias{"hin", "hi"},       Alias{"ind", "id"},      Alias{"vie", "vi"},
    Alias{"fas", "fa"},       Alias{"per", "fa"},      Alias{"english", "en"},
    Alias{"german", "de"},    Alias{"deutsch", "de"},  Alias{"french", "fr"},
    Alias{"français", "fr"},  Alias{"spanish", "es"},  Alias{"español", "es"},
    Alias{"italian", "it"},   Alias{"italiano", "it"}, Alias{"portuguese", "pt"},
    Alias{"português", "pt"}, Alias{"dutch", "nl"},    Alias{"nederlands", "nl"},
    Alias{"russian", "ru"},   Alias{"русский", "ru"},  Alias{"japanese", "ja"},
    Alias{"日本語", "ja"},    Alias{"chinese", "zh"},  Alias{"korean", "ko"},
    Alias{"swedish", "sv"},   Alias{"svenska", "sv"},  Alias{"norwegian", "no"},
    Alias{"danish", "da"},    Alias{"finnish", "fi"},  Alias{"polish", "pl"},
    Alias{"polski", "pl"},    Alias{"turkish", "tr"},  Alias{"arabic", "ar"},
};

// Three-letter codes that name no language (ISO 639-2), and words that happen to have three
// letters.
constexpr std::string_view kNoLanguage = "und mul zxx mis xxx nil na n/a all any non ";

bool all_of(std::string_view text, bool (*test)(char)) {
    return std::all_of(text.begin(), text.end(), test);
}
bool is_letter(char c) {
    return is_alpha(c);
}
bool is_alphanumeric(char c) {
    return is_alpha(c) || is_digit(c);
}

bool listed(std::string_view list, const std::string& word) {
    return list.find(word + " ") != std::string_view::npos;
}

// The primary language in its shortest form; "" if there is no such language.
std::string primary_language(std::string_view written) {
    std::string code = fold_case(written);
    for (const Alias& alias : kAliases) {
        if (alias.written == code) return std::string(alias.tag);
    }
    if (!all_of(code, is_letter)) return {};
    if (code.size() == 2 && listed(kTwoLetters, code)) return code;
    if (code.size() == 3 && !listed(kNoLanguage, code)) return code;
    return {};
}

std::string title_case(std::string_view text) {
    std::string out = lower(text);
    out.front() = static_cast<char>(out.front() - ('a' - 'A'));
    return out;
}

std::string upper(std::string_view text) {
    std::string out = lower(text);
    for (char& c : out) {
        if (is_alpha(c)) c = static_cast<char>(c - ('a' - 'A'));
    }
    return out;
}

}  // namespace

std::string bcp47_tag(std::string_view published) {
    constexpr std::size_t kLongest = 64;  // bytes; RFC 5646 §4.4.1 asks for 35
    published = trim(published);
    published = published.substr(0, published.find_first_of(",;|/ .@"));
    if (published.empty() || published.size() > kLongest) return {};
    std::string joined(published);
    std::replace(joined.begin(), joined.end(), '_', '-');
    const std::vector<std::string_view> parts = split(joined, '-');
    if (parts.empty()) return {};
    std::string tag = primary_language(parts[0]);
    if (tag.empty()) return {};
    // Script, region and what else is well-formed, in their order; from the first that is not on,
    // the rest is left out.
    bool script_allowed = true;
    bool region_allowed = true;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto part = parts[i];
        const std::size_t size = part.size();
        if (!all_of(part, is_alphanumeric) || size > 8) break;
        if (size == 1) {
            // A singleton opens an extension, and means nothing without what follows.
            std::string extension;
            for (; i < parts.size() && parts[i].size() <= 8 && all_of(parts[i], is_alphanumeric);
                 ++i) {
                extension += "-" + lower(parts[i]);
                if (parts[i].size() > 1) tag += std::exchange(extension, {});
            }
            break;
        }
        if (size == 4 && all_of(part, is_letter) && script_allowed) {
            tag += "-" + title_case(part);
            script_allowed = false;
        } else if (((size == 2 && all_of(part, is_letter)) ||
                    (size == 3 && all_of(part, is_digit))) &&
                   region_allowed) {
            tag += "-" + upper(part);
            script_allowed = false;
            region_allowed = false;
        } else if (size == 3 && all_of(part, is_letter) && script_allowed && region_allowed) {
            tag += "-" + lower(part);
        } else if (size >= 5 || (size == 4 && is_digit(part[0]))) {
            tag += "-" + lower(part);
            script_allowed = false;
            region_allowed = false;
        } else {
            break;
        }
    }
    return tag;
}

}  // namespace feedd
