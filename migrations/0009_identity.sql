-- What a feed lists, what left it, and what was withdrawn from it. left_at: when an answer was first
-- without the item; NULL while the feed lists it. What the item said (its date, and hashes of its
-- title and its words) is kept beside it, so that it is known again under another guid and another
-- address, even when its article was purged.
ALTER TABLE sightings ADD COLUMN left_at TEXT CHECK (left_at GLOB '????-??-??T??:??:??Z');
ALTER TABLE sightings ADD COLUMN withdrawn_at TEXT CHECK (withdrawn_at GLOB '????-??-??T??:??:??Z');
ALTER TABLE sightings ADD COLUMN published_at TEXT CHECK (published_at GLOB '????-??-??T??:??:??Z');
ALTER TABLE sightings ADD COLUMN title_hash INTEGER;
ALTER TABLE sightings ADD COLUMN words_hash INTEGER;

-- What is still listed shows when its feed is read the next time.
UPDATE sightings SET
    left_at = last_seen_at,
    published_at = (SELECT a.published_at FROM articles AS a WHERE a.id = sightings.article_id);

CREATE INDEX sightings_listed ON sightings (feed_id) WHERE left_at IS NULL;
CREATE INDEX sightings_withdrawn ON sightings (feed_id) WHERE withdrawn_at IS NOT NULL;

ALTER TABLE articles ADD COLUMN withdrawn_at TEXT CHECK (withdrawn_at GLOB '????-??-??T??:??:??Z');
CREATE INDEX articles_withdrawn ON articles (withdrawn_at) WHERE withdrawn_at IS NOT NULL;

CREATE INDEX revisions_replaced ON revisions (replaced_at);

-- New kinds, and whether what came was old already when it came: the first document of a feed, and
-- archives that enter it later.
CREATE TABLE changes_with_backfill (
    seq INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (
        kind = 'new' OR kind = 'revised' OR kind = 'sighted' OR kind = 'story'
        OR kind = 'withdrawn' OR kind = 'returned' OR kind = 'purged'),
    feed_id INTEGER REFERENCES feeds (id),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    backfill INTEGER NOT NULL DEFAULT 0 CHECK (backfill IN (0, 1))
) STRICT;
INSERT INTO changes_with_backfill (seq, article_id, kind, feed_id, at, backfill)
SELECT
    c.seq, c.article_id, c.kind, c.feed_id, c.at,
    c.kind IN ('new', 'sighted') AND c.at = coalesce(f.first_seen_at, '')  -- its first good poll
FROM changes AS c
LEFT JOIN (
    SELECT feed_id, min(first_seen_at) AS first_seen_at FROM sightings GROUP BY feed_id
) AS f ON f.feed_id = c.feed_id;
DROP TABLE changes;
ALTER TABLE changes_with_backfill RENAME TO changes;
CREATE INDEX changes_article ON changes (article_id);
