// What the libraries cost alone: libcurl's multi interface, pugixml and SQLite, one thread, no
// questions asked. bench/whole-job measures feedd against it.
//   floor poll DB LIST     fetches every URL of the file LIST with the validators of last time, and
//                          stores the items that are new
//   floor insert DB LIST   the items of the files of LIST, read and parsed before, into a bare
//                          table; prints the seconds of processor time that this alone took
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <sqlite3.h>
#include <zlib.h>

namespace {

constexpr std::size_t kParallel = 64;
constexpr int kFeedsPerCommit = 64;

struct Item {
    std::string guid;
    std::string link;
    std::string title;
    std::string date;
    std::string content;
};

struct Feed {
    std::string url;
    std::string etag;
    std::string modified;
    std::string body;
};

[[noreturn]] void die(const char* what) {
    std::fprintf(stderr, "floor: %s\n", what);
    std::exit(1);
}

std::string first_of(const pugi::xml_node& item, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (const pugi::xml_node child = item.child(name)) return child.text().get();
    }
    return {};
}

std::vector<Item> json_items(const std::string& body) {
    std::vector<Item> items;
    const auto tree = nlohmann::json::parse(body, nullptr, false);
    if (!tree.contains("items")) return items;
    for (const auto& item : tree["items"]) {
        items.push_back({.guid = item.value("id", ""),
                         .link = item.value("url", ""),
                         .title = item.value("title", ""),
                         .date = item.value("date_published", ""),
                         .content = item.value("content_html", "")});
    }
    return items;
}

std::vector<Item> items_of(const std::string& body) {
    if (body.starts_with('{')) return json_items(body);
    std::vector<Item> items;
    pugi::xml_document tree;
    if (!tree.load_buffer(body.data(), body.size())) die("a feed is not well-formed");
    const pugi::xml_node root = tree.document_element();
    const pugi::xml_node parent =
        root.child("channel").child("item") ? root.child("channel") : root;
    for (const pugi::xml_node node : parent.children()) {
        if (std::strcmp(node.name(), "item") != 0 && std::strcmp(node.name(), "entry") != 0)
            continue;
        Item item{
            .guid = first_of(node, {"guid", "id"}),
            .link = first_of(node, {"link"}),
            .title = first_of(node, {"title"}),
            .date = first_of(node, {"pubDate", "dc:date", "published", "issued"}),
            .content = first_of(node, {"content:encoded", "content", "description", "summary"})};
        if (item.link.empty()) item.link = node.child("link").attribute("href").value();
        if (item.guid.empty()) item.guid = item.link;
        items.push_back(std::move(item));
    }
    return items;
}

class Store {
  public:
    explicit Store(const char* path) {
        if (sqlite3_open(path, &db_) != SQLITE_OK) die("the database cannot be opened");
        run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384;"
            "CREATE TABLE IF NOT EXISTS feeds (url TEXT PRIMARY KEY, etag TEXT, modified TEXT);"
            "CREATE TABLE IF NOT EXISTS items (id INTEGER PRIMARY KEY, feed TEXT, guid TEXT, link "
            "TEXT, title TEXT, date TEXT, content TEXT, UNIQUE (feed, guid));");
        feed_ = prepared("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?)");
        item_ = prepared(
            "INSERT OR IGNORE INTO items (feed, guid, link, title, date, content) VALUES (?, ?, ?, "
            "?, ?, ?)");
    }
    ~Store() {
        end();
        sqlite3_finalize(feed_);
        sqlite3_finalize(item_);
        sqlite3_close(db_);
    }
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    void load(Feed& feed) {
        sqlite3_stmt* row = prepared("SELECT etag, modified FROM feeds WHERE url = ?");
        bind(row, 1, feed.url);
        if (sqlite3_step(row) == SQLITE_ROW) {
            feed.etag = reinterpret_cast<const char*>(sqlite3_column_text(row, 0));
            feed.modified = reinterpret_cast<const char*>(sqlite3_column_text(row, 1));
        }
        sqlite3_finalize(row);
    }
    // items null: nothing changed, but a poll is recorded all the same.
    void write(const Feed& feed, const std::vector<Item>* items) {
        if (waiting_ == 0) run("BEGIN");
        for (int i = 0; const std::string* text : {&feed.url, &feed.etag, &feed.modified})
            bind(feed_, ++i, *text);
        step(feed_);
        for (const Item& item : items == nullptr ? std::vector<Item>{} : *items) {
            bind(item_, 1, feed.url);
            bind(item_, 2, item.guid);
            bind(item_, 3, item.link);
            bind(item_, 4, item.title);
            bind(item_, 5, item.date);
            bind(item_, 6, item.content);
            step(item_);
        }
        if (++waiting_ == kFeedsPerCommit) end();
    }
    void end() {
        if (waiting_ > 0) run("COMMIT");
        waiting_ = 0;
    }

  private:
    void run(const char* sql) {
        if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
            die(sqlite3_errmsg(db_));
    }
    sqlite3_stmt* prepared(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) != SQLITE_OK)
            die(sqlite3_errmsg(db_));
        return statement;
    }
    static void bind(sqlite3_stmt* statement, int index, const std::string& text) {
        sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()),
                          SQLITE_STATIC);
    }
    void step(sqlite3_stmt* statement) {
        if (sqlite3_step(statement) != SQLITE_DONE) die(sqlite3_errmsg(db_));
        sqlite3_reset(statement);
    }
    sqlite3* db_ = nullptr;
    sqlite3_stmt* feed_ = nullptr;
    sqlite3_stmt* item_ = nullptr;
    int waiting_ = 0;
};

