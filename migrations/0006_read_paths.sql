-- Ways to what programs ask of a large store (docs/performance.md, "Reading a large store").
CREATE INDEX articles_language ON articles (lower(language)) WHERE language <> '';
CREATE INDEX polls_gap ON polls (feed_id, at) WHERE gap_suspected = 1;

-- The sums of each feed's polls that are still kept: a feed's row is written at every poll anyway,
-- and nobody need read a million rows to see how the feeds do.
ALTER TABLE feeds ADD COLUMN polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN failed_polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN unchanged_polls INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN suspected_gaps INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN poll_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN poll_bytes INTEGER NOT NULL DEFAULT 0;

UPDATE feeds SET
    polls = s.polls, failed_polls = s.failed, unchanged_polls = s.unchanged,
    suspected_gaps = s.gaps, poll_ms = s.ms, poll_bytes = s.bytes
FROM (
    SELECT feed_id, count(*) AS polls, sum(outcome = 'failed') AS failed,
        sum(outcome IN ('not_modified', 'unchanged')) AS unchanged, sum(gap_suspected) AS gaps,
        sum(duration_ms) AS ms, sum(bytes) AS bytes
    FROM polls GROUP BY feed_id
) AS s
WHERE s.feed_id = feeds.id;

-- Added to with the poll (store/sqlite/feed_rows); whoever deletes polls need not think of it.
CREATE TRIGGER polls_deleted AFTER DELETE ON polls BEGIN
    UPDATE feeds SET
        polls = polls - 1,
        failed_polls = failed_polls - (old.outcome = 'failed'),
        unchanged_polls = unchanged_polls - (old.outcome IN ('not_modified', 'unchanged')),
        suspected_gaps = suspected_gaps - old.gap_suspected,
        poll_ms = poll_ms - old.duration_ms,
        poll_bytes = poll_bytes - old.bytes
    WHERE id = old.feed_id;
END;

DROP VIEW feed_health;
CREATE VIEW feed_health AS
SELECT
    id, name, status, failures, error_class, last_error,
    last_polled_at, last_success_at, last_new_at, next_poll_at, next_poll_reason,
    item_count AS items,
    polls, failed_polls, unchanged_polls, suspected_gaps,
    poll_ms / nullif(polls, 0) AS average_ms,
    poll_bytes AS bytes,
    url, silent_since
FROM feeds
WHERE status <> 'removed'
ORDER BY failures DESC, name;
