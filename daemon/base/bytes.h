// Numbers and texts as bytes, in as little room as they need. For what is kept in memory or in a
// column of our own: neither end is ever another program.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace feedd {

class ByteWriter {
  public:
    ByteWriter() { out_.reserve(kUsual); }
    // Seven bits a byte, the lowest first.
    void number(std::uint64_t value) {
        std::array<char, 10> all{};
        std::size_t size = 0;
        for (; value >= 0x80; value >>= 7U)
            all[size++] = static_cast<char>(value | 0x80U);
        all[size++] = static_cast<char>(value);
        out_.append(all.data(), size);
    }
    // Small ones of either sign are short.
    void integer(std::int64_t value) {
        const auto bits = static_cast<std::uint64_t>(value);
        number((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
    }
    // `bytes`: at most 8.
    void fixed(std::uint64_t value, std::size_t bytes) {
        std::array<char, sizeof value> all{};
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = static_cast<char>(value >> (8 * i));
        out_.append(all.data(), bytes);
    }
    void text(std::string_view value) {
        number(value.size());
        out_.append(value);
    }
    // What the reader knows the size of.
    void raw(std::string_view value) { out_.append(value); }
    [[nodiscard]] std::string bytes() && { return std::move(out_); }

  private:
    static constexpr std::size_t kUsual = 500;  // what is written has rarely more
    std::string out_;
};

// Reads what ByteWriter wrote, in its order. Past the end everything is 0 or empty, and ok() stays
// false.
class ByteReader {
  public:
    explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint64_t next = byte();
            value |= (next & 0x7FU) << shift;
            if (next < 0x80) return value;
        }
        ok_ = false;
        return 0;
    }
    std::int64_t integer() {
        const std::uint64_t bits = number();
        return static_cast<std::int64_t>((bits >> 1U) ^ (~(bits & 1U) + 1));
    }
    std::uint64_t fixed(std::size_t bytes) {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < bytes; ++i)
            value |= std::uint64_t{byte()} << (8 * i);
        return value;
    }
    std::string_view text() { return raw(number()); }
    std::string_view raw(std::uint64_t size) {
        if (size > rest_.size()) {
            ok_ = false;
            rest_ = {};
            return {};
        }
        const std::string_view out = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return out;
    }
    [[nodiscard]] bool ok() const noexcept { return ok_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

  private:
    std::uint8_t byte() {
        if (rest_.empty()) {
            ok_ = false;
            return 0;
        }
        const auto value = static_cast<std::uint8_t>(rest_.front());
        rest_.remove_prefix(1);
        return value;
    }
    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace feedd
