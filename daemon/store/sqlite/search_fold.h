// Letters without what the index does not tell apart, beyond what FTS5's tokenizer knows: it leaves
// out the accents of Latin letters alone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace feedd::sqlite {

// `text`, which is in NFC, without: the accents of Greek; ё and the stress marks of Cyrillic (й, ї
// and their like are letters); vowel points and the tatweel of Arabic and Hebrew, and the
// presentation forms of their letters; strokes through Latin letters. Full-width and half-width
// forms are the usual ones, ligatures are letters.
[[nodiscard]] std::string folded(std::string_view text);

// The same, and for each byte of it where in `text` it is from; one more for the end.
struct FoldedText {
    std::string text;
    std::vector<std::size_t> origin;
};
[[nodiscard]] FoldedText folded_with_origin(std::string_view text);

// Whether a word may be in it that FTS5's tokenizer would cut at vowel points.
[[nodiscard]] bool may_have_points(std::string_view text);

}  // namespace feedd::sqlite
