#include "model/rhythm_bytes.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace feedd {

namespace {

constexpr std::size_t kShort = 3;  // bytes of a number
constexpr std::size_t kNumbers =
    10 + Rhythm::kHours + Rhythm::kWeekdays + Rhythm::kGaps + Rhythm::kShapes;
constexpr std::size_t kEvidence = kNumbers - Rhythm::kShapes;  // from here on, less than 0 too
static_assert(kNumbers < 64);                                  // one bit for each
constexpr std::uint64_t kAll = (std::uint64_t{1} << kNumbers) - 1;

// All of them, in the order in which they are written.
template <typename OfRhythm, typename Visit>
void each_number(OfRhythm& rhythm, const Visit& visit) {
    for (auto* sum : {&rhythm.moments, &rhythm.exposure, &rhythm.lately, &rhythm.lately_exposure,
                      &rhythm.items, &rhythm.calendar, &rhythm.expected, &rhythm.surprise,
                      &rhythm.longest_gap, &rhythm.caution})
        visit(*sum);
    for (auto& count : rhythm.hours)
        visit(count);
    for (auto& count : rhythm.weekdays)
        visit(count);
    for (auto& count : rhythm.gaps)
        visit(count);
    for (auto& likelihood : rhythm.evidence)
        visit(likelihood);
}

// The upper 24 bits of the number as IEEE 754 has it, to the nearest.
std::uint32_t shortened(float number) {
    const auto bits = std::bit_cast<std::uint32_t>(number);
    const std::uint32_t rounded = (bits + 0x7FU + ((bits >> 8U) & 1U)) >> 8U;
    return std::isfinite(std::bit_cast<float>(rounded << 8U)) ? rounded : bits >> 8U;
}

float lengthened(std::string_view bytes) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < kShort; ++i)
        bits |= std::uint32_t{static_cast<std::uint8_t>(bytes[i])} << (8 * (i + 1));
    return std::bit_cast<float>(bits);
}

}  // namespace

void write_rhythm(ByteWriter& out, const Rhythm& rhythm) {
    out.integer(rhythm.seen_until.time_since_epoch().count());
    out.integer(rhythm.window);
    std::uint64_t there = 0;
    std::size_t at = 0;
    std::array<char, kShort * kNumbers> numbers{};
    std::size_t size = 0;
    each_number(rhythm, [&](float number) {
        constexpr std::uint32_t kSign = 1U << 23U;  // -0 is 0
        const std::uint32_t bits = shortened(number);
        const bool is = (bits & ~kSign) != 0;
        there |= std::uint64_t{is} << at++;
        if (!is) return;
        for (std::size_t i = 0; i < kShort; ++i)
            numbers[size++] = static_cast<char>(bits >> (8 * i));
    });
    out.fixed(there, sizeof there);
    out.raw({numbers.data(), size});
    // The distance to the next newer one takes few bytes.
    std::size_t known = rhythm.recent.size();
    while (known > 0 && rhythm.recent[known - 1] == 0)
        --known;
    out.number(known);
    std::int64_t newer = 0;
    for (std::size_t i = 0; i < known; ++i) {
        out.integer(newer - rhythm.recent[i]);
        newer = rhythm.recent[i];
    }
}

std::optional<Rhythm> read_rhythm(ByteReader& in) {
    Rhythm rhythm;
    const std::int64_t seen_until = in.integer();
    const std::int64_t window = in.integer();
    bool sound = seen_until >= 0 && seen_until <= kFurthest && window >= 0 && window <= INT32_MAX;
    rhythm.seen_until = Time{Seconds{seen_until}};
    rhythm.window = static_cast<std::int32_t>(window);
    const std::uint64_t there = in.fixed(sizeof there) & kAll;
    std::string_view numbers = in.raw(kShort * static_cast<unsigned>(std::popcount(there)));
    std::size_t at = 0;
    each_number(rhythm, [&](float& number) {
        const bool is = ((there >> at++) & 1U) != 0;
        if (!is || numbers.empty()) return;
        number = lengthened(numbers);
        numbers.remove_prefix(kShort);
        sound = sound && std::isfinite(number) && (number >= 0 || at > kEvidence);
    });
    const std::uint64_t known = in.number();
    sound = sound && known <= rhythm.recent.size();
    std::int64_t newer = 0;
    for (std::size_t i = 0; sound && i < known; ++i) {
        const std::int64_t distance = in.integer();
        sound = distance >= -std::int64_t{UINT32_MAX} && distance <= std::int64_t{UINT32_MAX};
        newer -= sound ? distance : 0;
        sound = sound && newer >= 0 && newer <= std::int64_t{UINT32_MAX};
        rhythm.recent[i] = sound ? static_cast<std::uint32_t>(newer) : 0;
    }
    if (!sound || !in.ok()) return std::nullopt;
    return rhythm;
}

}  // namespace feedd
