#include "store/sqlite/consumers.h"

namespace feedd::sqlite {

Result<void> Consumers::acknowledge(const std::string& consumer, std::int64_t seq, Time now) {
    return guarded(connection_->path(), [&]() -> Result<void> {
        connection_
            ->query(R"sql(
INSERT INTO consumers (name, seq, acknowledged_at) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET seq = excluded.seq, acknowledged_at = excluded.acknowledged_at
)sql")
            .bind(consumer, seq, now)
            .run();
        return {};
    });
}

Result<bool> Consumers::forget(const std::string& consumer) {
    return guarded(connection_->path(), [&] {
        return connection_->query("DELETE FROM consumers WHERE name = ?").bind(consumer).run() > 0;
    });
}

}  // namespace feedd::sqlite
