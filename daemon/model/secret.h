// A text that cannot be printed by accident: header values, passwords, tokens.
#pragma once

#include <string>
#include <utility>

namespace feedd {

// No operator<<, no fmt formatter, no JSON: reveal() is the only way out, and easy to grep for.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    [[nodiscard]] const std::string& reveal() const noexcept { return value_; }
    bool operator==(const Secret&) const = default;

  private:
    std::string value_;
};

struct SecretHeader {
    std::string name;
    Secret value;
    bool operator==(const SecretHeader&) const = default;
};

}  // namespace feedd
