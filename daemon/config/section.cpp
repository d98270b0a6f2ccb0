#include "config/section.h"

#include <algorithm>
#include <cassert>

namespace feedd {

std::string_view kind_name(YamlKind kind) noexcept {
    switch (kind) {
        case YamlKind::sequence:
            return "a list";
        case YamlKind::map:
            return "a map";
        case YamlKind::scalar:
            return "a single value";
        case YamlKind::null:
        case YamlKind::alias:
            break;
    }
    return "nothing";
}

Section::Section(YamlNode node, std::string_view name, std::span<const std::string_view> keys,
                 Diagnostics& out)
    : name_(name), keys_(keys), out_(out), position_(node.position()) {
    assert(keys.size() <= kMaxKeys);
    if (node.is_null()) return;
    if (node.kind() != YamlKind::map) {
        refuse(position_, fmt::format("{} is {}, not a map", name_, kind_name(node.kind())),
               fmt::format("its keys: {}", fmt::join(keys_, ", ")));
        return;
    }
    std::size_t taken = 0;
    for (auto it = node.begin(); it != node.end(); ++it) {
        const YamlNode key = *it;
        take(key, *++it);
        if (++taken == 2 * kMaxKeys) break;  // enough is reported; an alias may repeat it all
    }
}

void Section::refuse(Position position, std::string what, std::string hint) {
    clean_ = false;
    out_.add(position, std::move(what), std::move(hint));
}

void Section::take(YamlNode key, YamlNode value) {
    if (key.kind() != YamlKind::scalar) {
        refuse(key.position(),
               fmt::format("a key of {} is {}, not a word", name_, kind_name(key.kind())));
        return;
    }
    const std::size_t index = index_of(key.text());
    if (index == keys_.size()) {
        if (key.text() == "<<") {
            refuse(key.position(), "YAML's merge key '<<' is not supported",
                   "common settings belong under 'defaults'");
            return;
        }
        refuse(key.position(), fmt::format("unknown key {} in {}", in_quotes(key.text()), name_),
               suggestion(key.text(), keys_));
        return;
    }
    Entry& entry = entries_[index];
    if (entry.present) {
        refuse(key.position(), fmt::format("{} is there twice in {}", in_quotes(key.text()), name_),
               fmt::format("first in line {}", entry.key.line));
        return;
    }
    entry = {key.position(), value, true};
}

std::size_t Section::index_of(std::string_view key) const {
    return static_cast<std::size_t>(std::find(keys_.begin(), keys_.end(), key) - keys_.begin());
}

Position Section::position(std::string_view key) const {
    const std::size_t index = index_of(key);
    assert(index < keys_.size());
    return entries_[index].present ? entries_[index].key : position_;
}

bool Section::has(std::string_view key) const {
    return entries_[index_of(key)].present;
}

std::optional<YamlNode> Section::node(std::string_view key) const {
    const std::size_t index = index_of(key);
    assert(index < keys_.size());
    const Entry& entry = entries_[index];
    if (!entry.present || entry.value.is_null()) return std::nullopt;
    return entry.value;
}

std::optional<YamlNode> Section::scalar(std::string_view key) const {
    const std::size_t index = index_of(key);
    assert(index < keys_.size());
    const Entry& entry = entries_[index];
    if (!entry.present) return std::nullopt;
    if (entry.value.kind() == YamlKind::scalar) return entry.value;
    const bool null = entry.value.is_null();
    out_.add(null ? entry.key : entry.value.position(),
             null
                 ? fmt::format("{} has no value", key)
                 : fmt::format("{} is {}, not a single value", key, kind_name(entry.value.kind())));
    return std::nullopt;
}

std::vector<YamlNode> Section::texts(std::string_view key) const {
    const std::optional<YamlNode> value = node(key);
    if (!value) return {};
    if (value->kind() == YamlKind::scalar) return {*value};
    if (value->kind() != YamlKind::sequence) {
        out_.add(value->position(), fmt::format("{} is a map, not a list", key));
        return {};
    }
    std::vector<YamlNode> texts;
    for (const YamlNode item : *value) {
        if (texts.size() == kMaxTexts) {
            out_.add(item.position(), fmt::format("more than {} entries of {}", kMaxTexts, key));
            break;
        }
        if (item.kind() == YamlKind::scalar) {
            texts.push_back(item);
        } else {
            out_.add(item.is_null() ? value->position() : item.position(),
                     fmt::format("an entry of {} is {}, not a single value", key,
                                 kind_name(item.kind())));
        }
    }
    return texts;
}

}  // namespace feedd
