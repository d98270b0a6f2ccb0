#include "parse/date_reader.h"

#include "base/text.h"

namespace feedd {

const DateToken& DateReader::peek(std::size_t ahead) const {
    const std::size_t index = next_ + ahead;
    return tokens_.list[index < DateTokens::kMost ? index : DateTokens::kMost - 1];
}

const DateToken& DateReader::take() {
    const DateToken& token = peek();
    ++next_;
    return token;
}

bool DateReader::at_word(std::string_view word) const {
    return at(Kind::word) && peek().text == word;
}

bool DateReader::at_glued_number(std::size_t ahead) const {
    return peek(ahead).kind == Kind::number && !peek(ahead).spaced;
}

bool DateReader::take_mark(char mark) {
    if (!at_mark(mark)) return false;
    ++next_;
    return true;
}

void DateReader::skip_fillers() {
    while (at_mark(',') || at_mark('\'') || (at(Kind::word) && is_filler(peek().text))) {
        if (take().kind == Kind::word) take_mark('.');  // "2020 г."
    }
}

// RFC 5322 §3.2.2: what stands in parentheses is for people. Left open: up to the end.
void DateReader::skip_comments() {
    while (at_mark('(')) {
        int depth = 0;
        do {
            if (at_mark('(')) ++depth;
            if (at_mark(')')) --depth;
            ++next_;
        } while (depth > 0 && !at(Kind::end));
    }
}

// '-', '/' or '.' between the parts of a date; 0 if there is none. A '-' with spaces around it
// separates nothing here: the year in 'Nov -0001' is negative.
char DateReader::take_separator() {
    if (at_mark('-')) {
        if (peek().spaced || peek(1).spaced) return 0;
    } else if (!at_mark('/') && !at_mark('.')) {
        return 0;
    }
    return take().mark;
}

std::optional<DateFields> DateReader::read() {
    skip_weekday();
    if (!read_date() || !read_rest()) return std::nullopt;
    while (at_mark('.') || at_mark(';'))
        ++next_;
    if (!at(Kind::end) || !fields_.year) return std::nullopt;
    return fields_;
}

// Wrong, unknown and foreign ones too: a word before a comma, or one that is a weekday somewhere.
// 'mar' and its like are also months: weekdays only where a month still follows the day's number.
void DateReader::skip_weekday() {
    skip_comments();
    if (at(Kind::word) && !month_named(peek().text)) {
        const bool comma = peek(1).mark == ',' || (peek(1).mark == '.' && peek(2).mark == ',');
        if (is_weekday(peek().text) || (comma && peek().text.size() > 1)) ++next_;
        if (at_mark('-') && peek(1).text == "feira") next_ += 2;
    } else if (at(Kind::word) && is_weekday(peek().text)) {
        std::size_t ahead = 1;
        while (peek(ahead).mark == '.' || peek(ahead).mark == ',')
            ++ahead;
        const bool day = peek(ahead).kind == Kind::number;
        if (day && month_named(peek(ahead + 1).text)) ++next_;
    }
    while (at_mark('.') || at_mark(','))
        ++next_;
    skip_comments();
    skip_fillers();
}

bool DateReader::read_date() {
    if (at(Kind::word)) return read_month_first();
    if (!at(Kind::number)) return false;
    switch (peek().text.size()) {
        case 1:
        case 2:
            return read_day_first();
        case 4:
            return read_year_first();
        default:
            return read_compact();
    }
}

// RFC 5322 §4.3: two digits are 1950 to 2049, three count from 1900.
bool DateReader::take_year() {
    if (!at(Kind::number)) return false;
    const DateToken& year = take();
    switch (year.text.size()) {
        case 2:
            fields_.year = year.value + (year.value < 50 ? 2000 : 1900);
            return true;
        case 3:
            fields_.year = year.value + 1900;
            return true;
        case 4:
            fields_.year = year.value;
            return true;
        default:
            return false;
    }
}

// "1 Jan 2004", "10-Mar-20", "10. März 2020", "10 de marzo de 2020", "10.03.2020".
bool DateReader::read_day_first() {
    const int day = take().value;
    if (at(Kind::word) && !peek().spaced && is_ordinal_suffix(peek().text)) ++next_;
    const char separator = take_separator();
    skip_fillers();
    if (at(Kind::number)) return read_numeric(day, separator);
    const auto month = at(Kind::word) ? month_named(peek().text) : std::nullopt;
    if (!month) return false;
    ++next_;
    fields_.day = day;
    fields_.month = *month;
    take_separator();
    skip_fillers();
    const bool clock = peek(1).mark == ':' || peek().kind != Kind::number;
    return clock || take_year();  // asctime's year follows the clock
}

// Only dots have one meaning the world over. Day and month around '/' or '-' are told apart by
// their values; where they cannot be, the date is not known.
bool DateReader::read_numeric(int first, char separator) {
    const DateToken& other = take();
    if (separator == 0 || other.text.size() > 2 || take_separator() != separator) return false;
    if (!at(Kind::number) || peek().text.size() != 4) return false;
    const int second = other.value;
    const bool day_first = separator == '.' || first > 12 || first == second;
    if (!day_first && second <= 12) return false;
    fields_.day = day_first ? first : second;
    fields_.month = day_first ? second : first;
    return take_year();
}

// "March 10, 2020", "Jan  4 16:29:06 2004", "March 2020".
bool DateReader::read_month_first() {
    const auto month = month_named(peek().text);
    if (!month) return false;
    ++next_;
    fields_.month = *month;
    take_separator();
    skip_fillers();
    if (!at(Kind::number)) return false;
    if (peek().text.size() == 4) {
        whole_ = false;
        return take_year();
    }
    if (peek().text.size() > 2) return false;
    fields_.day = take().value;
    if (at(Kind::word) && !peek().spaced && is_ordinal_suffix(peek().text)) ++next_;
    take_separator();
    skip_fillers();
    const bool year = at(Kind::number) && peek().text.size() == 4;
    return !year || take_year();
}

bool DateReader::read_year_first() {
    fields_.year = take().value;
    if (at_word("w")) return read_week();
    if (at_word("年") || at_word("년")) return read_asian();
    return read_after_year(take_separator());
}

// "2020-03-10", "2020-070", "2020-W11-2", "2020/03/10", "2020. 3. 10.", "2020-március-10".
bool DateReader::read_after_year(char separator) {
    if (at_word("w")) return separator == '-' && read_week();
    if (at(Kind::word) && month_named(peek().text)) {
        fields_.month = *month_named(take().text);
        take_separator();
        if (!at(Kind::number) || peek().text.size() > 2) return false;
        fields_.day = take().value;
        take_mark('.');
        return true;
    }
    if (separator == 0) {
        whole_ = false;
        return at(Kind::end);
    }
    if (!at(Kind::number) || peek().text.size() > 3) return false;
    const DateToken& first = take();
    const bool last = peek().mark != separator || !take_separator();
    if (last && first.text.size() == 3) {
        fields_.day_of_year = first.value;
        return separator == '-' && first.value > 0;
    }
    fields_.month = first.value;
    if (last) {
        whole_ = false;
        return separator == '-' && first.text.size() == 2;
    }
    if (!at(Kind::number) || peek().text.size() > 2) return false;
    fields_.day = take().value;
    if (separator == '.') take_mark('.');
    return true;
}

// ISO 8601: "W11", "W112", "W11-2".
bool DateReader::read_week() {
    ++next_;
    if (!at(Kind::number) || peek().spaced) return false;
    const DateToken& number = take();
    if (number.text.size() == 3) {
        fields_.week = number.value / 10;
        fields_.weekday = number.value % 10;
        return fields_.week > 0;
    }
    fields_.week = number.value;
    if (at_mark('-') && at_glued_number(1) && peek(1).text.size() == 1) {
        ++next_;
        fields_.weekday = take().value;
    }
    return number.text.size() == 2 && fields_.week > 0;
}

// "2004년 05월 28일", "2020年3月10日". Korea has one zone; the characters of the other are
// shared by several countries.
bool DateReader::read_asian() {
    const bool korean = take().text == "년";
    if (korean) fields_.offset = *zone_named("kst");
    if (!at(Kind::number) || peek().text.size() > 2) return false;
    fields_.month = take().value;
    if (!at_word(korean ? "월" : "月")) return false;
    ++next_;
    if (!at(Kind::number) || peek().text.size() > 2) return false;
    fields_.day = take().value;
    if (!at_word(korean ? "일" : "日")) return false;
    ++next_;
    return true;
}

// "20200310", "2020070", "20200310100000".
bool DateReader::read_compact() {
    const auto digits = take().text;
    const auto part = [&](std::size_t from, std::size_t count) {
        int value = 0;
        for (const char c : digits.substr(from, count))
            value = value * 10 + (c - '0');
        return value;
    };
    const std::size_t size = digits.size();
    if (size != 7 && size != 8 && size != 12 && size != 14) return false;
    fields_.year = part(0, 4);
    if (size == 7) {
        fields_.day_of_year = part(4, 3);
        return fields_.day_of_year > 0;
    }
    fields_.month = part(4, 2);
    fields_.day = part(6, 2);
    if (size > 8) {
        fields_.hour = part(8, 2);
        fields_.minute = part(10, 2);
        if (size == 14) fields_.second = part(12, 2);
    }
    return true;
}

}  // namespace feedd
