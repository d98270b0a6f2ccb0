#include "html/text_writer.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace feedd {

namespace {

constexpr std::size_t kMostLineEnds = 2;

}  // namespace

void TextWriter::words(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t space = gap_length(text, at);
        if (space > 0) {
            space_ = true;
            at += space;
            continue;
        }
        const std::size_t end = end_of_words(text, at);
        lead_in();
        out_.append(text, at, end - at);
        at = end;
    }
}

void TextWriter::preformatted(std::string_view text) {
    if (text.empty()) return;
    lead_in();
    out_ += text;
}

void TextWriter::gap(std::size_t lines) {
    if (separator_.empty()) gap_ = std::max(gap_, lines);
}

void TextWriter::line_break() {
    breaks_ = std::min(breaks_ + 1, kMostLineEnds);
    gap_ = std::max(gap_, breaks_);
}

void TextWriter::marker(std::string text) {
    marker_ = std::move(text);
}

void TextWriter::separator(std::string_view text) {
    separator_ = text;
    gap_ = 0;
}

void TextWriter::lead_in() {
    if (mark_ != std::string::npos && gap_ == 0 && marker_.empty() && separator_.empty() && !space_)
        return;
    if (!out_.empty()) {
        if (gap_ > 0) {
            while (out_.ends_with(' ') || out_.ends_with('\n'))
                out_.pop_back();
            out_.append(gap_, '\n');
            if (marker_.empty()) out_.append(indent_, ' ');
        } else if (!separator_.empty()) {
            out_ += separator_;
        } else if (space_ && out_.back() != '\n') {
            out_ += ' ';
        }
    }
    if (mark_ == std::string::npos) mark_ = out_.size();
    out_ += marker_;
    marker_.clear();
    separator_ = {};
    gap_ = 0;
    breaks_ = 0;
    space_ = false;
}

std::string TextWriter::take() && {
    while (!out_.empty() && is_space(out_.back()))
        out_.pop_back();
    return std::move(out_);
}

}  // namespace feedd
