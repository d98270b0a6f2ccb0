-- What each table and column means to the programs that read them: docs/store.md.
--
-- Conventions: times are UTC text of one form (2025-04-08T01:02:03Z), so that they sort as text.
-- An unknown time, number or identity is NULL; an absent text is ''. Wide columns come last in
-- their table, so that reading the narrow ones touches no overflow page.

-- The feeds of the list. listed_url joins list and store; nothing is ever deleted.
CREATE TABLE feeds (
    id INTEGER PRIMARY KEY,
    listed_url TEXT NOT NULL UNIQUE CHECK (listed_url <> ''),
    url TEXT NOT NULL CHECK (url <> ''),
    name TEXT NOT NULL CHECK (name <> ''),
    status TEXT NOT NULL DEFAULT 'active'
        CHECK (status IN ('active', 'failing', 'gone', 'paused', 'removed')),
    title TEXT NOT NULL DEFAULT '',
    site_url TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    image_url TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT NOT NULL DEFAULT '',
    added_at TEXT NOT NULL CHECK (added_at GLOB '????-??-??T??:??:??Z'),
    last_polled_at TEXT CHECK (last_polled_at GLOB '????-??-??T??:??:??Z'),
    last_success_at TEXT CHECK (last_success_at GLOB '????-??-??T??:??:??Z'),
    last_new_at TEXT CHECK (last_new_at GLOB '????-??-??T??:??:??Z'),
    next_poll_at TEXT CHECK (next_poll_at GLOB '????-??-??T??:??:??Z'),
    not_before TEXT CHECK (not_before GLOB '????-??-??T??:??:??Z'),
    next_poll_reason TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    error_class TEXT NOT NULL DEFAULT '',
    last_error TEXT NOT NULL DEFAULT '',
    move_to TEXT,
    move_polls INTEGER NOT NULL DEFAULT 0,
    guid_trust TEXT NOT NULL DEFAULT 'unknown'
        CHECK (guid_trust IN ('unknown', 'stable', 'volatile')),
    period_seconds INTEGER,
    ttl_minutes INTEGER,
    update_period_seconds INTEGER,
    skip_hours INTEGER NOT NULL DEFAULT 0,
    skip_days INTEGER NOT NULL DEFAULT 0,
    item_count INTEGER NOT NULL DEFAULT 0,
    request_check INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE UNIQUE INDEX feeds_name ON feeds (name) WHERE status <> 'removed';

-- Articles that tell the same story.
CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_count INTEGER NOT NULL DEFAULT 0,
    first_seen_at TEXT NOT NULL CHECK (first_seen_at GLOB '????-??-??T??:??:??Z'),
    last_seen_at TEXT NOT NULL CHECK (last_seen_at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- One row per document, however many feeds carry it. AUTOINCREMENT: the id of a purged article
-- is never given to another one.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER REFERENCES stories (id),
    first_feed_id INTEGER NOT NULL REFERENCES feeds (id),
    first_seen_at TEXT NOT NULL CHECK (first_seen_at GLOB '????-??-??T??:??:??Z'),
    published_at TEXT CHECK (published_at GLOB '????-??-??T??:??:??Z'),
    updated_at TEXT CHECK (updated_at GLOB '????-??-??T??:??:??Z'),
    url TEXT NOT NULL,
    url_key TEXT CHECK (url_key <> ''),
    link TEXT NOT NULL,
    title TEXT NOT NULL,
    language TEXT NOT NULL,
    image_url TEXT NOT NULL,
    comments_url TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    text_hash TEXT CHECK (text_hash <> ''),
    summary_html TEXT NOT NULL,
    content_html TEXT NOT NULL,
    content_text TEXT NOT NULL
) STRICT;

CREATE INDEX articles_first_seen ON articles (first_seen_at);
CREATE INDEX articles_newest ON articles (coalesce(published_at, first_seen_at));
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_url_key ON articles (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX articles_text_hash ON articles (text_hash) WHERE text_hash IS NOT NULL;
CREATE INDEX articles_story ON articles (story_id) WHERE story_id IS NOT NULL;

-- Which feed carried which article, as which item. The items of a feed lie together.
CREATE TABLE sightings (
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    key TEXT NOT NULL CHECK (key <> ''),
    article_id INTEGER REFERENCES articles (id) ON DELETE SET NULL,
    item_hash INTEGER NOT NULL,
    position INTEGER NOT NULL,
    first_seen_at TEXT NOT NULL CHECK (first_seen_at GLOB '????-??-??T??:??:??Z'),
    last_seen_at TEXT NOT NULL CHECK (last_seen_at GLOB '????-??-??T??:??:??Z'),
    guid TEXT NOT NULL,
    url TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (feed_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX sightings_article ON sightings (article_id, feed_id);

CREATE TABLE authors (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    url TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE categories (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    term TEXT NOT NULL,
    scheme TEXT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE enclosures (
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    length INTEGER,
    duration_seconds REAL,
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

-- What an article said before it was edited.
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    seen_at TEXT NOT NULL CHECK (seen_at GLOB '????-??-??T??:??:??Z'),
    replaced_at TEXT NOT NULL CHECK (replaced_at GLOB '????-??-??T??:??:??Z'),
    updated_at TEXT CHECK (updated_at GLOB '????-??-??T??:??:??Z'),
    content_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    summary_html TEXT NOT NULL,
    content_html TEXT NOT NULL,
    content_text TEXT NOT NULL,
    UNIQUE (article_id, number)
) STRICT;

-- The log that consumers follow: seq is 1, 2, 3, … in commit order. article_id is no foreign key:
-- an entry outlives its article.
CREATE TABLE changes (
    seq INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('new', 'revised', 'sighted', 'story', 'purged')),
    feed_id INTEGER REFERENCES feeds (id),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX changes_article ON changes (article_id);

-- Recent history of polling; older rows are pruned.
CREATE TABLE polls (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    outcome TEXT NOT NULL CHECK (outcome IN ('ok', 'not_modified', 'unchanged', 'failed')),
    http_status INTEGER,
    duration_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    items INTEGER NOT NULL,
    new INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    sighted INTEGER NOT NULL,
    recovered INTEGER NOT NULL CHECK (recovered IN (0, 1)),
    gap_suspected INTEGER NOT NULL CHECK (gap_suspected IN (0, 1)),
    error_class TEXT NOT NULL,
    error TEXT NOT NULL
) STRICT;

CREATE INDEX polls_feed ON polls (feed_id, at);
CREATE INDEX polls_at ON polls (at);

-- Full text of title and content; the text itself stays in articles.
CREATE VIRTUAL TABLE article_search USING fts5 (
    title, content_text,
    content = 'articles', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
-- A word in the title counts as much as four in the text.
INSERT INTO article_search (article_search, rank) VALUES ('rank', 'bm25(4.0, 1.0)');

CREATE TRIGGER articles_search_insert AFTER INSERT ON articles BEGIN
    INSERT INTO article_search (rowid, title, content_text)
    VALUES (new.id, new.title, new.content_text);
END;

CREATE TRIGGER articles_search_delete AFTER DELETE ON articles BEGIN
    INSERT INTO article_search (article_search, rowid, title, content_text)
    VALUES ('delete', old.id, old.title, old.content_text);
END;

CREATE TRIGGER articles_search_update AFTER UPDATE OF title, content_text ON articles BEGIN
    INSERT INTO article_search (article_search, rowid, title, content_text)
    VALUES ('delete', old.id, old.title, old.content_text);
    INSERT INTO article_search (rowid, title, content_text)
    VALUES (new.id, new.title, new.content_text);
END;

-- For people: SELECT * FROM recent_articles LIMIT 20.
CREATE VIEW recent_articles AS
SELECT a.id, a.first_seen_at, a.published_at, f.name AS feed, a.title, a.link
FROM articles AS a
JOIN feeds AS f ON f.id = a.first_feed_id
ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.id DESC;

-- For people: which feed needs a look.
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
    f.url
FROM feeds AS f
LEFT JOIN polls AS p ON p.feed_id = f.id
WHERE f.status <> 'removed'
GROUP BY f.id
ORDER BY f.failures DESC, f.name;
