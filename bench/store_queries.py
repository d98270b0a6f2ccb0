#!/usr/bin/env python3
"""Processor time of every query in docs/store.md and of every command that reads, on a store.

    bench/store_queries.py big.db [build/feedd]

Prints a table for docs/performance.md: milliseconds of processor time, the median of five runs, the
first of which is left out. A query is opened, run to its end and closed; a command is a whole process.
"""
import os
import pathlib
import re
import sqlite3
import statistics
import sys
import time

DOCUMENTATION = pathlib.Path(__file__).parent.parent / "docs" / "store.md"
RUNS = 6
COMMANDS = [
    "--version", "articles", "articles --since 24h", "articles --since 30d", "articles --since 180d --until 170d",
    "articles --feed feed1", "articles --feed feed1999", "articles --tag news", "articles --tag rare",
    "articles --language en", "articles --language is", "articles --language tlh",
    "articles --author", "articles --author", "articles --author nobody",
    "articles --feed feed1999 --language is --since 30d",
    "search the", "search museum", "search bada", "search 'the museum'", "search '\"the museum\"'",
    "search 'the OR of OR and'", "search 'the -museum'", "search nowhere", "search 'm*'",
    "search the --sort date", "search the --feed feed1999", "search the --since 24h",
    "search museum --language is",
    "feeds", "feeds --failing", "feeds --gaps", "feeds --hosts", "tail --after LAST",
    "tail --consumers", "explain feed1", "explain article MIDDLE", "db stats",
]


def documented():
    text = DOCUMENTATION.read_text()
    for match in re.finditer(r"([^\n]+)\n\n```sql\n(.*?)```", text, re.S):
        yield match.group(1).split(":")[0].split(". ")[0][:60], match.group(2)


def query(path, sql):
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    began = time.process_time()
    store.execute(sql).fetchall()
    spent = time.process_time() - began
    store.close()
    return spent


def command(program, path, arguments):
    pid = os.posix_spawn(program, [program, *arguments, *([] if arguments[0] == "--version" else ["--db", path])], os.environ,
                         file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
    _, status, used = os.wait4(pid, 0)
    if status != 0:
        print(f"{arguments}: exit {os.waitstatus_to_exitcode(status)}", file=sys.stderr)
    return used.ru_utime + used.ru_stime


def median_ms(run):
    return 1000 * statistics.median([run() for _ in range(RUNS)][1:])


def main():
    path = sys.argv[1]
    print("| query of docs/store.md | ms |\n|---|---:|")
    for name, sql in documented():
        print(f"| {name} | {median_ms(lambda: query(path, sql)):.1f} |", flush=True)
    if len(sys.argv) < 3:
        return
    store = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    last = store.execute("SELECT max(seq) - 50 FROM changes").fetchone()[0]
    middle = store.execute("SELECT max(id) / 2 FROM articles").fetchone()[0]
    names = store.execute("SELECT name, count(*) AS n FROM authors WHERE article_id > ? - 100000"
                          " GROUP BY name ORDER BY n DESC", (2 * middle,)).fetchall()
    store.close()
    authors = iter([names[0][0], names[-1][0]])
    print("\n| command | ms |\n|---|---:|")
    for line in COMMANDS:
        words = [(a or b) for a, b in re.findall(r"'([^']*)'|(\S+)", line)]
        if line == "articles --author":
            words.append(next(authors))
        words = [str(last) if w == "LAST" else str(middle) if w == "MIDDLE" else w for w in words]
        spent = median_ms(lambda: command(sys.argv[2], path, words))
        print(f"| `{' '.join(words)}` | {spent:.1f} |", flush=True)


if __name__ == "__main__":
    main()
