// The second half of a date: the time of day and its zone.
#include "base/text.h"
#include "parse/date_reader.h"

namespace feedd {

namespace {

bool is_hour_word(std::string_view word) noexcept {
    return word == "h" || word == "時" || word == "时" || word == "點" || word == "点" ||
           word == "시" || word == "uhr";
}
// What may stand after a clock that is complete.
bool is_clock_word(std::string_view word) noexcept {
    return word == "uhr" || word == "uur" || word == "h" || word == "hs" || word == "hrs";
}
bool is_minute_word(std::string_view word) noexcept {
    return word == "m" || word == "min" || word == "mn" || word == "分" || word == "분";
}
bool is_second_word(std::string_view word) noexcept {
    return word == "s" || word == "sec" || word == "秒" || word == "초";
}

bool is_ascii_word(std::string_view word) noexcept {
    for (const char c : word) {
        if (!is_alpha(c)) return false;
    }
    return true;
}

constexpr std::size_t kLongestAbbreviation = 5;  // CHADT, ChST, AWCST: tz has none longer

}  // namespace

bool DateReader::read_rest() {
    skip_comments();
    if (!whole_) return at(Kind::end);
    const bool after_t = at_word("t") && peek(1).kind == Kind::number;
    if (after_t) {
        ++next_;
    } else {
        while (at_mark('|') || (at_mark('-') && peek().spaced && peek(1).spaced))
            ++next_;
        skip_fillers();
        if (at(Kind::word) && is_weekday(peek().text)) ++next_;
        take_meridiem();
    }
    if (at(Kind::number)) {
        if (!read_clock(after_t)) return false;
    } else if (after_t || (!at(Kind::word) && peek(2).mark != ':' && peek().mark != '(')) {
        // A day alone has a zone only in XML Schema's form, "2020-03-10+01:00".
        return at(Kind::end) || at_mark('.') || at_mark(';');
    }
    if (!at(Kind::end) && !read_zone()) return false;
    skip_comments();
    if (!fields_.year && at(Kind::number) && peek().text.size() == 4) {
        if (!take_year()) return false;
        if (!at(Kind::end) && !read_zone()) return false;
    }
    return true;
}

// "AM", "p.m.", "p. m."
void DateReader::take_meridiem() {
    if (!at(Kind::word)) return;
    if (const Meridiem named = meridiem_named(peek().text); named != Meridiem::none) {
        fields_.meridiem = named;
        const bool korean = peek().text == "오전" || peek().text == "오후";
        if (korean && !fields_.offset) fields_.offset = *zone_named("kst");
        ++next_;
        return;
    }
    const auto letter = peek().text;
    if ((letter == "a" || letter == "p") && peek(1).mark == '.' && peek(2).text == "m") {
        fields_.meridiem = letter == "a" ? Meridiem::am : Meridiem::pm;
        next_ += 3;
        take_mark('.');
    }
}

bool DateReader::read_clock(bool after_t) {
    const DateToken& number = take();
    const char mark = peek().mark;
    const bool dotted = mark == '.' && at_glued_number(1) && peek(1).text.size() == 2;
    if (number.text.size() <= 2 && (mark == ':' || dotted)) {
        fields_.hour = number.value;
        if (!take_minutes_and_seconds(mark)) return false;
    } else if (number.text.size() <= 2 && at(Kind::word) && is_hour_word(peek().text)) {
        fields_.hour = number.value;
        if (!read_clock_words()) return false;
    } else if (after_t) {
        if (!read_compact_clock(number)) return false;
    } else {
        // An hour alone must be followed by AM or PM.
        fields_.hour = number.value;
        if (number.text.size() > 2 || fields_.meridiem != Meridiem::none) return false;
        take_meridiem();
        return fields_.meridiem != Meridiem::none;
    }
    if (fields_.meridiem == Meridiem::none) take_meridiem();
    if (at(Kind::word) && is_clock_word(peek().text)) ++next_;
    return true;
}

// ISO 8601: "T10", "T1000", "T100000", "T100000.5".
bool DateReader::read_compact_clock(const DateToken& number) {
    const auto size = number.text.size();
    if (size != 2 && size != 4 && size != 6) return false;
    int value = number.value;
    if (size == 6) {
        fields_.second = value % 100;
        value /= 100;
        if ((at_mark('.') || at_mark(',')) && at_glued_number(1)) next_ += 2;
    }
    if (size >= 4) {
        fields_.minute = value % 100;
        value /= 100;
    }
    fields_.hour = value;
    return true;
}

// "h30", "時05分07秒", after the number of the hour.
bool DateReader::read_clock_words() {
    ++next_;
    if (!at(Kind::number) || peek().text.size() > 2) return true;
    fields_.minute = take().value;
    if (!at(Kind::word) || !is_minute_word(peek().text)) return true;
    ++next_;
    if (!at(Kind::number) || peek().text.size() > 2) return true;
    if (!is_second_word(peek(1).text)) return false;
    fields_.second = take().value;
    ++next_;
    return true;
}

// ":05", ":05:07", ":05:07.123", after the number of the hour. Fractions are cut off.
bool DateReader::take_minutes_and_seconds(char separator) {
    ++next_;
    if (!at(Kind::number) || peek().text.size() > 2) return false;
    fields_.minute = take().value;
    if (!at_mark(separator) || !at_glued_number(1)) return true;
    ++next_;
    if (peek().text.size() > 2) return false;
    fields_.second = take().value;
    if ((at_mark('.') || at_mark(',')) && at_glued_number(1)) next_ += 2;
    return true;
}

bool DateReader::read_zone() {
    while (at_mark(',') || at_mark(';'))
        ++next_;
    if (at_mark('(')) {
        read_zone_comment();
        return true;
    }
    if (at_mark('[') && !fields_.offset && peek(2).mark == '/') {
        ++next_;
        if (!read_zone_name() || !take_mark(']')) return false;
    }
    if (at_mark('+') || at_mark('-')) {
        const int sign = take().mark == '-' ? -1 : 1;
        if (!read_offset(sign)) return false;
    } else if (at(Kind::word) && !read_zone_name()) {
        return false;
    }
    if (at_mark('(')) skip_comments();
    return skip_tags();
}

// RFC 9557: "[Europe/Paris]", "[u-ca=gregory]" behind an offset, which tells the instant.
bool DateReader::skip_tags() {
    while (take_mark('[')) {
        while (!at_mark(']') && !at(Kind::end))
            ++next_;
        if (!take_mark(']')) return false;
    }
    return true;
}

// "0100", "01:00", "01", "1", "100", after the sign; a name may follow.
bool DateReader::read_offset(int sign) {
    if (!at_glued_number(0)) return false;
    const DateToken& number = take();
    int hours = number.value;
    int minutes = 0;
    if (number.text.size() == 3 || number.text.size() == 4) {
        hours = number.value / 100;
        minutes = number.value % 100;
    } else if (number.text.size() > 2) {
        return false;
    }
    if (number.text.size() <= 2 && at_mark(':')) {
        ++next_;
        if (!at_glued_number(0) || peek().text.size() != 2) return false;
        minutes = take().value;
    }
    if (hours > 23 || minutes > 59) return false;  // RFC 3339 §5.6
    fields_.offset = sign * (hours * 60 + minutes);
    if (*fields_.offset == 0 && at_word("z") && !peek().spaced)
        ++next_;  // "+00:00Z", once too often
    const bool name = at(Kind::word) && peek().spaced && is_ascii_word(peek().text) &&
                      peek().text.size() <= kLongestAbbreviation;
    if (name) ++next_;
    return true;
}

// "EST", "GMT+0100", "Etc/GMT", "Europe/London"; what is short and unknown says nothing.
bool DateReader::read_zone_name() {
    const DateToken& word = take();
    if (at_mark('/') && peek(1).kind == Kind::word) {
        const char* const start = word.text.data();
        while ((at_mark('/') || at_mark('-') || at_mark('+')) && !peek().spaced &&
               !peek(1).spaced && peek(1).kind != Kind::mark && peek(1).kind != Kind::end) {
            next_ += 2;
        }
        const auto& last = tokens_.list[next_ - 1].text;
        fields_.place = {start, static_cast<std::size_t>(last.data() + last.size() - start)};
        return true;
    }
    const auto known = zone_named(word.text);
    if (known) {
        fields_.offset = known;
        if ((at_mark('+') || at_mark('-')) && at_glued_number(1)) {
            const int sign = take().mark == '-' ? -1 : 1;
            return read_offset(sign);
        }
        return true;
    }
    return word.spaced && is_ascii_word(word.text) && word.text.size() <= kLongestAbbreviation;
}

// "(EST)": a comment, but where nothing else names the zone it does.
void DateReader::read_zone_comment() {
    if (!fields_.offset && peek(1).kind == Kind::word && peek(2).mark == ')') {
        fields_.offset = zone_named(peek(1).text);
    }
    skip_comments();
}

}  // namespace feedd
