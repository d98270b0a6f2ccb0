#include "config/diagnostic.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxErrors = 100;  // more than anybody mends in one go
constexpr std::size_t kEnough = 1000;    // after these the list is read no further
constexpr std::size_t kMaxQuoted = 80;   // bytes: a line of a terminal
constexpr std::size_t kMaxWord = 40;     // bytes: longer words resemble no key

}  // namespace

std::string to_string(std::string_view file, Position position) {
    if (position.line == 0) return std::string(file);
    return fmt::format("{}:{}:{}", file, position.line, position.column);
}

std::size_t Diagnostics::begin_file(std::string name) {
    files_.push_back(std::move(name));
    current_ = files_.size() - 1;
    return current_;
}

void Diagnostics::resume_file(std::size_t number) {
    current_ = number;
}

void Diagnostics::add(Position position, std::string what, std::string hint) {
    add_in(current_, position, std::move(what), std::move(hint));
}

void Diagnostics::add(Position position, const Error& error) {
    if (error.kind == ErrorKind::not_found && unset_ == Unset::tolerated) return;
    add(position, error.what, error.hint);
}

void Diagnostics::add_in(std::size_t file, Position position, std::string what, std::string hint) {
    entries_.push_back({file, position, std::move(what), std::move(hint)});
}

bool Diagnostics::full() const {
    return entries_.size() >= kEnough;
}

std::vector<Error> Diagnostics::errors() const {
    std::vector<const Entry*> order;
    order.reserve(entries_.size());
    for (const Entry& entry : entries_)
        order.push_back(&entry);
    std::stable_sort(order.begin(), order.end(), [](const Entry* a, const Entry* b) {
        return std::tie(a->file, a->position.line, a->position.column) <
               std::tie(b->file, b->position.line, b->position.column);
    });
    std::vector<Error> errors;
    for (const Entry* entry : order) {
        if (errors.size() == kMaxErrors) break;
        errors.push_back({ErrorKind::config, to_string(files_[entry->file], entry->position),
                          entry->what, entry->hint});
    }
    if (const std::size_t rest = entries_.size() - errors.size(); rest > 0) {
        errors.push_back({ErrorKind::config,
                          {},
                          fmt::format("and {}{} more errors", full() ? "at least " : "", rest),
                          {}});
    }
    return errors;
}

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
    std::string_view nearest;
    if (word.size() <= kMaxWord) {
        const std::string low = lower(word);
        // A third of the word may be wrong: 'url' for 'uri', 'interval' for 'intervall'.
        std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
        for (const std::string_view candidate : known) {
            const std::size_t distance = edit_distance(low, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
    }
    if (!nearest.empty()) return fmt::format("did you mean '{}'?", nearest);
    return fmt::format("known: {}", fmt::join(known, ", "));
}

std::string in_quotes(std::string_view text) {
    std::string out = "'";
    const std::string_view head = truncate_utf8(text, kMaxQuoted);
    for (const char c : head) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F) {
            out += fmt::format("\\x{:02x}", byte);
        } else {
            out += c;
        }
    }
    if (head.size() < text.size()) out += "…";
    return out + "'";
}

}  // namespace feedd
