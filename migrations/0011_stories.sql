-- What people call the story: the title of its first article that has one.
ALTER TABLE stories ADD COLUMN title TEXT NOT NULL DEFAULT '';
CREATE INDEX stories_last_seen ON stories (last_seen_at);

-- By what the articles of the last days are found when another one tells their story: hashes of
-- passages of their texts, four bytes each, the smallest first. Pruned when the window has passed.
CREATE TABLE fingerprints (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    feed_id INTEGER NOT NULL REFERENCES feeds (id),
    at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??Z'),
    seen_at TEXT NOT NULL CHECK (seen_at GLOB '????-??-??T??:??:??Z'),
    passages BLOB NOT NULL
) STRICT;

-- Why an article is part of its story: the article that it was found to be like. other_id is no
-- foreign key: the reason outlives that article.
CREATE TABLE story_matches (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL,
    score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
    version INTEGER NOT NULL,
    matched_at TEXT NOT NULL CHECK (matched_at GLOB '????-??-??T??:??:??Z')
) STRICT;

-- For people: what most outlets tell today (UTC).
CREATE VIEW stories_today AS
SELECT
    s.id,
    (SELECT count(DISTINCT g.feed_id) FROM articles AS a JOIN sightings AS g ON g.article_id = a.id
     WHERE a.story_id = s.id) AS outlets,
    s.article_count AS articles, s.title, s.first_seen_at, s.last_seen_at
FROM stories AS s
WHERE s.last_seen_at >= strftime('%Y-%m-%dT00:00:00Z', 'now')
ORDER BY outlets DESC, s.last_seen_at DESC, s.id DESC;