std::vector<std::string> lines_of(const char* file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

class Fetches {
  public:
    explicit Fetches(Store& store) : store_(store), multi_(curl_multi_init()) {
        curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(kParallel));
    }
    ~Fetches() {
        for (CURL* easy : idle_)
            curl_easy_cleanup(easy);
        curl_multi_cleanup(multi_);
    }
    Fetches(const Fetches&) = delete;
    Fetches& operator=(const Fetches&) = delete;

    void run(const std::vector<std::string>& urls) {
        std::size_t next = 0;
        int running = 0;
        do {
            while (next < urls.size() && running_ < kParallel)
                start(urls[next++]);
            curl_multi_perform(multi_, &running);
            reap();
            if (running > 0) curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
        } while (running > 0 || next < urls.size());
    }

  private:
    struct Fetch {
        Feed feed;
        curl_slist* headers = nullptr;
    };

    void start(const std::string& url) {
        auto fetch = std::make_unique<Fetch>();
        fetch->feed.url = url;
        store_.load(fetch->feed);
        CURL* easy = idle_.empty() ? curl_easy_init() : idle_.back();
        if (!idle_.empty()) idle_.pop_back();
        curl_easy_reset(easy);
        if (!fetch->feed.etag.empty()) {
            fetch->headers =
                curl_slist_append(nullptr, ("If-None-Match: " + fetch->feed.etag).c_str());
            fetch->headers = curl_slist_append(
                fetch->headers, ("If-Modified-Since: " + fetch->feed.modified).c_str());
        }
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip");
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fetch->headers);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &Fetches::on_header);
        curl_easy_setopt(easy, CURLOPT_HEADERDATA, &fetch->feed);
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Fetches::on_body);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, &fetch->feed);
        curl_easy_setopt(easy, CURLOPT_PRIVATE, fetch.release());
        curl_multi_add_handle(multi_, easy);
        ++running_;
    }

    void reap() {
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
            CURL* easy = message->easy_handle;
            Fetch* raw = nullptr;
            long status = 0;
            curl_easy_getinfo(easy, CURLINFO_PRIVATE, &raw);
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
            const std::unique_ptr<Fetch> fetch(raw);
            if (message->data.result != CURLE_OK || (status != 200 && status != 304))
                die("a fetch failed");
            curl_multi_remove_handle(multi_, easy);
            curl_slist_free_all(fetch->headers);
            idle_.push_back(easy);
            --running_;
            if (status == 304) {
                store_.write(fetch->feed, nullptr);
            } else {
                const std::vector<Item> items = items_of(fetch->feed.body);
                store_.write(fetch->feed, &items);
            }
        }
    }

    static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self) {
        auto& feed = *static_cast<Feed*>(self);
        std::string_view line(data, size * count);
        while (line.ends_with('\n') || line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with("ETag: ")) feed.etag = line.substr(6);
        if (line.starts_with("Last-Modified: ")) feed.modified = line.substr(15);
        return size * count;
    }
    static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self) {
        static_cast<Feed*>(self)->body.append(data, size * count);
        return size * count;
    }

    Store& store_;
    CURLM* multi_;
    std::vector<CURL*> idle_;
    std::size_t running_ = 0;
};

std::string contents(const std::string& file) {
    gzFile in = gzopen(file.c_str(), "rb");
    if (in == nullptr) die("a file cannot be read");
    std::string text;
    std::string piece(1 << 16, '\0');
    for (int read = 0; (read = gzread(in, piece.data(), static_cast<unsigned>(piece.size()))) > 0;)
        text.append(piece.data(), static_cast<std::size_t>(read));
    gzclose(in);
    return text;
}

// By pieces, so that no more than a thousand feeds are in memory.
double insert(const char* db, const std::vector<std::string>& files) {
    constexpr std::size_t kPiece = 1000;
    std::clock_t spent = 0;
    for (std::size_t first = 0; first < files.size(); first += kPiece) {
        std::vector<std::vector<Item>> parsed;
        const std::size_t end = std::min(first + kPiece, files.size());
        for (std::size_t i = first; i < end; ++i)
            parsed.push_back(items_of(contents(files[i])));
        const std::clock_t start = std::clock();
        {
            Store store(db);
            for (std::size_t i = first; i < end; ++i)
                store.write({.url = files[i]}, &parsed[i - first]);
        }
        spent += std::clock() - start;
    }
    return static_cast<double>(spent) / CLOCKS_PER_SEC;
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view what = count == 4 ? arguments[1] : "";
    if (what == "insert") {
        std::printf("%.3f\n", insert(arguments[2], lines_of(arguments[3])));
        return 0;
    }
    if (what != "poll") {
        std::fputs("usage: floor poll|insert DB LIST\n", stderr);
        return 64;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    Store store(arguments[2]);
    Fetches(store).run(lines_of(arguments[3]));
    return 0;
}
