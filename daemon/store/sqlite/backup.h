// A copy of the store while the daemon writes to it.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace feedd::sqlite {

// See backup_store (store/open.h), which has looked at `from` already. Bytes of the copy.
[[nodiscard]] Result<std::uint64_t> back_up(const std::string& from, const std::string& to,
                                            bool replace);

}  // namespace feedd::sqlite
