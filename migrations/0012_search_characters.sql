-- Scripts without spaces between words were indexed as pairs of characters, now as single ones
-- (docs/store.md, article_search): what is there is made anew, off the commits.
INSERT INTO article_search (article_search) VALUES ('delete-all');
INSERT OR IGNORE INTO search_queue (article_id) SELECT id FROM articles;
