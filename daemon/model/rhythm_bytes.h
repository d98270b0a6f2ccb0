// A rhythm in a fraction of its room: in the memory of 100,000 feeds that wait, and in the store.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "model/rhythm.h"

namespace feedd {

// The end of the year 9999, in seconds: no time of a rhythm is beyond it.
inline constexpr std::int64_t kFurthest = 253'402'300'799;

// Numbers are rounded to 16 binary digits: nobody knows a rhythm to one part in 50,000. What is 0
// takes a bit. Written again, what was read gives the same bytes.
void write_rhythm(ByteWriter& out, const Rhythm& rhythm);
// nullopt: damaged.
[[nodiscard]] std::optional<Rhythm> read_rhythm(ByteReader& in);

}  // namespace feedd
