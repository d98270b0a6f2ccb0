-- Hash of an article's text alone, where that is so long that whoever publishes it again publishes
-- the same document, though something was added to the headline. Articles that are here already
-- have none: only what is a few days old is compared.
ALTER TABLE articles ADD COLUMN long_text_hash TEXT CHECK (long_text_hash <> '');
CREATE INDEX articles_long_text ON articles (long_text_hash) WHERE long_text_hash IS NOT NULL;
