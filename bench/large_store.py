#!/usr/bin/env python3
"""Fills an empty store with a large past: a million articles of two thousand feeds.

    feedd db migrate --db big.db && bench/large_store.py big.db [ARTICLES]

Words follow Zipf's law, as do the sizes of feeds and how much people write. The last article is of
now: what documentation asks for "the last day" is there. For measuring reads (bench/store_queries.py);
the daemon takes the store for its own.
"""
import datetime
import hashlib
import itertools
import random
import sqlite3
import sys

FEEDS = 2000
DAYS = 200  # of articles: 5,000 a day
POLL_DAYS = 30  # as the daemon keeps them
POLLS_A_DAY = 24
WORDS = 40_000
SENTENCES = 50_000
PEOPLE = 20_000
LANGUAGES = ["en", "en-GB", "de", "fr", "es", "ja", "pt-BR", "it", "ru", "nl", "pl", "sv", "is"]
TAGS = ["news", "science", "sport", "culture", "local", "podcast", "rare"]
BATCH = 10_000


class Zipf:
    """Draws the first of `values` often and the last ever more rarely."""

    def __init__(self, draw, values):
        self.draw = draw
        self.values = values
        self.sums = list(itertools.accumulate(1 / (rank + 1) for rank in range(len(values))))

    def many(self, count):
        return self.draw.choices(self.values, cum_weights=self.sums, k=count)

    def one(self):
        return self.many(1)[0]


def made_words(draw):
    syllables = [a + b for a in "bdfgklmnprstv" for b in "aeiou"]
    common = ["the", "of", "and", "to", "in", "a", "museum", "election", "science", "opens"]
    words = dict.fromkeys(common)
    while len(words) < WORDS:
        words["".join(draw.choices(syllables, k=draw.randint(2, 4)))] = None
    return list(words)


