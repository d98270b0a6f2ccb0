#include "store/sqlite/search_fold.h"

#include <algorithm>
#include <array>
#include <utility>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/text.h"

namespace feedd::sqlite {

namespace {

// No letter that is changed has a lead byte in UTF-8 below this one.
constexpr unsigned char kFirstFolded = 0xC3;

constexpr char32_t kTatweel = 0x0640;

struct Block {
    char32_t first;
    char32_t last;
    [[nodiscard]] bool has(char32_t c) const noexcept { return c >= first && c <= last; }
};
constexpr Block kGreek{0x0370, 0x03FF};
constexpr Block kGreekExtended{0x1F00, 0x1FFF};
constexpr Block kCyrillic{0x0400, 0x052F};
constexpr Block kHebrewAndArabic{0x0590, 0x06FF};
constexpr Block kLigatures{0xFB00, 0xFB06};
constexpr Block kPresentationForms{0xFB1D, 0xFDFF};
constexpr Block kArabicForms{0xFE70, 0xFEFC};
constexpr Block kFullWidth{0xFF01, 0xFF5E};
constexpr Block kHalfWidthKatakana{0xFF65, 0xFF9F};
constexpr Block kStressMarks{0x0300, 0x0301};

// Letters that no decomposition leads to, in their order.
constexpr std::array<std::pair<char32_t, char32_t>, 17> kPlain{{{0x00D8, 'O'},  // Ø
                                                                {0x00F8, 'o'},
                                                                {0x0110, 'D'},  // Đ
                                                                {0x0111, 'd'},
                                                                {0x0126, 'H'},  // Ħ
                                                                {0x0127, 'h'},
                                                                {0x0131, 'i'},  // ı
                                                                {0x0141, 'L'},  // Ł
                                                                {0x0142, 'l'},
                                                                {0x0166, 'T'},  // Ŧ
                                                                {0x0167, 't'},
                                                                {0x0400, 0x0415},  // Ѐ, Е
                                                                {0x0401, 0x0415},  // Ё
                                                                {0x040D, 0x0418},  // Ѝ, И
                                                                {0x0450, 0x0435},
                                                                {0x0451, 0x0435},
                                                                {0x045D, 0x0438}}};

bool is_decomposed(char32_t c) {
    return kGreek.has(c) || kGreekExtended.has(c) || kHebrewAndArabic.has(c) || kLigatures.has(c) ||
           kPresentationForms.has(c) || kArabicForms.has(c) || kFullWidth.has(c) ||
           kHalfWidthKatakana.has(c);
}

// Of Hebrew and Arabic and of the accents that Greek letters come apart into. Japanese voicing
// marks are what makes a letter another one.
bool is_dropped(char32_t c) {
    constexpr Block kVoicing{0x3099, 0x309A};
    return c == kTatweel ||
           (u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK && !kVoicing.has(c));
}

std::u32string letters_of(char32_t c) {
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2* forms = unorm2_getNFKDInstance(&error);
    std::array<UChar, 32> units{};
    const int32_t length = unorm2_getDecomposition(forms, static_cast<UChar32>(c), units.data(),
                                                   static_cast<int32_t>(units.size()), &error);
    if (U_FAILURE(error) != 0 || length < 0) return is_dropped(c) ? U"" : std::u32string(1, c);
    std::u32string letters;
    for (int32_t i = 0; i < length; ++i) {  // all of these are in the basic plane
        const char32_t letter = units.at(static_cast<std::size_t>(i));
        const bool spaced = letter == ' ' && length > 1;  // what carries a mark that stands alone
        if (!spaced && !is_dropped(letter)) letters += letter;
    }
    return letters;
}

class Folding {
  public:
    explicit Folding(std::vector<std::size_t>* origin) : origin_(origin) {}

    std::string fold(std::string_view text) {
        out_.reserve(text.size());
        std::size_t at = 0;
        while (at < text.size()) {
            const auto next =
                std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                             [](char c) { return static_cast<unsigned char>(c) >= kFirstFolded; });
            const auto plain = static_cast<std::size_t>(next - text.begin());
            keep(text.substr(at, plain - at), at);
            at = plain;
            if (at == text.size()) break;
            const CodePoint c = code_point_at(text, at);
            add(c.value, text.substr(at, c.length), at);
            at += c.length;
        }
        if (origin_ != nullptr) origin_->push_back(text.size());
        return std::move(out_);
    }

  private:
    void keep(std::string_view bytes, std::size_t from) {
        if (bytes.empty()) return;
        out_ += bytes;
        last_ = static_cast<unsigned char>(bytes.back()) < 0x80
                    ? static_cast<char32_t>(bytes.back())
                    : 0;
        if (origin_ == nullptr) return;
        for (std::size_t i = 0; i < bytes.size(); ++i)
            origin_->push_back(from + i);
    }

    void put(char32_t letter, std::size_t from) {
        const std::size_t start = out_.size();
        append_utf8(out_, letter);
        if (origin_ != nullptr) origin_->resize(out_.size(), from);
        last_ = letter;
        last_start_ = start;
    }

    void add(char32_t c, std::string_view bytes, std::size_t from) {
        const auto* const plain =
            std::ranges::lower_bound(kPlain, c, {}, &std::pair<char32_t, char32_t>::first);
        if (plain != kPlain.end() && plain->first == c) return put(plain->second, from);
        if (kStressMarks.has(c) && kCyrillic.has(last_)) return;
        if (!is_decomposed(c)) {
            keep(bytes, from);
            last_ = c;
            last_start_ = out_.size() - bytes.size();
            return;
        }
        for (const char32_t letter : letters_of(c)) {
            if (!join(letter)) put(letter, from);
        }
    }

    // A half-width letter and its voicing mark are one.
    bool join(char32_t mark) {
        if (mark != 0x3099 && mark != 0x309A) return false;
        UErrorCode error = U_ZERO_ERROR;
        const UNormalizer2* forms = unorm2_getNFCInstance(&error);
        const UChar32 whole =
            unorm2_composePair(forms, static_cast<UChar32>(last_), static_cast<UChar32>(mark));
        if (whole < 0) return false;
        const std::size_t from = origin_ == nullptr ? 0 : origin_->at(last_start_);
        out_.resize(last_start_);
        if (origin_ != nullptr) origin_->resize(last_start_);
        put(static_cast<char32_t>(whole), from);
        return true;
    }

    std::string out_;
    std::vector<std::size_t>* origin_;  // null: nobody asks
    char32_t last_ = 0;
    std::size_t last_start_ = 0;
};

}  // namespace

std::string folded(std::string_view text) {
    return Folding(nullptr).fold(text);
}

FoldedText folded_with_origin(std::string_view text) {
    FoldedText out;
    out.text = Folding(&out.origin).fold(text);
    return out;
}

bool may_have_points(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        if (lead < 0xD6) {  // Hebrew begins here
            ++at;
            continue;
        }
        const CodePoint c = code_point_at(text, at);
        if (kHebrewAndArabic.has(c.value) || kPresentationForms.has(c.value) ||
            kArabicForms.has(c.value)) {
            return true;
        }
        at += c.length;
    }
    return false;
}

}  // namespace feedd::sqlite
