-- The words by which Datasette and sqlite-utils know that article_search is the index of articles.
-- Nothing of the index itself changes; the schema is read anew because of the view.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'content = ''articles''', 'content="articles"')
WHERE name = 'article_search';
PRAGMA writable_schema = OFF;

DROP VIEW recent_articles;
CREATE VIEW recent_articles AS
SELECT a.id, a.first_seen_at, a.published_at, f.name AS feed, a.title, a.link
FROM articles AS a
JOIN feeds AS f ON f.id = a.first_feed_id
ORDER BY coalesce(a.published_at, a.first_seen_at) DESC, a.id DESC;
