// The cursors of the change log's consumers.
#pragma once

#include <memory>
#include <utility>

#include "store/sqlite/connection.h"
#include "store/store.h"

namespace feedd::sqlite {

class Consumers final : public ConsumerLog {
  public:
    // `connection`: to write, its schema up to date.
    explicit Consumers(std::unique_ptr<Connection> connection)
        : connection_(std::move(connection)) {}

    Result<void> acknowledge(const std::string& consumer, std::int64_t seq, Time now) override;
    Result<bool> forget(const std::string& consumer) override;

  private:
    std::unique_ptr<Connection> connection_;
};

}  // namespace feedd::sqlite
