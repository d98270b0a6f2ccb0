// Bytes of a kind in long texts, sought a register at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <experimental/simd>

namespace feedd {

// The position of the first byte at or after `from` for which `is_wanted` holds, else the text's
// size. `is_wanted` is called with one `signed char` and with blocks of them (Parallelism TS 2), so
// it is a generic lambda of comparisons, && and ||. Bytes beyond ASCII are negative.
template <typename Predicate>
[[nodiscard]] std::size_t find_byte(std::string_view text, std::size_t from, Predicate is_wanted) {
    namespace simd = std::experimental;
    using Block = simd::native_simd<signed char>;
    const auto* bytes = reinterpret_cast<const signed char*>(text.data());
    const std::size_t start = from;
    for (; from + Block::size() <= text.size(); from += Block::size()) {
        const auto found = is_wanted(Block(bytes + from, simd::element_aligned));
        if (simd::any_of(found)) {
            return from + static_cast<std::size_t>(simd::find_first_set(found));
        }
    }
    if (start + Block::size() <= text.size()) {  // the rest with what stands before it
        from = text.size() - Block::size();
        const auto found = is_wanted(Block(bytes + from, simd::element_aligned));
        return simd::any_of(found) ? from + static_cast<std::size_t>(simd::find_first_set(found))
                                   : text.size();
    }
    while (from < text.size() && !is_wanted(bytes[from]))
        ++from;
    return from;
}

// The same for what is seldom: `is_dull` costs less, and never holds where `is_wanted` does.
template <typename Dullness, typename Predicate>
[[nodiscard]] std::size_t find_byte(std::string_view text, std::size_t from, Dullness is_dull,
                                    Predicate is_wanted) {
    namespace simd = std::experimental;
    using Block = simd::native_simd<signed char>;
    const auto* bytes = reinterpret_cast<const signed char*>(text.data());
    for (; from + Block::size() <= text.size(); from += Block::size()) {
        const Block block(bytes + from, simd::element_aligned);
        if (simd::all_of(is_dull(block))) continue;
        const auto found = is_wanted(block);
        if (simd::any_of(found)) {
            return from + static_cast<std::size_t>(simd::find_first_set(found));
        }
    }
    while (from < text.size() && !is_wanted(bytes[from]))
        ++from;
    return from;
}

// The same for bytes with what follows them: `is_wanted` gets a byte and the next, 0 behind the
// last.
template <typename Predicate>
[[nodiscard]] std::size_t find_pair(std::string_view text, std::size_t from, Predicate is_wanted) {
    namespace simd = std::experimental;
    using Block = simd::native_simd<signed char>;
    const auto* bytes = reinterpret_cast<const signed char*>(text.data());
    for (; from + Block::size() < text.size(); from += Block::size()) {
        const auto found = is_wanted(Block(bytes + from, simd::element_aligned),
                                     Block(bytes + from + 1, simd::element_aligned));
        if (simd::any_of(found)) {
            return from + static_cast<std::size_t>(simd::find_first_set(found));
        }
    }
    if (from == text.size()) return from;
    std::array<signed char, 2 * Block::size()> rest{};
    std::memcpy(rest.data(), bytes + from, text.size() - from);
    const auto found = is_wanted(Block(rest.data(), simd::element_aligned),
                                 Block(rest.data() + 1, simd::element_aligned));
    if (!simd::any_of(found)) return text.size();
    return std::min(from + static_cast<std::size_t>(simd::find_first_set(found)), text.size());
}

// How far copy_until may write beyond what it copies.
inline constexpr std::size_t kCopiedBeyond = std::experimental::native_simd<signed char>::size();

// As the first, and what stands before that position is copied to `out`.
template <typename Predicate>
[[nodiscard]] std::size_t copy_until(std::string_view text, std::size_t from, char* out,
                                     Predicate is_wanted) {
    namespace simd = std::experimental;
    using Block = simd::native_simd<signed char>;
    const auto* bytes = reinterpret_cast<const signed char*>(text.data());
    auto* copies = reinterpret_cast<signed char*>(out);
    for (; from + Block::size() <= text.size(); from += Block::size(), copies += Block::size()) {
        const Block block(bytes + from, simd::element_aligned);
        block.copy_to(copies, simd::element_aligned);
        const auto found = is_wanted(block);
        if (simd::any_of(found)) {
            return from + static_cast<std::size_t>(simd::find_first_set(found));
        }
    }
    for (; from < text.size() && !is_wanted(bytes[from]); ++from)
        *copies++ = bytes[from];
    return from;
}

}  // namespace feedd
