-- The newest articles of a feed, for 'retention.per_feed'.
CREATE INDEX sightings_newest ON sightings (feed_id, article_id) WHERE article_id IS NOT NULL;

-- Documents as they were received, for 'feedd replay' (docs/store.md, "The archive").

-- Successive documents of one feed, which are deleted together: most of them are packed as what they
-- say otherwise than the one before.
CREATE TABLE archive_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    documents INTEGER NOT NULL DEFAULT 0,
    last_at TEXT NOT NULL CHECK (last_at GLOB '????-??-??T??:??:??Z')
) STRICT;

CREATE INDEX archive_runs_last ON archive_runs (last_at, id);
CREATE INDEX archive_runs_feed ON archive_runs (feed_id);

-- A body once, however often it was received: a zstd frame, that of prefix_id being its prefix.
CREATE TABLE archive_bodies (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash TEXT NOT NULL UNIQUE CHECK (hash <> ''),
    prefix_id INTEGER REFERENCES archive_bodies (id),
    depth INTEGER NOT NULL CHECK (depth >= 0),
    size INTEGER NOT NULL,
    packed_size INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;

CREATE INDEX archive_bodies_prefix ON archive_bodies (prefix_id) WHERE prefix_id IS NOT NULL;

CREATE TABLE archive_documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    run_id INTEGER NOT NULL REFERENCES archive_runs (id),
    body_id INTEGER NOT NULL REFERENCES archive_bodies (id),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    http_status INTEGER NOT NULL,
    url TEXT NOT NULL,
    content_type TEXT NOT NULL,
    content_language TEXT NOT NULL
) STRICT;

CREATE INDEX archive_documents_at ON archive_documents (at);
CREATE INDEX archive_documents_feed ON archive_documents (feed_id);
CREATE INDEX archive_documents_run ON archive_documents (run_id);
CREATE INDEX archive_documents_body ON archive_documents (body_id);

-- One row: what all bodies take, so that the bound of the archive costs no reading.
CREATE TABLE archive_totals (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    packed_bytes INTEGER NOT NULL
) STRICT;
INSERT INTO archive_totals (id, packed_bytes) VALUES (1, 0);

CREATE TRIGGER archive_bodies_insert AFTER INSERT ON archive_bodies BEGIN
    UPDATE archive_totals SET packed_bytes = packed_bytes + new.packed_size;
END;

CREATE TRIGGER archive_bodies_delete AFTER DELETE ON archive_bodies BEGIN
    UPDATE archive_totals SET packed_bytes = packed_bytes - old.packed_size;
END;
