-- The index is given letters without accents, points and widths, and scripts without spaces between
-- words character by character, no longer in pairs (docs/store.md, article_search). All anew.
INSERT INTO article_search (article_search) VALUES ('delete-all');
INSERT OR IGNORE INTO search_queue (article_id) SELECT id FROM articles;
