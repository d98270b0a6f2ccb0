#include "plans.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

namespace feedd::test {

std::string plan_of(const std::string& path, const std::string& sql) {
    SQLite::Database store(path, SQLite::OPEN_READONLY);
    SQLite::Statement statement(store, "EXPLAIN QUERY PLAN " + sql);
    std::string plan;
    while (statement.executeStep())
        plan += statement.getColumn(3).getString() + "\n";
    return plan;
}

std::string whole_tables(const std::string& plan, const std::string& sql) {
    // Tables as small as the list of feeds, by the names that statements give them; and what is
    // no table: values of JSON arrays, hits of a search.
    static constexpr std::string_view kSmall[] = {
        "feeds",     "f", "other", "hosts",    "consumers",   "schema_migrations",
        "json_each", "t", "tag",   "CONSTANT", "(subquery-1)"};
    const auto has = [](std::string_view text, std::string_view part) {
        return text.find(part) != std::string_view::npos;
    };
    const bool walk = has(sql, "LIMIT") && !has(plan, "TEMP B-TREE FOR ORDER BY") &&
                      !has(plan, "TEMP B-TREE FOR GROUP BY");
    std::string found;
    std::istringstream steps(plan);
    for (std::string step; std::getline(steps, step);) {
        if (!step.starts_with("SCAN ")) continue;
        const std::string name = step.substr(5, step.find(' ', 5) - 5);
        if (std::ranges::find(kSmall, name) != std::end(kSmall)) continue;
        if (has(step, "VIRTUAL TABLE INDEX") && has(step, "M")) continue;
        if (has(step, "INDEX polls_gap") || walk) continue;
        found += step + "\n";
    }
    return found;
}

}  // namespace feedd::test
