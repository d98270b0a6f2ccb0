#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace feedd::sqlite {

struct Migration {
    int number = 0;
    std::string_view name;
    std::string_view sql;
};

// migrations/NNNN_name.sql in order of their numbers, embedded when the program is built.
[[nodiscard]] const std::vector<Migration>& built_in_migrations();

// What the store remembers of an applied migration, to notice one that was edited afterwards.
[[nodiscard]] std::string checksum(const Migration& migration);

}  // namespace feedd::sqlite
