-- How each host was treated, from what was really sent to it; and the holds that outlive a restart.
CREATE TABLE hosts (
    host TEXT PRIMARY KEY CHECK (host <> ''),
    first_at TEXT NOT NULL CHECK (first_at GLOB '????-??-??T??:??:??Z'),
    last_at TEXT NOT NULL CHECK (last_at GLOB '????-??-??T??:??:??Z'),
    requests INTEGER NOT NULL DEFAULT 0,
    not_modified INTEGER NOT NULL DEFAULT 0,
    complaints INTEGER NOT NULL DEFAULT 0,
    breaches INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    least_spacing_ms INTEGER,
    strikes INTEGER NOT NULL DEFAULT 0,
    struck_at TEXT CHECK (struck_at GLOB '????-??-??T??:??:??Z'),
    held_from TEXT CHECK (held_from GLOB '????-??-??T??:??:??Z'),
    held_until TEXT CHECK (held_until GLOB '????-??-??T??:??:??Z'),
    held_reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE INDEX hosts_last ON hosts (last_at);

-- A feed whose permanent redirect leads to the URL of another listed feed: that one is polled for
-- both.
ALTER TABLE feeds ADD COLUMN merged_into INTEGER REFERENCES feeds (id);
CREATE INDEX feeds_merged ON feeds (merged_into) WHERE merged_into IS NOT NULL;
