#include "parse/dispatch.h"

#include <array>
#include <cstdint>
#include <utility>

#include "base/text.h"
#include "parse/rows.h"

namespace feedd {

namespace {

// Open addressing; four times the number of rows keeps chains at one or two.
class Table {
  public:
    Table() {
        for (const Rows rows :
             {rss_rows(), atom_rows(), cdf_rows(), dublin_core_rows(), content_rows(), media_rows(),
              itunes_rows(), podcast_rows(), geo_rows(), chapter_rows(), syndication_rows(),
              discussion_rows(), license_rows()}) {
            for (const Row& row : rows)
                insert(row);
        }
    }

    [[nodiscard]] const Row* find(Ns ns, std::string_view name) const noexcept {
        if (name.size() > kLongestName) return nullptr;
        for (std::size_t at = slot(ns, name);; at = (at + 1) % kSlots) {
            const Row* row = slots_[at];
            if (row == nullptr) return nullptr;
            if (row->ns == ns && (row->name == name || iequals(row->name, name))) return row;
        }
    }

  private:
    static constexpr unsigned kSlotBits = 10;
    static constexpr std::size_t kSlots = std::size_t{1} << kSlotBits;
    static constexpr std::uint32_t kGoldenRatio = 2654435769U;  // Fibonacci hashing: 2^32 / φ
    static constexpr std::size_t kLongestName = 24;

    // Length, first and last letter tell nearly all names of a namespace apart.
    static std::size_t slot(Ns ns, std::string_view name) noexcept {
        if (name.empty()) return 0;
        const auto letter = [](char c) {
            return static_cast<std::uint32_t>(static_cast<unsigned char>(to_lower(c)));
        };
        const std::uint32_t key = static_cast<std::uint32_t>(ns) << 24U |
                                  static_cast<std::uint32_t>(name.size()) << 16U |
                                  letter(name.front()) << 8U | letter(name.back());
        return (key * kGoldenRatio) >> (32U - kSlotBits);
    }

    void insert(const Row& row) noexcept {
        std::size_t at = slot(row.ns, row.name);
        while (slots_[at] != nullptr)
            at = (at + 1) % kSlots;
        slots_[at] = &row;
    }

    std::array<const Row*, kSlots> slots_{};
};

// Elements of extensions that only one can be meant by, so that they need no prefix.
constexpr std::array kUnmistakable = {
    std::pair{Ns::media, std::string_view("thumbnail")},
    std::pair{Ns::media, std::string_view("group")},
    std::pair{Ns::itunes, std::string_view("duration")},
    std::pair{Ns::feedburner, std::string_view("origlink")},
};

const Table& table() {
    static const Table kTable;
    return kTable;
}

}  // namespace

const Row* find_row(const Element& element) noexcept {
    if (element.row) return *element.row;
    const bool prefixed = element.node.name() != element.name;
    return find_row(element.ns, element.name, prefixed, element.reading->home());
}

const Row* find_row(Ns ns, std::string_view name, bool prefixed, Ns home) noexcept {
    const Table& rows = table();
    if (ns == Ns::foreign) return nullptr;
    if (const Row* row = rows.find(ns, name)) return row;
    if (prefixed && ns != Ns::rss && ns != Ns::atom) return nullptr;
    for (const Ns other : {home, Ns::rss, Ns::atom, Ns::dublin_core}) {
        if (other == ns) continue;
        if (const Row* row = rows.find(other, name)) return row;
    }
    for (const auto& [other, known] : kUnmistakable) {
        if (iequals(name, known)) return rows.find(other, known);
    }
    return nullptr;
}

void apply(const Element& element, Draft& draft) {
    const Row* row = find_row(element);
    if (row == nullptr) return;
    const Handler handler = draft.is_item ? row->of_item : row->of_feed;
    if (handler != nullptr) handler(element, draft);
}

bool is_item(const Element& element) noexcept {
    if (!iequals(element.name, "item") && !iequals(element.name, "entry")) return false;
    if (element.node.name() == element.name) return true;
    switch (element.ns) {
        case Ns::rss:
        case Ns::atom:
        case Ns::cdf:
        case Ns::rdf:
            return true;
        default:
            return false;
    }
}

}  // namespace feedd
