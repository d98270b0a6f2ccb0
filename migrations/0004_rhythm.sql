-- What is learned of how a feed publishes (docs/scheduling.md), in a form of its own; '' nothing yet.
ALTER TABLE feeds ADD COLUMN rhythm TEXT NOT NULL DEFAULT '';
-- The last item of a feed that has been silent against that rhythm; NULL: it has not.
ALTER TABLE feeds ADD COLUMN silent_since TEXT CHECK (silent_since GLOB '????-??-??T??:??:??Z');

DROP VIEW feed_health;
CREATE VIEW feed_health AS
SELECT
    f.id, f.name, f.status, f.failures, f.error_class, f.last_error,
    f.last_polled_at, f.last_success_at, f.last_new_at, f.next_poll_at, f.next_poll_reason,
    f.item_count AS items,
    count(p.id) AS polls,
    coalesce(sum(p.outcome = 'failed'), 0) AS failed_polls,
    coalesce(sum(p.outcome IN ('not_modified', 'unchanged')), 0) AS unchanged_polls,
    coalesce(sum(p.gap_suspected), 0) AS suspected_gaps,
    CAST(avg(p.duration_ms) AS INTEGER) AS average_ms,
    coalesce(sum(p.bytes), 0) AS bytes,
    f.url, f.silent_since
FROM feeds AS f
LEFT JOIN polls AS p ON p.feed_id = f.id
WHERE f.status <> 'removed'
GROUP BY f.id
ORDER BY f.failures DESC, f.name;
