#include "normalize/byline.h"

#include <algorithm>
#include <string>

#include "base/text.h"
#include "normalize/byline_words.h"

namespace feedd {

namespace {

using Views = std::vector<std::string_view>;

template <typename List>
bool is_one_of(const List& list, std::string_view word) {
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// From the start of one view to the end of a later one of the same text.
std::string_view span(std::string_view from, std::string_view to) {
    return {from.data(), static_cast<std::size_t>(to.data() + to.size() - from.data())};
}

// Scripts without case have no capitals to look for.
bool is_capitalised(std::string_view word) noexcept {
    return !word.empty() &&
           (!is_ascii(word[0]) || (is_alpha(word[0]) && to_lower(word[0]) != word[0]));
}

// Written like the full name of a person: two words or more, capitalised but for particles.
bool is_full_name(std::string_view name) {
    constexpr std::size_t kMostWords = 6;
    const Views words = split(name, ' ');
    std::size_t particles = 0;
    for (const std::string_view word : words) {
        const std::string folded = fold_case(word);
        const bool digit = std::any_of(word.begin(), word.end(), is_digit);
        if (digit || is_one_of(kOrganisationWords, folded)) return false;
        if (is_capitalised(word)) continue;
        if (!is_one_of(kParticles, folded)) return false;
        ++particles;
    }
    return words.size() >= particles + 2 && words.size() <= kMostWords;
}

bool is_role(std::string_view text) {
    const auto last = text.substr(text.rfind(' ') + 1);
    return is_one_of(kRoles, fold_case(last));
}

struct Opened {
    std::string_view rest;
    bool was_there = false;
};

// The byline behind "By" and its like.
Opened behind_opening(std::string_view byline) {
    for (const BylineOpening& opening : kBylineOpenings) {
        // Folding changes the length of none of these words.
        const auto head = byline.substr(0, opening.words.size());
        if (head.size() < opening.words.size() || fold_case(head) != opening.words) continue;
        std::string_view rest = byline.substr(head.size());
        if (rest.starts_with(':')) {
            rest.remove_prefix(1);
        } else if (!rest.starts_with(' ') && !head.ends_with(':')) {
            continue;
        }
        rest = trim(rest);
        if (rest.empty()) break;
        if (opening.begins_names) {
            const auto name = rest.substr(0, rest.find_first_of(",;&"));
            const bool two_words = name.find(' ') != std::string_view::npos;
            if (!is_capitalised(rest) || !two_words) break;
        }
        return {.rest = rest, .was_there = true};
    }
    return {.rest = byline, .was_there = false};
}

// Between marks, wherever no '(' or '<' is open.
Views parts_between(std::string_view text, std::string_view marks) {
    Views parts;
    std::size_t start = 0;
    int depth = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size()) {
            if (text[i] == '(' || text[i] == '<') ++depth;
            if ((text[i] == ')' || text[i] == '>') && depth > 0) --depth;
            if (depth > 0 || marks.find(text[i]) == std::string_view::npos) continue;
        }
        const auto part = trim(text.substr(start, i - start));
        if (!part.empty()) parts.push_back(part);
        start = i + 1;
    }
    return parts;
}

const Joiner* joiner_named(std::string_view word) {
    constexpr std::size_t kLongestJoiner = 4;
    if (word.size() > kLongestJoiner) return nullptr;
    const std::string folded = fold_case(word);
    const auto* const found =
        std::find_if(kJoiners.begin(), kJoiners.end(),
                     [&](const Joiner& joiner) { return joiner.word == folded; });
    return found == kJoiners.end() ? nullptr : found;
}

struct Segment {
    std::string_view text;
    const Joiner* before = nullptr;  // the 'and' in front of it
};

std::vector<Segment> segments_between_joiners(std::string_view text) {
    std::vector<Segment> segments(1);
    for (const std::string_view word : split(text, ' ')) {
        Segment& last = segments.back();
        const Joiner* joiner = joiner_named(word);
        if (joiner != nullptr && !last.text.empty()) {
            segments.push_back({.text = {}, .before = joiner});
        } else if (joiner == nullptr || joiner->in_names) {
            last.text = last.text.empty() ? word : span(last.text, word);
        }
    }
    if (segments.back().text.empty()) segments.pop_back();
    return segments;
}

// Parts people at 'and': where both sides are full names, or where a "By" says that these are
// people. Else it belongs to a name: "Marks and Spencer".
void part_at_joiners(std::string_view text, bool opened, Views& out) {
    std::string_view current;
    for (const Segment& segment : segments_between_joiners(text)) {
        if (current.empty()) {
            current = segment.text;
            continue;
        }
        const bool people = (is_full_name(current) && is_full_name(segment.text)) ||
                            (opened && !segment.before->in_names);
        if (people) {
            out.push_back(current);
            current = segment.text;
        } else {
            current = span(current, segment.text);
        }
    }
    if (!current.empty()) out.push_back(current);
}

// Commas part people, but also a surname from a first name ("Lee, Ann"), a name from its title,
// and a person from an employer.
void part_at_commas(std::string_view text, bool opened, Views& out) {
    Views parts;
    for (const std::string_view part : parts_between(text, ",|/")) {
        if (!parts.empty() && is_one_of(kNameSuffixes, fold_case(part))) {
            parts.back() = span(parts.back(), part);
        } else if (parts.empty() || (!is_agency(part) && !is_role(part))) {
            parts.push_back(part);
        }
    }
    const bool list = parts.size() != 2 || opened ||
                      std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
                          return part.find(' ') != std::string_view::npos ||
                                 part.find('@') != std::string_view::npos;
                      });
    if (!list) {
        out.push_back(span(parts.front(), parts.back()));
        return;
    }
    for (const std::string_view part : parts)
        part_at_joiners(part, opened, out);
}

}  // namespace

bool is_agency(std::string_view name) {
    return is_one_of(kAgencies, fold_case(name));
}

Views names_in(std::string_view byline) {
    Views names;
    const Opened opened = behind_opening(byline);
    if (byline.find("://") != std::string_view::npos) return {opened.rest};
    for (const std::string_view part : parts_between(opened.rest, ";"))
        part_at_commas(part, opened.was_there, names);
    return names;
}

}  // namespace feedd
