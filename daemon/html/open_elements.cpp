#include "html/open_elements.h"

#include <algorithm>

#include "base/text.h"

namespace feedd {

namespace {

// Deeper than any article, and browsers stop at 512. Each tag may cost a walk through them all.
constexpr std::size_t kMaxDepth = 256;

// A tree builder reopens them in every paragraph if they were closed out of order.
constexpr std::size_t kMaxFormatting = 24;

bool is_heading(Tag tag) noexcept {
    return tag >= Tag::h1 && tag <= Tag::h6;
}
bool is_cell(Tag tag) noexcept {
    return tag == Tag::td || tag == Tag::th;
}
bool is_section(Tag tag) noexcept {
    return tag == Tag::tbody || tag == Tag::thead || tag == Tag::tfoot;
}
// "Generate implied end tags" (13.2.6.3).
bool ends_by_itself(Tag tag) noexcept {
    return tag == Tag::dd || tag == Tag::dt || tag == Tag::li || tag == Tag::p || tag == Tag::rp ||
           tag == Tag::rt;
}
// Nothing outside is in scope from within (13.2.4.2).
bool bounds_scope(Tag tag) noexcept {
    return tag == Tag::table || is_cell(tag) || tag == Tag::caption;
}
// Parts of tables that hold other parts and no text.
bool holds_parts(Tag tag) noexcept {
    return tag == Tag::table || tag == Tag::tr || is_section(tag);
}

}  // namespace

std::size_t OpenElements::find_in_scope(Tag tag) const noexcept {
    if (count(tag) == 0) return npos;
    const bool part = is(tag, kTablePart) || tag == Tag::table;
    for (std::size_t i = open_.size(); i-- > 0;) {
        const Tag open = open_[i];
        if (open == tag) return i;
        if (part ? open == Tag::table : bounds_scope(open)) return npos;
        if (tag == Tag::li && (open == Tag::ol || open == Tag::ul)) return npos;
    }
    return npos;
}

std::size_t OpenElements::find_heading_in_scope() const noexcept {
    for (std::size_t i = open_.size(); i-- > 0;) {
        if (is_heading(open_[i])) return i;
        if (bounds_scope(open_[i])) return npos;
    }
    return npos;
}

std::size_t OpenElements::find_for_ordinary_end(Tag tag) const noexcept {
    if (count(tag) == 0) return npos;
    for (std::size_t i = open_.size(); i-- > 0;) {
        if (open_[i] == tag) return i;
        if (is(open_[i], kSpecial)) return npos;
    }
    return npos;
}

// The innermost table or part of one.
std::size_t OpenElements::table_context() const noexcept {
    if (count(Tag::table) == 0) return npos;
    for (std::size_t i = open_.size(); i-- > 0;) {
        if (open_[i] == Tag::table || is(open_[i], kTablePart)) return i;
    }
    return npos;
}

bool OpenElements::start(Tag tag) {
    if (is(tag, kTablePart) && count(Tag::table) == 0) return false;
    close_implied(tag);
    if (is(tag, kVoid)) return true;
    if (open_.size() >= kMaxDepth || (is(tag, kFormatting) && formatting_ >= kMaxFormatting)) {
        ++dropped_[static_cast<std::size_t>(tag)];
        return false;
    }
    push(tag);
    return true;
}

void OpenElements::close_implied(Tag tag) {
    if (is(tag, kTablePart)) {
        enter_table_part(tag);
        return;
    }
    if (tag == Tag::li) close_item(Tag::li, Tag::li);
    if (tag == Tag::dd || tag == Tag::dt) close_item(Tag::dd, Tag::dt);
    if (is(tag, kClosesP)) close_paragraph();
    if (is_heading(tag) && is_heading(current())) close_from(open_.size() - 1);
    if (tag == Tag::rt || tag == Tag::rp) close_ruby_text();
    if (tag == Tag::a) close_link();
    if (holds_parts(current())) {
        misnested_ = true;  // goes in front of the table
        if (tag == Tag::table) close_from(find_in_scope(Tag::table));
    }
}

void OpenElements::close_paragraph() {
    const std::size_t paragraph = find_in_scope(Tag::p);
    if (paragraph != npos) close_from(paragraph);
}

void OpenElements::close_item(Tag tag, Tag other) {
    if (count(tag) + count(other) == 0) return;
    for (std::size_t i = open_.size(); i-- > 0;) {
        const Tag open = open_[i];
        if (open == tag || open == other) {
            close_from(i);
            return;
        }
        if (is(open, kSpecial) && open != Tag::address && open != Tag::div && open != Tag::p)
            return;
    }
}

void OpenElements::close_ruby_text() {
    if (find_in_scope(Tag::ruby) == npos) return;
    while (ends_by_itself(current()))
        close_from(open_.size() - 1);
}

// There is no link in a link: the second one ends the first.
void OpenElements::close_link() {
    if (current() == Tag::a) {
        close_from(open_.size() - 1);
        return;
    }
    for (std::size_t i = open_.size(); i-- > 0;) {
        if (is_cell(open_[i]) || open_[i] == Tag::caption) return;
        if (open_[i] != Tag::a) continue;
        misnested_ = true;
        erase(i);
        return;
    }
    forget_reopened(Tag::a);
}

void OpenElements::enter_table_part(Tag tag) {
    std::size_t context = table_context();
    const auto leave = [&](bool leaves) {
        if (!leaves) return;
        close_from(context);
        context = table_context();
    };
    leave(is_cell(open_[context]) || open_[context] == Tag::caption);
    if (!is_cell(tag)) leave(open_[context] == Tag::tr);
    if (!is_cell(tag) && tag != Tag::tr) leave(is_section(open_[context]));
    const Tag parent = current();
    const bool in_order = is_cell(tag)     ? parent == Tag::tr
                          : tag == Tag::tr ? is_section(parent) || parent == Tag::table
                                           : parent == Tag::table;
    if (!in_order) misnested_ = true;
}

void OpenElements::end(Tag tag) {
    if (is(tag, kVoid)) return;
    auto& dropped = dropped_[static_cast<std::size_t>(tag)];
    if (dropped > 0) {
        --dropped;
        return;
    }
    if (is(tag, kFormatting)) {
        end_formatting(tag);
        return;
    }
    const std::size_t index = is_heading(tag)     ? find_heading_in_scope()
                              : is(tag, kSpecial) ? find_in_scope(tag)
                                                  : find_for_ordinary_end(tag);
    if (index != npos) close_from(index);
}

void OpenElements::end_formatting(Tag tag) {
    if (count(tag) == 0 && !forget_reopened(tag)) return;
    if (current() == tag) {
        close_from(open_.size() - 1);
        return;
    }
    misnested_ = true;
    out_.append("</").append(name_of(tag)).append(">");
    for (std::size_t i = open_.size(); i-- > 0;) {
        if (bounds_scope(open_[i])) return;
        if (open_[i] != tag) continue;
        erase(i);
        return;
    }
}

void OpenElements::text(std::string_view text) {
    if (misnested_ || !holds_parts(current())) return;
    if (!std::all_of(text.begin(), text.end(), is_space)) misnested_ = true;
}

void OpenElements::close_all() {
    while (!open_.empty())
        pop();
}

// A formatting element that is closed by another's end is reopened by the tree builder: its own
// end tag, which did not stand here, must not be written.
void OpenElements::close_from(std::size_t index) {
    const bool own_end = index + 1 == open_.size();
    while (open_.size() > index) {
        if (is(current(), kFormatting) && !own_end) {
            misnested_ = true;
            reopened_.push_back(current());
            ++formatting_;
            erase(open_.size() - 1);
        } else {
            pop();
        }
    }
}

// False: none was there in this cell.
bool OpenElements::forget_reopened(Tag tag) {
    for (std::size_t i = reopened_.size(); i-- > 0 && reopened_[i] != kCellBegin;) {
        if (reopened_[i] != tag) continue;
        reopened_.erase(reopened_.begin() + static_cast<std::ptrdiff_t>(i));
        --formatting_;
        return true;
    }
    return false;
}

// Formatting does not go from cell to cell.
void OpenElements::forget_cell() {
    while (!reopened_.empty()) {
        const Tag last = reopened_.back();
        reopened_.pop_back();
        if (last == kCellBegin) return;
        --formatting_;
    }
}

void OpenElements::push(Tag tag) {
    open_.push_back(tag);
    ++counts_[static_cast<std::size_t>(tag)];
    if (is(tag, kFormatting)) ++formatting_;
    if (bounds_scope(tag) && tag != Tag::table) reopened_.push_back(kCellBegin);
}

void OpenElements::pop() {
    out_.append("</").append(name_of(current())).append(">");
    erase(open_.size() - 1);
}

void OpenElements::erase(std::size_t index) {
    const Tag tag = open_[index];
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(index));
    --counts_[static_cast<std::size_t>(tag)];
    if (is(tag, kFormatting)) --formatting_;
    if (bounds_scope(tag) && tag != Tag::table) forget_cell();
}

}  // namespace feedd
