// Which articles a filter lets through, and by which index they are found soonest.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/rows.h"
#include "store/sqlite/connection.h"

namespace feedd::sqlite {

// A part of a filter, in two forms. Parameters: see FilterValues.
struct Condition {
    std::string_view ids;    // a statement: the ids of all articles that meet it, by an index
    std::string_view holds;  // an expression: whether article `a` meets it
};

// When they were first seen, if the filter asks for that.
[[nodiscard]] std::optional<Condition> time_condition(const ArticleFilter& filter);
// What it asks for besides that and its query; what is dear to count comes last.
[[nodiscard]] std::vector<Condition> other_conditions(const ArticleFilter& filter);

// How many articles meet it, counted no further than `most`.
[[nodiscard]] std::int64_t count_of(Connection& connection, const ArticleFilter& filter,
                                    const Condition& condition, std::int64_t most);

// Numbered parameters, so that a condition may stand anywhere and more than once in a statement:
// ?1 since, ?2 until, ?3 feed, ?4 tag, ?5 pattern of the author, ?6 language, ?7 query of FTS5,
// ?8 now, ?9 latest date, ?10 and ?11 first and last id, ?12 limit, which each must have.
struct FilterValues {
    std::string_view match = {};
    std::optional<Time> latest = std::nullopt;
    std::int64_t first = 0;
    std::int64_t last = std::numeric_limits<std::int64_t>::max();
    std::int64_t limit = 0;
};
void bind(Query& query, const ArticleFilter& filter, const FilterValues& values);

}  // namespace feedd::sqlite
