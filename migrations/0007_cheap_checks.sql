-- SQLite makes a table of its own, each time, for 'IN' with more than two values: for each poll and
-- each change it took more time than to write the row. The same checks in another form; a CHECK
-- concerns nothing that is written, so that its text may be edited (sqlite.org/lang_altertable.html
-- §7).
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql,
    'outcome IN (''ok'', ''not_modified'', ''unchanged'', ''failed'')',
    'outcome = ''ok'' OR outcome = ''not_modified'' OR outcome = ''unchanged'' OR outcome = ''failed''')
WHERE type = 'table' AND name = 'polls';
UPDATE sqlite_schema SET sql = replace(sql,
    'kind IN (''new'', ''revised'', ''sighted'', ''story'', ''purged'')',
    'kind = ''new'' OR kind = ''revised'' OR kind = ''sighted'' OR kind = ''story'' OR kind = ''purged''')
WHERE type = 'table' AND name = 'changes';
UPDATE sqlite_schema SET sql = replace(replace(sql,
    'status IN (''active'', ''failing'', ''gone'', ''paused'', ''removed'')',
    'status = ''active'' OR status = ''failing'' OR status = ''gone'' OR status = ''paused'' OR status = ''removed'''),
    'guid_trust IN (''unknown'', ''stable'', ''volatile'')',
    'guid_trust = ''unknown'' OR guid_trust = ''stable'' OR guid_trust = ''volatile''')
WHERE type = 'table' AND name = 'feeds';
PRAGMA writable_schema = RESET;
-- Whoever has the file open reads the schema anew when it changes.
CREATE TABLE schema_changed (id INTEGER);
DROP TABLE schema_changed;
