// The politeness ledger: a row per host, and what the history of polls tells of gaps.
#pragma once

#include <span>
#include <vector>

#include "model/outcome.h"
#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// Adds the visits of all these polls up, a write per host. Inside a write transaction.
void write_visits(Connection& connection, std::span<const PollOutcome> outcomes);

[[nodiscard]] std::vector<HostRow> list_hosts(Connection& connection, const HostFilter& filter);
[[nodiscard]] std::vector<GapRow> list_gaps(Connection& connection);

}  // namespace feedd::sqlite
