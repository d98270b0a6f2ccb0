// How SQLite would answer a statement, and whether it would read too much for that.
#pragma once

#include <string>

namespace feedd::test {

// EXPLAIN QUERY PLAN of a statement on the store at `path`, a line a step.
[[nodiscard]] std::string plan_of(const std::string& path, const std::string& sql);

// The steps of a plan that read the whole of a table that grows with the store, a line each. A walk
// along an index or key in the order that is wanted, ended by a LIMIT, is none; nor is one along an
// index of what is rare.
[[nodiscard]] std::string whole_tables(const std::string& plan, const std::string& sql);

}  // namespace feedd::test
