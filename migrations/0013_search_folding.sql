-- The index is given letters without accents, points and widths (docs/store.md, article_search):
-- what is there was made of letters as they stand. All anew.
INSERT INTO article_search (article_search) VALUES ('delete-all');
INSERT OR IGNORE INTO search_queue (article_id) SELECT id FROM articles;
