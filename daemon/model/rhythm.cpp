#include "model/rhythm.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>
#include <utility>

#include "base/base64.h"
#include "model/rhythm_bytes.h"

namespace feedd {

namespace {

// Changes with the meaning of any field: old text is then learned anew.
constexpr std::string_view kVersion = "r2,";
// Before, the numbers stood there in decimal, which took longer to write than all the rest of a
// feed's row.
constexpr std::string_view kDecimal = "r1";

// Numbers between commas; an empty field is 0. `ok` stays false once anything is another thing.
class DecimalReader {
  public:
    explicit DecimalReader(std::string_view text) : rest_(text) {
        ok_ = rest_.starts_with(kDecimal);
        if (ok_) rest_.remove_prefix(kDecimal.size());
    }
    std::int64_t integer(std::int64_t least, std::int64_t most) {
        const auto number = field<std::int64_t>();
        if (number < least || number > most) ok_ = false;
        return number;
    }
    float real() {
        const auto number = field<float>();
        if (!std::isfinite(number)) ok_ = false;
        return number;
    }
    float amount() {
        const float number = real();
        if (number < 0) ok_ = false;
        return number;
    }
    [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }

  private:
    template <typename Number>
    Number field() {
        Number number{};
        if (rest_.empty() || rest_.front() != ',') {
            ok_ = false;
            return number;
        }
        rest_.remove_prefix(1);
        const std::string_view digits = rest_.substr(0, rest_.find(','));
        rest_.remove_prefix(digits.size());
        if (digits.empty()) return number;
        const char* end = digits.data() + digits.size();
        const auto read = std::from_chars(digits.data(), end, number);
        if (read.ec != std::errc{} || read.ptr != end) ok_ = false;
        return number;
    }

    std::string_view rest_;
    bool ok_ = false;
};

std::optional<Rhythm> rhythm_from_decimal(std::string_view text) {
    DecimalReader in(text);
    Rhythm rhythm;
    rhythm.seen_until = Time{Seconds{in.integer(0, kFurthest)}};
    rhythm.window = static_cast<std::int32_t>(in.integer(0, INT32_MAX));
    for (float* sum : {&rhythm.moments, &rhythm.exposure, &rhythm.lately, &rhythm.lately_exposure,
                       &rhythm.items, &rhythm.calendar, &rhythm.expected, &rhythm.surprise,
                       &rhythm.longest_gap, &rhythm.caution})
        *sum = in.amount();
    for (float& count : rhythm.hours)
        count = in.amount();
    for (float& count : rhythm.weekdays)
        count = in.amount();
    for (float& count : rhythm.gaps)
        count = in.amount();
    for (float& likelihood : rhythm.evidence)
        likelihood = in.real();
    std::int64_t newer = 0;
    for (std::uint32_t& moment : rhythm.recent) {
        const std::int64_t distance = in.integer(-std::int64_t{UINT32_MAX}, UINT32_MAX);
        if (distance == 0) continue;
        newer -= distance;
        if (newer <= 0 || newer > std::int64_t{UINT32_MAX}) return std::nullopt;
        moment = static_cast<std::uint32_t>(newer);
    }
    if (!in.done()) return std::nullopt;
    return rhythm;
}

}  // namespace

std::string to_text(const Rhythm& rhythm) {
    ByteWriter out;
    write_rhythm(out, rhythm);
    const std::string bytes = std::move(out).bytes();
    return std::string(kVersion) + encode_base64(bytes);  // the column is a text
}

namespace {

// Without padding, and in the first alphabet of Base64.
std::string bare_digits(std::string_view digits) {
    while (digits.ends_with('='))
        digits.remove_suffix(1);
    std::string bare(digits);
    std::ranges::replace(bare, '-', '+');
    std::ranges::replace(bare, '_', '/');
    return bare;
}

// Whether nothing else is in the digits than in `bytes`: stores have rhythms in either alphabet.
bool is_written_as(std::string_view bytes, std::string_view digits) {
    const std::string written = encode_base64(bytes);
    return written == digits || bare_digits(written) == bare_digits(digits);
}

}  // namespace

std::optional<Rhythm> rhythm_from_text(std::string_view text) {
    if (!text.starts_with(kVersion)) return rhythm_from_decimal(text);
    const std::string_view digits = text.substr(kVersion.size());
    const auto bytes = decode_base64(digits);
    if (!bytes || !is_written_as(*bytes, digits)) return std::nullopt;
    ByteReader in(*bytes);
    auto rhythm = read_rhythm(in);
    if (!in.at_end()) return std::nullopt;
    return rhythm;
}

}  // namespace feedd