def utc(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class Maker:
    def __init__(self, path, articles):
        self.articles = articles
        self.draw = random.Random(1)
        self.words = made_words(self.draw)
        words = Zipf(self.draw, self.words)
        # Sentences are drawn evenly: their words are as frequent as in all of them.
        self.sentences = [" ".join(words.many(10)) for _ in range(SENTENCES)]
        self.people = Zipf(self.draw, range(PEOPLE))
        self.feeds = Zipf(self.draw, range(1, FEEDS + 1))
        self.seq = 0
        self.now = datetime.datetime.utcnow().replace(microsecond=0)
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000;")

    def insert(self, table, columns, rows):
        marks = ", ".join("?" * len(columns.split(",")))
        self.db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    def add_feeds(self):
        began = utc(self.now - datetime.timedelta(days=DAYS))
        for i in range(1, FEEDS + 1):
            failing = i % 50 == 0
            tags = f'["{TAGS[i % 6]}"]' if i % 400 else '["rare"]'
            self.insert(
                "feeds",
                "id, listed_url, url, name, title, tags, status, failures, last_error, error_class,"
                "added_at, last_polled_at, last_success_at, last_new_at, next_poll_at,"
                "silent_since, period_seconds",
                [(i, f"https://site{i}.example/feed", f"https://site{i}.example/feed", f"feed{i}",
                  f"Feed {i}", tags, "failing" if failing else "active", 3 if failing else 0,
                  "no answer" if failing else "", "timeout" if failing else "",
                  began, utc(self.now), utc(self.now), utc(self.now), utc(self.now),
                  began if i % 100 == 1 else None, 3600)])

    def add_articles(self, first, last):
        rows = {"articles": [], "sightings": [], "authors": [], "categories": [],
                "enclosures": [], "revisions": [], "changes": [], "article_search": []}
        for i in range(first, last):
            self.add_article(i, rows)
        columns = {
            "articles": "id, first_feed_id, first_seen_at, published_at, url, url_key, link, title,"
                        "language, image_url, comments_url, content_hash, summary_html,"
                        "content_html, content_text",
            "sightings": "feed_id, key, article_id, item_hash, position, first_seen_at,"
                         "last_seen_at, guid, url, reason",
            "authors": "article_id, position, name, email, url",
            "categories": "article_id, position, term, scheme, label",
            "enclosures": "article_id, position, url, type, title, length",
            "revisions": "article_id, number, seen_at, replaced_at, content_hash, title,"
                         "summary_html, content_html, content_text",
            "changes": "seq, article_id, kind, feed_id, at",
            "article_search": "rowid, title, content_text",
        }
        self.db.execute("BEGIN")
        for table, names in columns.items():
            self.insert(table, names, rows[table])
        self.db.execute("COMMIT")

    def add_article(self, i, rows):
        draw = self.draw
        age = datetime.timedelta(seconds=DAYS * 86400 * (self.articles - i) / self.articles)
        seen = utc(self.now - age)
        published = utc(self.now - age - datetime.timedelta(minutes=draw.randint(0, 600)))
        feed = self.feeds.one()
        title, *text = draw.choices(self.sentences, k=draw.randint(3, 9))
        text = ". ".join(text)
        url = f"site{feed}.example/{i}"
        digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        rows["articles"].append((i, feed, seen, published if i % 10 else None, "https://" + url, url,
                                 "https://" + url, title, LANGUAGES[language(draw)], "",
                                 "", digest, "", f"<p>{text}</p>", text))
        rows["article_search"].append((i, title, text))
        self.log(rows, i, "new", feed, seen)
        carriers = {feed}
        if i % 6 == 0:
            carriers.add(self.feeds.one())
        for carrier in carriers:
            rows["sightings"].append((carrier, f"guid:{i}", i, i, 0, seen, seen, str(i),
                                      "https://" + url, "new"))
            if carrier != feed:
                self.log(rows, i, "sighted", carrier, seen)
        if i % 5 < 3:
            person = self.people.one()
            name = f"{self.words[person % 997]} {self.words[person]}".title()
            rows["authors"].append((i, 1, name, "", ""))
        rows["categories"].append((i, 1, draw.choice(self.words), "", ""))
        if i % 33 == 0:
            rows["enclosures"].append((i, 1, f"https://{url}.mp3", "audio/mpeg", "", 1000))
        if i % 50 == 0:
            rows["revisions"].append((i, 1, seen, seen, digest, title, "", "", text))
            self.log(rows, i, "revised", feed, seen)

    def log(self, rows, article, kind, feed, at):
        self.seq += 1
        rows["changes"].append((self.seq, article, kind, feed, at))

    def add_polls(self):
        for day in range(POLL_DAYS, 0, -1):
            rows = []
            for hour in range(POLLS_A_DAY):
                at = utc(self.now - datetime.timedelta(days=day - 1, hours=POLLS_A_DAY - 1 - hour))
                for feed in range(1, FEEDS + 1):
                    failed = feed % 50 == 0 and hour == 0
                    new = 1 if (feed + hour) % 10 == 0 else 0
                    rows.append((feed, at, "failed" if failed else "ok" if new else "not_modified",
                                 200 if new else 304, 120, 9000 * new, 20 * new, new, 0, 0, 0,
                                 1 if feed % 97 == 0 and hour == 7 else 0,
                                 "timeout" if failed else "", "no answer" if failed else ""))
            self.db.execute("BEGIN")
            self.insert("polls", "feed_id, at, outcome, http_status, duration_ms, bytes, items, new,"
                        "revised, sighted, recovered, gap_suspected, error_class, error", rows)
            self.db.execute("COMMIT")

    def finish(self):
        self.db.executescript("""
            UPDATE feeds SET item_count = (SELECT count(*) FROM sightings WHERE feed_id = feeds.id);
        """)
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def language(draw):
    """A language: half of all is the first."""
    rank = 0
    while rank < 12 and draw.random() < 0.5:
        rank += 1
    return rank


def main():
    articles = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    maker = Maker(sys.argv[1], articles)
    maker.add_feeds()
    for first in range(1, articles + 1, BATCH):
        maker.add_articles(first, min(first + BATCH, articles + 1))
        print(f"\r{min(first + BATCH - 1, articles)} articles", end="", file=sys.stderr, flush=True)
    maker.add_polls()
    maker.finish()
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
