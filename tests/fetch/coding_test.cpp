#include "fetch/coding.h"

#include <chrono>
#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

namespace feedd::test {

namespace {

using Decoded = tl::expected<std::string, std::pair<PollError, std::string>>;

constexpr std::uint64_t kRoomy = std::uint64_t{16} << 20U;
constexpr int kGzip = MAX_WBITS + 16;
constexpr int kZlib = MAX_WBITS;
constexpr int kRaw = -MAX_WBITS;

std::string deflated(const std::string& text, int wrapping) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, wrapping, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<unsigned>(text.size());
    stream.next_out = reinterpret_cast<unsigned char*>(out.data());
    stream.avail_out = static_cast<unsigned>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string gzipped(const std::string& text) {
    return deflated(text, kGzip);
}

std::string zstded(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

// Long and irregular enough to fill several output buffers.
std::string long_feed() {
    std::minstd_rand random(1);
    std::string text = "<rss>";
    while (text.size() < 300'000)
        text += "<item>" + std::to_string(random()) + "</item>";
    return text + "</rss>";
}

Decoded decoded(const std::vector<std::string>& codings, std::string body,
                std::uint64_t max_bytes = kRoomy) {
    Response response{.status = 200, .body = std::move(body)};
    for (const std::string& coding : codings)
        response.headers.push_back({"content-encoding", coding});
    return decoded_body(std::move(response), max_bytes);
}

const std::string kFeed = "<rss>hello</rss>";
// Of kFeed, and of a million zeros; by the brotli command.
const std::string kBrotli = "\x8F\x07\x80<rss>hello</rss>\x03";
const std::string kBrotliZeros = "\x5F\x3F\x42\x0F\x40\x02\x20\x1E\x0B\x24\x3F\xE7\x01";

TEST(DecodedBody, UndoesEveryCodingThatIsOffered) {
    const std::string feed = long_feed();
    struct Row {
        const char* name;
        std::vector<std::string> codings;
        std::string body;
    };
    const Row table[] = {
        {"none", {}, feed},
        {"identity", {"identity"}, feed},
        {"an empty value", {""}, feed},
        {"gzip", {"gzip"}, gzipped(feed)},
        {"x-gzip in capitals", {"X-GZIP"}, gzipped(feed)},
        {"deflate with zlib's wrapper", {"deflate"}, deflated(feed, kZlib)},
        {"deflate without", {"deflate"}, deflated(feed, kRaw)},
        {"zstd", {"zstd"}, zstded(feed)},
        {"zstd, two frames", {"zstd"}, zstded(feed.substr(0, 9)) + zstded(feed.substr(9))},
        {"gzip, two members", {"gzip"}, gzipped(feed.substr(0, 9)) + gzipped(feed.substr(9))},
        {"gzip in gzip", {"gzip, gzip"}, gzipped(gzipped(feed))},
        {"gzip in zstd, two header lines", {"gzip", "zstd"}, zstded(gzipped(feed))},
        {"gzip and identity", {"identity, gzip, identity"}, gzipped(feed)},
        {"gzip with garbage behind", {"gzip"}, gzipped(feed) + "<!-- served -->"},
        {"gzip with zeros behind", {"gzip"}, gzipped(feed) + std::string(512, '\0')},
        {"zstd with garbage behind", {"zstd"}, zstded(feed) + "\n"},
        {"gzip that nobody mentioned", {}, gzipped(feed)},
        {"gzip twice, mentioned once", {"gzip"}, gzipped(gzipped(feed))},
        {"gzip that is none", {"gzip"}, feed},
        {"deflate that is none", {"deflate"}, feed},
        {"br that is none", {"br"}, feed},
        {"zstd that is none", {"zstd"}, "\xEF\xBB\xBF\n" + feed},
        {"a charset for a coding", {"utf-8"}, feed},
        {"none for a coding", {"none"}, feed},
    };
    for (const Row& row : table) {
        const Decoded body = decoded(row.codings, row.body);
        ASSERT_TRUE(body) << row.name << ": " << body.error().second;
        const bool bom = body->starts_with("\xEF\xBB\xBF\n");
        EXPECT_EQ(body->substr(bom ? 4 : 0), feed) << row.name;
    }
    EXPECT_EQ(decoded({"br"}, kBrotli).value_or("broken"), kFeed);
}

TEST(DecodedBody, TakesAnEmptyBodyForWhatItIs) {
    for (const char* coding : {"gzip", "deflate", "br", "zstd", "identity"})
        EXPECT_EQ(decoded({coding}, "").value_or("broken"), "") << coding;
}

TEST(DecodedBody, NeverTakesATruncatedStreamForTheWhole) {
    const std::string feed = long_feed();
    const std::tuple<const char*, const char*, std::string> table[] = {
        {"gzip", "gzip", gzipped(feed)},
        {"zlib", "deflate", deflated(feed, kZlib)},
        {"raw", "deflate", deflated(feed, kRaw)},
        {"zstd", "zstd", zstded(feed)},
        {"brotli", "br", kBrotli},
    };
    for (const auto& [name, coding, whole] : table) {
        for (const std::size_t cut : {std::size_t{1}, whole.size() / 3, whole.size() - 3}) {
            const Decoded body = decoded({coding}, whole.substr(0, whole.size() - cut));
            ASSERT_FALSE(body) << name << " less " << cut;
            EXPECT_EQ(body.error().first, PollError::broken) << name << " less " << cut;
        }
    }
    const Decoded member = decoded({"gzip"}, gzipped(kFeed) + gzipped(kFeed).substr(0, 15));
    ASSERT_FALSE(member);
    EXPECT_EQ(member.error(), std::pair(PollError::broken, std::string("gzip body ends early")));
}

TEST(DecodedBody, SeesDamage) {
    const std::string feed = long_feed();
    for (const auto& [coding, whole] :
         {std::pair("gzip", gzipped(feed)), std::pair("deflate", deflated(feed, kZlib))}) {
        std::string damaged = whole;
        for (std::size_t i = 0; i < 12; ++i)
            damaged[whole.size() / 2 + i] = static_cast<char>(damaged[whole.size() / 2 + i] ^ 0x5A);
        const Decoded body = decoded({coding}, damaged);
        ASSERT_FALSE(body) << coding;
        EXPECT_EQ(body.error().first, PollError::broken) << coding;
    }
    std::string checksum = gzipped(feed);
    checksum[checksum.size() - 6] ^= 1;
    EXPECT_FALSE(decoded({"gzip"}, checksum));
    EXPECT_FALSE(decoded({"br"}, "\xFF\xFF\xFF\xFF nonsense"));
    EXPECT_FALSE(decoded({"zstd"}, "no frame at all"));
}

TEST(DecodedBody, RefusesMoreThanTwoLayers) {
    const Decoded body = decoded({"gzip, gzip, gzip"}, gzipped(gzipped(gzipped(kFeed))));
    ASSERT_FALSE(body);
    EXPECT_EQ(body.error().first, PollError::broken);
}

TEST(DecodedBody, KeepsToItsBudget) {
    const std::string feed = long_feed();
    EXPECT_TRUE(decoded({"gzip"}, gzipped(feed), feed.size()));
    for (const char* coding : {"gzip", "deflate", "zstd", "identity"}) {
        std::string body = feed;
        if (coding == std::string("gzip")) body = gzipped(feed);
        if (coding == std::string("deflate")) body = deflated(feed, kRaw);
        if (coding == std::string("zstd")) body = zstded(feed);
        const Decoded over = decoded({coding}, body, feed.size() - 1);
        ASSERT_FALSE(over) << coding;
        EXPECT_EQ(over.error().first, PollError::too_large) << coding;
    }
    EXPECT_FALSE(decoded({"br"}, kBrotli, kFeed.size() - 1));
    EXPECT_FALSE(decoded({"br"}, kBrotliZeros, 999'999));
    EXPECT_EQ(decoded({"br"}, kBrotliZeros, 1'000'000).value_or("").size(), 1'000'000U);
}

TEST(DecodedBody, CutsABombShort) {
    const std::string zeros(std::size_t{10} << 20U, '\0');
    const std::string member = gzipped(zeros);  // 10 KB that unpack to 10 MB
    std::string bomb;                           // 10 MB that unpack to 10 GB
    for (int i = 0; i < 1000; ++i)
        bomb += member;
    const auto started = std::chrono::steady_clock::now();
    for (const auto& [codings, body] :
         {std::pair(std::vector<std::string>{"gzip"}, bomb),
          std::pair(std::vector<std::string>{"gzip, gzip"}, gzipped(bomb)),
          std::pair(std::vector<std::string>{"gzip, zstd"}, zstded(bomb)),
          std::pair(std::vector<std::string>{"zstd"}, zstded(zeros)),
          std::pair(std::vector<std::string>{}, bomb)}) {
        const Decoded over = decoded(codings, body, std::uint64_t{4} << 20U);
        ASSERT_FALSE(over);
        EXPECT_EQ(over.error().first, PollError::too_large);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(5));
}

TEST(DecodedBody, RefusesAZstdWindowThatIsAllMemory) {
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 27);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    std::string out(4096, '\0');
    ZSTD_inBuffer in{kFeed.data(), kFeed.size(), 0};
    ZSTD_outBuffer to{out.data(), out.size(), 0};
    ZSTD_compressStream2(context, &to, &in, ZSTD_e_flush);
    ZSTD_compressStream2(context, &to, &in, ZSTD_e_end);
    ZSTD_freeCCtx(context);
    out.resize(to.pos);
    EXPECT_FALSE(decoded({"zstd"}, out));
}

}  // namespace

}  // namespace feedd::test
