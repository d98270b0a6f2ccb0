#include "store/sqlite/search_fold.h"

#include <utility>

#include <unicode/unorm2.h>

#include "base/text.h"
#include "store/sqlite/search_letters.h"

namespace feedd::sqlite {

namespace {

constexpr Block kCyrillic{0x0400, 0x052F};

class Folding {
  public:
    explicit Folding(std::vector<std::size_t>* origin) : origin_(origin) {}

    std::string fold(std::string_view text) {
        out_.reserve(text.size());
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t next = find_folded(text, at);
            keep(text.substr(at, next - at), at);
            if (next == text.size()) break;
            const CodePoint c = code_point_at(text, next);
            add(c.value, text.substr(next, c.length), next);
            at = next + c.length;
        }
        if (origin_ != nullptr) origin_->push_back(text.size());
        return std::move(out_);
    }

  private:
    void keep(std::string_view bytes, std::size_t from) {
        if (bytes.empty()) return;
        const std::size_t last = truncate_utf8(bytes, bytes.size() - 1).size();
        const CodePoint c = code_point_at(bytes, last);
        last_ = last + c.length == bytes.size() ? c.value : 0;  // 0: it is not UTF-8
        last_start_ = out_.size() + last;
        out_ += bytes;
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
        if (kStressMarks.has(c)) {
            if (!kCyrillic.has(last_)) keep(bytes, from);
            return;
        }
        for (const char32_t letter : letters_of(c)) {
            if (!join(letter)) put(letter, from);
        }
    }

    // A half-width letter and its voicing mark are one.
    bool join(char32_t mark) {
        if (!kVoicingMarks.has(mark)) return false;
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
