// A map of the list, read strictly: what is unknown, twice there or of the wrong type is reported.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/result.h"
#include "config/diagnostic.h"
#include "config/yaml.h"

namespace feedd {

class Section {
  public:
    static constexpr std::size_t kMaxKeys = 24;     // of the longest section, with room
    static constexpr std::size_t kMaxTexts = 1000;  // of a list; an alias may repeat it

    // `name` is what errors call it. Null is an empty section. `keys` outlives the section.
    Section(YamlNode node, std::string_view name, std::span<const std::string_view> keys,
            Diagnostics& out);

    // Of the key; of a key that is absent, of the section.
    [[nodiscard]] Position position(std::string_view key) const;

    // Nothing in it was reported so far but values: a key that is missing may not be a misspelt
    // one.
    [[nodiscard]] bool clean() const { return clean_; }

    [[nodiscard]] bool has(std::string_view key) const;

    // Absent or null: nullopt.
    [[nodiscard]] std::optional<YamlNode> node(std::string_view key) const;

    // The value read by `reader`, a function from text to Result<T>. Absent, or wrong and
    // reported: nullopt.
    template <typename Reader>
    [[nodiscard]] auto read(std::string_view key, Reader&& reader) const
        -> std::optional<typename std::invoke_result_t<Reader, std::string_view>::value_type> {
        const std::optional<YamlNode> value = scalar(key);
        if (!value) return std::nullopt;
        auto result = std::invoke(std::forward<Reader>(reader), value->text());
        if (result) return std::move(*result);
        Error error = result.error();
        error.what = fmt::format("{}: {}", key, error.what);
        out_.add(value->position(), error);
        return std::nullopt;
    }

    // One text or a list of them, with their places.
    [[nodiscard]] std::vector<YamlNode> texts(std::string_view key) const;

  private:
    struct Entry {
        Position key;
        YamlNode value;
        bool present = false;
    };

    void refuse(Position position, std::string what, std::string hint = {});
    void take(YamlNode key, YamlNode value);
    [[nodiscard]] std::size_t index_of(std::string_view key) const;
    [[nodiscard]] std::optional<YamlNode> scalar(std::string_view key) const;

    std::string_view name_;
    std::span<const std::string_view> keys_;
    Diagnostics& out_;
    Position position_;
    bool clean_ = true;
    std::array<Entry, kMaxKeys> entries_;  // as keys_
};

// "a list", "a map", "a text", "nothing": what stands there instead of what should.
[[nodiscard]] std::string_view kind_name(YamlKind kind) noexcept;

}  // namespace feedd
