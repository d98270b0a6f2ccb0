#include "model/rhythm.h"

#include <charconv>
#include <cmath>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

namespace feedd {

namespace {

// Changes with the meaning of any field: old text is then learned anew.
constexpr std::string_view kVersion = "r1";
constexpr auto kFurthest = std::int64_t{253'402'300'799};  // seconds: the end of the year 9999

class Writer {
  public:
    void add(std::int64_t number) {
        separate();
        if (number != 0) fmt::format_to(std::back_inserter(text_), "{}", number);
    }
    void add(float number) {
        separate();
        if (number != 0) fmt::format_to(std::back_inserter(text_), "{:.5g}", number);
    }
    [[nodiscard]] std::string text() && { return std::move(text_); }

  private:
    void separate() { text_ += ','; }
    std::string text_{kVersion};
};

// Reads what Writer wrote; an empty field is 0. `ok` stays false once anything was not as written.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {
        ok_ = rest_.substr(0, kVersion.size()) == kVersion;
        if (ok_) rest_.remove_prefix(kVersion.size());
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

}  // namespace

std::string to_text(const Rhythm& rhythm) {
    Writer out;
    out.add(std::int64_t{rhythm.seen_until.time_since_epoch().count()});
    out.add(std::int64_t{rhythm.window});
    for (const float sum :
         {rhythm.moments, rhythm.exposure, rhythm.lately, rhythm.lately_exposure, rhythm.items,
          rhythm.calendar, rhythm.expected, rhythm.surprise, rhythm.longest_gap, rhythm.caution})
        out.add(sum);
    for (const float count : rhythm.hours)
        out.add(count);
    for (const float count : rhythm.weekdays)
        out.add(count);
    for (const float count : rhythm.gaps)
        out.add(count);
    for (const float likelihood : rhythm.evidence)
        out.add(likelihood);
    // The distance to the next newer one: most feeds need few digits for it.
    std::int64_t newer = 0;
    for (const std::uint32_t moment : rhythm.recent) {
        out.add(moment == 0 ? 0 : newer - moment);
        newer = moment;
    }
    return std::move(out).text();
}

std::optional<Rhythm> rhythm_from_text(std::string_view text) {
    Reader in(text);
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

}  // namespace feedd
