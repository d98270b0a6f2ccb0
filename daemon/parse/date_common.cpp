#include "parse/date_common.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

#include "base/text.h"

namespace feedd {

namespace {

using std::chrono::minutes;
using std::chrono::sys_days;

// Three letters as a number, to compare them at once.
constexpr std::uint32_t letters(const char* name) noexcept {
    const auto letter = [name](int i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(name[i]));
    };
    return letter(0) << 16U | letter(1) << 8U | letter(2);
}

constexpr std::array kWeekdayLetters{letters("Mon"), letters("Tue"), letters("Wed"), letters("Thu"),
                                     letters("Fri"), letters("Sat"), letters("Sun")};
constexpr std::array kMonthLetters{letters("Jan"), letters("Feb"), letters("Mar"), letters("Apr"),
                                   letters("May"), letters("Jun"), letters("Jul"), letters("Aug"),
                                   letters("Sep"), letters("Oct"), letters("Nov"), letters("Dec")};
constexpr std::array kGreenwich{letters("GMT"), letters("UTC")};

// Takes the text apart from its beginning. After something that was not there `failed` stays.
class Cursor {
  public:
    explicit Cursor(std::string_view text) noexcept
        : at_(text.data()), end_(text.data() + text.size()) {}

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] bool at_end() const noexcept { return at_ == end_; }
    [[nodiscard]] bool at_digit() const noexcept { return at_ != end_ && is_digit(*at_); }
    [[nodiscard]] bool at_alpha() const noexcept { return at_ != end_ && is_alpha(*at_); }

    bool take_if(char what) noexcept {
        if (at_ == end_ || *at_ != what) return false;
        ++at_;
        return true;
    }
    void take(char what) noexcept { require(take_if(what)); }
    void require(bool holds) noexcept { failed_ = failed_ || !holds; }

    int digit() noexcept {
        if (!at_digit()) failed_ = true;
        return failed_ ? 0 : *at_++ - '0';
    }
    void skip_digits() noexcept {
        while (at_digit())
            ++at_;
    }
    int two_digits() noexcept {
        if (end_ - at_ < 2 || !is_digit(at_[0]) || !is_digit(at_[1])) {
            failed_ = true;
            return 0;
        }
        at_ += 2;
        return (at_[-2] - '0') * 10 + (at_[-1] - '0');
    }

    // Which of the three-letter names stands here, from 0.
    template <std::size_t N>
    std::optional<int> name_among(const std::array<std::uint32_t, N>& names) noexcept {
        constexpr std::ptrdiff_t kLetters = 3;
        if (end_ - at_ < kLetters) return std::nullopt;
        const std::uint32_t written = letters(at_);
        for (std::size_t i = 0; i < N; ++i) {
            if (names[i] != written) continue;
            at_ += kLetters;
            return static_cast<int>(i);
        }
        return std::nullopt;
    }

  private:
    const char* at_;
    const char* end_;
    bool failed_ = false;
};

struct Clock {
    int hour = 0;
    int minute = 0;
    int second = 0;
    minutes east{0};  // of Greenwich
};

int take_year(Cursor& text) noexcept {
    const int century = text.two_digits();
    return century * 100 + text.two_digits();
}

void take_clock(Cursor& text, Clock& clock) noexcept {
    clock.hour = text.two_digits();
    text.take(':');
    clock.minute = text.two_digits();
    text.take(':');
    clock.second = text.two_digits();
}

// "+0200", or "+02:00" if a `colon` belongs to it.
void take_offset(Cursor& text, bool colon, Clock& clock) noexcept {
    const bool west = text.take_if('-');
    if (!west) text.take('+');
    const int hours = text.two_digits();
    if (colon) text.take(':');
    const int beyond = text.two_digits();
    text.require(hours <= 23 && beyond <= 59);
    clock.east = minutes{hours * 60 + beyond} * (west ? -1 : 1);
}

// Whatever is unusual, or wrong, is left to the grammar.
std::optional<Time> instant(const Cursor& text, std::chrono::year_month_day date,
                            const Clock& clock) noexcept {
    constexpr int kFirstYear = 1900;
    constexpr int kLastYear = 9998;
    const int year = static_cast<int>(date.year());
    if (text.failed() || !text.at_end() || !date.ok()) return std::nullopt;
    if (year < kFirstYear || year > kLastYear) return std::nullopt;
    if (clock.hour > 23 || clock.minute > 59 || clock.second > 59) return std::nullopt;
    return sys_days{date} + std::chrono::hours{clock.hour} + minutes{clock.minute} +
           Seconds{clock.second} - clock.east;
}

std::chrono::year_month_day date_of(int year, int month, int day) noexcept {
    return {std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
            std::chrono::day{static_cast<unsigned>(day)}};
}

std::optional<Time> rfc822(Cursor text) noexcept {
    if (text.at_alpha()) {
        text.require(text.name_among(kWeekdayLetters).has_value());
        text.take(',');
        text.take(' ');
    }
    int day = text.digit();
    if (text.at_digit()) day = day * 10 + text.digit();
    text.take(' ');
    const auto month = text.name_among(kMonthLetters);
    if (!month) return std::nullopt;
    text.take(' ');
    const int year = take_year(text);
    text.take(' ');
    Clock clock;
    take_clock(text, clock);
    text.take(' ');
    if (!text.name_among(kGreenwich)) take_offset(text, false, clock);
    return instant(text, date_of(year, *month + 1, day), clock);
}

std::optional<Time> rfc3339(Cursor text) noexcept {
    const int year = take_year(text);
    text.take('-');
    const int month = text.two_digits();
    text.take('-');
    const int day = text.two_digits();
    text.take('T');
    Clock clock;
    take_clock(text, clock);
    if (text.take_if('.')) {
        text.digit();
        text.skip_digits();
    }
    if (!text.take_if('Z')) take_offset(text, true, clock);
    return instant(text, date_of(year, month, day), clock);
}

}  // namespace

std::optional<Time> parse_common_date(std::string_view text) noexcept {
    constexpr std::size_t kYear = 4;
    const bool year_first = text.size() > kYear && text[kYear] == '-';
    return year_first ? rfc3339(Cursor(text)) : rfc822(Cursor(text));
}

}  // namespace feedd
