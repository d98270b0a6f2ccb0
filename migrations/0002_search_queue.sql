-- The full-text index is fed in large batches, off the commits, by feedd itself: it gives the index
-- the scripts that write no spaces in pieces (docs/store.md, article_search), which no trigger can.
DROP TRIGGER articles_search_insert;
DROP TRIGGER articles_search_delete;
DROP TRIGGER articles_search_update;

-- Articles that are not in article_search, or no longer with what they say now.
CREATE TABLE search_queue (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT;

-- What is there was made of texts as they stand: all anew.
INSERT INTO article_search (article_search) VALUES ('delete-all');
INSERT INTO search_queue (article_id) SELECT id FROM articles;

-- Words of a whole batch are collected in memory before they are written, and segments merged when
-- eight of a size have come together: half of the time that FTS5 takes by its defaults.
INSERT INTO article_search (article_search, rank) VALUES ('hashsize', 67108864);
INSERT INTO article_search (article_search, rank) VALUES ('automerge', 8);
