#include "config/abridged.h"

#include <algorithm>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kFewest = 100;  // shorter lists are read at once anyway

// RFC 3986's, but for those that mean something to YAML somewhere: , [ ] ' ! * and the like.
bool is_plain(char c) {
    constexpr std::string_view kMarks = "-._~:/?=&%+;@$()";
    return is_alpha(c) || is_digit(c) || kMarks.find(c) != std::string_view::npos;
}

// Where in the line such a URL begins; npos: there is none.
std::size_t url_in(std::string_view line) {
    const auto blank = line.rfind(' ');
    if (blank == std::string_view::npos || blank == 0) return std::string_view::npos;
    const char before = line[blank - 1];
    const std::string_view url = line.substr(blank + 1);
    const bool plain = (before == '-' || before == ':') && !url.ends_with(':') &&
                       (url.starts_with("https://") || url.starts_with("http://")) &&
                       std::ranges::all_of(url, is_plain);
    return plain ? blank + 1 : std::string_view::npos;
}

}  // namespace

std::optional<Abridged> Abridged::of(std::string_view text) {
    if (text.find(kSign) != std::string_view::npos) return std::nullopt;
    Abridged abridged;
    abridged.text_.reserve(text.size() / 2);
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        const std::string_view whole = text.substr(0, end);
        text.remove_prefix(end);
        const auto last = whole.find_last_not_of("\r\n");
        const std::string_view line =
            whole.substr(0, last == std::string_view::npos ? 0 : last + 1);
        const std::size_t at = url_in(line);
        if (at == std::string_view::npos) {
            abridged.text_ += whole;
            continue;
        }
        abridged.urls_.push_back({{number, at + 1}, line.substr(at)});
        abridged.text_.append(line.substr(0, at)).append(kSign).append(whole.substr(line.size()));
    }
    if (abridged.urls_.size() < kFewest) return std::nullopt;
    return abridged;
}

std::optional<std::string_view> Abridged::at(Position position) {
    while (next_ < urls_.size() && urls_[next_].position.line < position.line)
        ++next_;
    if (next_ == urls_.size() || urls_[next_].position.line != position.line ||
        urls_[next_].position.column != position.column) {
        return std::nullopt;
    }
    return urls_[next_].text;
}

}  // namespace feedd
