// The grammar of dates: from the tokens of one to what they say, nothing filled in or checked yet.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "parse/date_names.h"
#include "parse/date_tokens.h"

namespace feedd {

// A date as written. What no real date can have (month 13, 25 o'clock) may still be in it.
struct DateFields {
    std::optional<int> year;
    int month = 1;
    int day = 1;
    int day_of_year = 0;  // ISO 8601 ordinal date: instead of month and day
    int week = 0;         // ISO 8601 week date: instead of month and day
    int weekday = 1;      // of a week date, Monday is 1
    int hour = 0;
    int minute = 0;
    int second = 0;
    Meridiem meridiem = Meridiem::none;
    std::optional<int> offset;  // minutes east of Greenwich; nullopt: none was written or known
    std::string_view place;     // "europe/london", folded; "" none
};

// One pass, no backtracking: each rule decides by the token in front of it.
class DateReader {
  public:
    explicit DateReader(const DateTokens& tokens) : tokens_(tokens) {}

    // nullopt: this is no date, or more than one.
    [[nodiscard]] std::optional<DateFields> read();

  private:
    using Kind = DateToken::Kind;

    [[nodiscard]] const DateToken& peek(std::size_t ahead = 0) const;
    [[nodiscard]] bool at(Kind kind) const { return peek().kind == kind; }
    [[nodiscard]] bool at_mark(char mark) const { return peek().mark == mark; }
    [[nodiscard]] bool at_word(std::string_view word) const;
    [[nodiscard]] bool at_glued_number(std::size_t ahead) const;
    const DateToken& take();
    bool take_mark(char mark);
    void skip_fillers();
    void skip_comments();
    [[nodiscard]] bool skip_tags();
    char take_separator();

    void skip_weekday();
    [[nodiscard]] bool read_date();
    [[nodiscard]] bool read_day_first();
    [[nodiscard]] bool read_numeric(int first, char separator);
    [[nodiscard]] bool read_month_first();
    [[nodiscard]] bool read_year_first();
    [[nodiscard]] bool read_after_year(char separator);
    [[nodiscard]] bool read_week();
    [[nodiscard]] bool read_asian();
    [[nodiscard]] bool read_compact();
    [[nodiscard]] bool take_year();

    [[nodiscard]] bool read_rest();
    [[nodiscard]] bool read_clock(bool after_t);
    [[nodiscard]] bool read_compact_clock(const DateToken& number);
    [[nodiscard]] bool read_clock_words();
    [[nodiscard]] bool take_minutes_and_seconds(char separator);
    void take_meridiem();
    [[nodiscard]] bool read_zone();
    [[nodiscard]] bool read_offset(int sign);
    [[nodiscard]] bool read_zone_name();
    void read_zone_comment();

    const DateTokens& tokens_;
    std::size_t next_ = 0;
    DateFields fields_;
    bool whole_ = true;  // the day is known: a clock may follow
};

}  // namespace feedd
