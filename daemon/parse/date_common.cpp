#include "parse/date_common.h"

#include <algorithm>
#include <chrono>

#include "base/text.h"

namespace feedd {

namespace {

using std::chrono::minutes;
using std::chrono::sys_days;

// Takes the text apart from its beginning. After something that was not there `failed` stays.
class Cursor {
  public:
    explicit Cursor(std::string_view text) noexcept : rest_(text) {}

    [[nodiscard]] bool failed() const noexcept { return failed_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] bool at_digit() const noexcept { return !rest_.empty() && is_digit(rest_[0]); }
    [[nodiscard]] bool at_alpha() const noexcept { return !rest_.empty() && is_alpha(rest_[0]); }

    bool take_if(std::string_view what) noexcept {
        if (!rest_.starts_with(what)) return false;
        rest_.remove_prefix(what.size());
        return true;
    }
    void take(std::string_view what) noexcept { require(take_if(what)); }
    void require(bool holds) noexcept { failed_ = failed_ || !holds; }

    // Exactly so many digits.
    int number(std::size_t digits) noexcept {
        int value = 0;
        for (; digits > 0 && at_digit(); --digits) {
            value = value * 10 + (rest_[0] - '0');
            rest_.remove_prefix(1);
        }
        require(digits == 0);
        return value;
    }

    // Which of the three-letter names stands here, from 0.
    int name_among(std::string_view names) noexcept {
        constexpr std::size_t kLetters = 3;
        for (std::size_t at = 0; rest_.size() >= kLetters && at < names.size(); at += kLetters) {
            if (!std::equal(rest_.begin(), rest_.begin() + kLetters, names.begin() + at)) continue;
            rest_.remove_prefix(kLetters);
            return static_cast<int>(at / kLetters);
        }
        require(false);
        return 0;
    }

  private:
    std::string_view rest_;
    bool failed_ = false;
};

struct Clock {
    int hour = 0;
    int minute = 0;
    int second = 0;
    minutes east{0};  // of Greenwich
};

void take_clock(Cursor& text, Clock& clock) noexcept {
    clock.hour = text.number(2);
    text.take(":");
    clock.minute = text.number(2);
    text.take(":");
    clock.second = text.number(2);
}

// "+0200" or "+02:00", with what separates hours and minutes.
void take_offset(Cursor& text, std::string_view separator, Clock& clock) noexcept {
    const bool west = text.take_if("-");
    if (!west) text.take("+");
    const int hours = text.number(2);
    text.take(separator);
    const int beyond = text.number(2);
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
        text.name_among("MonTueWedThuFriSatSun");
        text.take(", ");
    }
    int day = text.number(1);
    if (text.at_digit()) day = day * 10 + text.number(1);
    text.take(" ");
    const int month = text.name_among("JanFebMarAprMayJunJulAugSepOctNovDec") + 1;
    text.take(" ");
    const int year = text.number(4);
    text.take(" ");
    Clock clock;
    take_clock(text, clock);
    text.take(" ");
    if (!text.take_if("GMT") && !text.take_if("UTC")) take_offset(text, "", clock);
    return instant(text, date_of(year, month, day), clock);
}

std::optional<Time> rfc3339(Cursor text) noexcept {
    const int year = text.number(4);
    text.take("-");
    const int month = text.number(2);
    text.take("-");
    const int day = text.number(2);
    text.take("T");
    Clock clock;
    take_clock(text, clock);
    if (text.take_if(".")) {
        text.number(1);
        while (text.at_digit())
            text.number(1);
    }
    if (!text.take_if("Z")) take_offset(text, ":", clock);
    return instant(text, date_of(year, month, day), clock);
}

}  // namespace

std::optional<Time> parse_common_date(std::string_view text) noexcept {
    constexpr std::size_t kYear = 4;
    const bool year_first = text.size() > kYear && text[kYear] == '-';
    return year_first ? rfc3339(Cursor(text)) : rfc822(Cursor(text));
}

}  // namespace feedd
