-- How far each named consumer of the change log has come: the last seq that it acknowledged.
-- Written by the consumers themselves ('feedd tail --consumer'), not by the daemon.
CREATE TABLE consumers (
    name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    seq INTEGER NOT NULL CHECK (seq >= 0),
    acknowledged_at TEXT NOT NULL CHECK (acknowledged_at GLOB '????-??-??T??:??:??Z')
) STRICT, WITHOUT ROWID;
