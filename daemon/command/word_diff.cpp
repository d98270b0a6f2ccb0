#include "command/word_diff.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/text.h"
#include "command/table.h"

namespace feedd {

namespace {

constexpr std::size_t kContext = 8;  // words of what stayed, on either side of a change
// Words that may differ: the table below grows with the square. Beyond it all is shown as replaced.
constexpr int kMostEdits = 1500;

struct Word {
    std::string_view text;
    bool space_before = false;
    bool operator==(const Word& other) const noexcept { return text == other.text; }
};
using Words = std::vector<Word>;

// CJK, kana, Hangul and full-width forms; Thai, Lao, Burmese and Khmer.
bool stands_alone(char32_t c) noexcept {
    return c >= 0x2E80 || (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x17FF);
}

Words words_of(std::string_view text) {
    Words words;
    bool space = false;
    bool open = false;  // the last word goes on
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = code_point_at(text, at);
        const bool is_gap = c.value <= 0x20 || c.value == 0xA0 || c.value == 0x3000;
        if (is_gap) {
            space = true;
            open = false;
        } else if (open && !stands_alone(c.value)) {
            words.back().text = {words.back().text.data(), words.back().text.size() + c.length};
        } else {
            words.push_back({.text = text.substr(at, c.length), .space_before = space});
            space = false;
            open = !stands_alone(c.value);
        }
        at += c.length;
    }
    return words;
}

enum class Step : std::uint8_t { keep, remove, insert };

// E. W. Myers, 'An O(ND) Difference Algorithm and Its Variations' (1986), the greedy one: the
// furthest place on each diagonal after 0, 1, 2, … edits, kept for the way back.
class Shortest {
  public:
    Shortest(const Words& before, const Words& after) : before_(before), after_(after) {}

    std::vector<Step> steps() {
        const int n = static_cast<int>(before_.size());
        const int m = static_cast<int>(after_.size());
        std::vector<int> furthest(2 * kMostEdits + 3, 0);
        for (int edits = 0; edits <= std::min(n + m, kMostEdits); ++edits) {
            for (int k = -edits; k <= edits; k += 2) {
                const bool down =
                    k == -edits || (k != edits && at(furthest, k - 1) < at(furthest, k + 1));
                int x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
                while (x < n && x - k < m && same(x, x - k))
                    ++x;
                at(furthest, k) = x;
                if (x >= n && x - k >= m) {
                    keep_trace(furthest, edits);
                    return way_back(n, m, edits);
                }
            }
            keep_trace(furthest, edits);
        }
        std::vector<Step> replaced(before_.size(), Step::remove);
        replaced.insert(replaced.end(), after_.size(), Step::insert);
        return replaced;
    }

  private:
    [[nodiscard]] bool same(int x, int y) const {
        return before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(y)];
    }
    static int& at(std::vector<int>& furthest, int diagonal) {
        const int place = diagonal + kMostEdits + 1;
        return furthest[static_cast<std::size_t>(place)];
    }
    // Of `edits` edits only the diagonals from -edits to edits were reached.
    void keep_trace(const std::vector<int>& furthest, int edits) {
        const auto middle = furthest.begin() + kMostEdits + 1;
        trace_.emplace_back(middle - edits, middle + edits + 1);
    }
    [[nodiscard]] int traced(int edits, int diagonal) const {
        if (diagonal < -edits || diagonal > edits) return -1;
        const int place = diagonal + edits;
        return trace_[static_cast<std::size_t>(edits)][static_cast<std::size_t>(place)];
    }

    [[nodiscard]] std::vector<Step> way_back(int x, int y, int edits) const {
        std::vector<Step> steps;
        for (; edits > 0; --edits) {
            const int k = x - y;
            const bool down =
                k == -edits || (k != edits && traced(edits - 1, k - 1) < traced(edits - 1, k + 1));
            const int from = traced(edits - 1, down ? k + 1 : k - 1);
            const int begin = down ? from : from + 1;
            for (; x > begin; --x, --y)
                steps.push_back(Step::keep);
            steps.push_back(down ? Step::insert : Step::remove);
            (down ? y : x) -= 1;
        }
        for (; x > 0; --x)
            steps.push_back(Step::keep);
        std::ranges::reverse(steps);
        return steps;
    }

    const Words& before_;
    const Words& after_;
    std::vector<std::vector<int>> trace_;
};

// Stretches of words that stayed, were taken out, or were put in.
struct Stretch {
    Step step = Step::keep;
    Words words;
};

std::vector<Stretch> stretches_of(const Words& before, const Words& after) {
    std::vector<Stretch> all;
    std::size_t from = 0;
    std::size_t to = 0;
    const auto append = [&](Step step, const Word& word) {
        if (all.empty() || all.back().step != step) all.push_back({.step = step, .words = {}});
        all.back().words.push_back(word);
    };
    const std::vector<Step> steps = Shortest(before, after).steps();
    for (std::size_t i = 0; i < steps.size();) {
        if (steps[i] == Step::keep) {
            append(Step::keep, after[to]);
            ++from;
            ++to;
            ++i;
            continue;
        }
        // What was taken out comes before what took its place.
        std::size_t end = i;
        while (end < steps.size() && steps[end] != Step::keep)
            ++end;
        for (const Step step : {Step::remove, Step::insert}) {
            for (std::size_t k = i; k < end; ++k) {
                if (steps[k] == step)
                    append(step, step == Step::remove ? before[from++] : after[to++]);
            }
        }
        i = end;
    }
    return all;
}

std::string text_of(const Words& words, std::size_t begin, std::size_t end) {
    std::string out;
    for (std::size_t i = begin; i < end; ++i) {
        if (i > begin && words[i].space_before) out += ' ';
        out += words[i].text;
    }
    return fitted(out, out.size());
}

// `first` and `last`: no change before it, none after it.
std::string kept(const Words& words, bool first, bool last) {
    const std::size_t head = first ? 0 : kContext;
    const std::size_t tail = last ? 0 : kContext;
    if (words.size() <= head + tail + 1) return text_of(words, 0, words.size());
    const std::string begin = text_of(words, 0, head);
    const std::string end = text_of(words, words.size() - tail, words.size());
    return begin + (begin.empty() ? "…" : " …") + (end.empty() ? "" : " ") + end;
}

std::string marked(const Stretch& stretch, DiffMarks marks) {
    const std::string text = text_of(stretch.words, 0, stretch.words.size());
    const bool removed = stretch.step == Step::remove;
    if (marks == DiffMarks::colours) {
        return (removed ? "\x1b[9;31m" : "\x1b[32m") + text + "\x1b[0m";
    }
    return removed ? "[-" + text + "-]" : "{+" + text + "+}";
}

}  // namespace

std::string word_diff(std::string_view before, std::string_view after, DiffMarks marks) {
    const Words old_words = words_of(before);
    const Words new_words = words_of(after);
    if (old_words == new_words) return {};
    const std::vector<Stretch> stretches = stretches_of(old_words, new_words);
    std::string out;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const Stretch& stretch = stretches[i];
        // An insertion right after a removal has taken its place.
        const bool replaces =
            i > 0 && stretch.step == Step::insert && stretches[i - 1].step == Step::remove;
        if (!out.empty() && !replaces && stretch.words.front().space_before) out += ' ';
        out += stretch.step == Step::keep ? kept(stretch.words, i == 0, i + 1 == stretches.size())
                                          : marked(stretch, marks);
    }
    return out;
}

}  // namespace feedd
