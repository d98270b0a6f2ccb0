#include "fetch/file_source.h"

#include <filesystem>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include "support/temp_dir.h"

namespace feedd::test {

namespace {

using testing::HasSubstr;

Response read(const std::string& url, Validators validators = {}) {
    return read_file_feed(Request{.url = url, .validators = std::move(validators)});
}

TEST(FileSource, ReadsAFile) {
    const TempDir dir;
    const std::string path = dir.write("feed.xml", "<rss/>");
    for (const std::string& url :
         {"file://" + path, "file://localhost" + path, "FILE://" + path, "file:" + path}) {
        const Response response = read(url);
        EXPECT_EQ(response.error, PollError::none) << url << ": " << response.error_text;
        EXPECT_EQ(response.status, 200) << url;
        EXPECT_EQ(response.body, "<rss/>") << url;
        EXPECT_EQ(response.url, url);
        EXPECT_EQ(response.wire_bytes, 6U);
        EXPECT_FALSE(response.conditional);
    }
}

TEST(FileSource, DecodesPercentSigns) {
    const TempDir dir;
    dir.write("a b#%41\xC3\xBC.xml", "<rss/>");
    EXPECT_EQ(read("file://" + dir.path() + "/a%20b%23%2541%c3%BC.xml").body, "<rss/>");
    dir.write("100%.xml", "<rdf/>");
    EXPECT_EQ(read("file://" + dir.path() + "/100%.xml").body, "<rdf/>");
}

TEST(FileSource, AnswersThatAnUnchangedFileIsUnchanged) {
    const TempDir dir;
    const std::string url = "file://" + dir.write("feed.xml", "<rss/>");
    const Response first = read(url);
    ASSERT_NE(first.header("ETag"), nullptr);
    ASSERT_NE(first.header("Last-Modified"), nullptr);
    EXPECT_THAT(*first.header("Last-Modified"), HasSubstr(" GMT"));
    const Validators validators{.etag = *first.header("ETag"),
                                .last_modified = *first.header("Last-Modified")};
    const Response second = read(url, validators);
    EXPECT_EQ(second.status, 304);
    EXPECT_TRUE(second.conditional);
    EXPECT_TRUE(second.body.empty());

    dir.write("feed.xml", "<rss></rss>");
    EXPECT_EQ(read(url, validators).status, 200);
}

TEST(FileSource, SeesAChangeOfTheTimeAlone) {
    const TempDir dir;
    const std::string path = dir.write("feed.xml", "<rss/>");
    const Validators validators{.etag = *read("file://" + path).header("ETag")};
    const timespec times[2] = {{1'700'000'000, 1}, {1'700'000'000, 1}};
    ASSERT_EQ(utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
    const Response response = read("file://" + path, validators);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(*response.header("Last-Modified"), "Tue, 14 Nov 2023 22:13:20 GMT");
    EXPECT_EQ(*response.header("ETag"), "\"1700000000000000001-6\"");
}

TEST(FileSource, RefusesWhatIsNoReadableRegularFile) {
    const TempDir dir;
    dir.write("feed.xml", "<rss/>");
    ASSERT_EQ(mkfifo(dir.path("fifo").c_str(), 0600), 0);
    const std::tuple<const char*, std::string, const char*> table[] = {
        {"missing", "file://" + dir.path("none.xml"), "No such file or directory"},
        {"a directory", "file://" + dir.path(), "no regular file"},
        {"a FIFO", "file://" + dir.path("fifo"), "no regular file"},
        {"a device", "file:///dev/zero", "no regular file"},
        {"another host", "file://example.org/feed.xml", "host"},
        {"a relative path", "file:feed.xml", "absolute"},
        {"a NUL", "file://" + dir.path() + "/feed.xml%00.txt", "absolute"},
        {"nothing", "file://", "absolute"},
    };
    for (const auto& [name, url, text] : table) {
        const Response response = read(url);
        EXPECT_EQ(response.error, PollError::file) << name;
        EXPECT_THAT(response.error_text, HasSubstr(text)) << name;
        EXPECT_EQ(response.status, 0) << name;
        EXPECT_TRUE(response.headers.empty()) << name;
    }
    EXPECT_EQ(read("http://127.0.0.1/").error, PollError::refused);
}

TEST(FileSource, RefusesAFileThatIsTooLarge) {
    const TempDir dir;
    const std::string url = "file://" + dir.write("feed.xml", std::string(100, 'x'));
    EXPECT_EQ(read_file_feed(Request{.url = url, .max_body = 100}).status, 200);
    const Response response = read_file_feed(Request{.url = url, .max_body = 99});
    EXPECT_EQ(response.error, PollError::too_large);
    EXPECT_TRUE(response.body.empty());
}

}  // namespace

}  // namespace feedd::test
