// Hashes, networks, log values and errors: small pure things.
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sysexits.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/network.h"
#include "base/result.h"

namespace feedd {
namespace {

TEST(DigestOfFields, TellsFieldsApart) {
    EXPECT_NE(Digest().field("a", "ab").field("b", "c").hex(),
              Digest().field("a", "a").field("b", "bc").hex());
    EXPECT_NE(Digest().field("a", "x").hex(), Digest().field("b", "x").hex());
    EXPECT_NE(Digest().field("a", "1:b:1:x").hex(), Digest().field("a", "1").field("b", "x").hex());
}

TEST(DigestOfFields, TakesEmptyFieldsForAbsent) {
    EXPECT_EQ(Digest().field("a", "x").field("b", "").hex(), Digest().field("a", "x").hex());
}

// Stored in databases: it must never change.
TEST(DigestOfFields, IsTheFirstHalfOfSha256) {
    EXPECT_EQ(Digest().hex(), "e3b0c44298fc1c149afbf4c8996fb924");
    EXPECT_EQ(Digest().field("a", "x").hex().size(), 32U);
    EXPECT_EQ(digest_of("abc"), Digest().field("body", "abc").hex());
}

TEST(QuickHash, DependsOnBytesAndSeed) {
    EXPECT_EQ(quick_hash("abc"), quick_hash(std::string("abc")));
    EXPECT_NE(quick_hash("abc"), quick_hash("abd"));
    EXPECT_NE(quick_hash("abc", 1), quick_hash("abc", 2));
    EXPECT_NE(quick_hash(std::string_view("a\0", 2)), quick_hash("a"));
}

// IPv4 as ::ffff:a.b.c.d.
in6_addr address(const std::string& text) {
    in6_addr out{};
    const std::string mapped = text.find(':') == std::string::npos ? "::ffff:" + text : text;
    EXPECT_EQ(inet_pton(AF_INET6, mapped.c_str(), &out), 1) << text;
    return out;
}

TEST(Network, ContainsItsAddressesOnly) {
    const struct {
        std::string_view network;
        std::string inside;
        std::string outside;
    } rows[] = {
        {"10.0.0.0/8", "10.255.255.255", "11.0.0.0"},
        {"192.168.4.0/22", "192.168.7.255", "192.168.8.0"},
        {"127.0.0.1", "127.0.0.1", "127.0.0.2"},
        {"127.0.0.1/32", "127.0.0.1", "127.0.0.0"},
        {"0.0.0.0/0", "255.255.255.255", "::1"},
        {"fd00::/8", "fdff::1", "fe00::"},
        {"fe80::/10", "febf::1", "fec0::"},
        {"::1", "::1", "::2"},
        {"::/0", "10.0.0.1", ""},
    };
    for (const auto& row : rows) {
        const auto network = parse_network(row.network);
        ASSERT_TRUE(network.has_value()) << row.network;
        EXPECT_TRUE(contains(*network, address(row.inside))) << row.network;
        if (!row.outside.empty()) {
            EXPECT_FALSE(contains(*network, address(row.outside))) << row.network;
        }
    }
}

TEST(Network, RefusesWhatIsNone) {
    for (const std::string_view text :
         {"", "10", "10.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.1/8",
          "10.0.0.0/8x", "::/129", "fd00::1/8", "example.org", "10.0.0.0/8/8", "010.0.0.1",
          " 10.0.0.1", "10.0.0.0/+8"}) {
        EXPECT_FALSE(parse_network(text).has_value()) << text;
    }
}

TEST(LogValue, CannotForgeALineOrColourATerminal) {
    EXPECT_EQ(log_value("plain"), "plain");
    EXPECT_EQ(log_value(""), "\"\"");
    EXPECT_EQ(log_value("two words"), "\"two words\"");
    EXPECT_EQ(log_value("a=b"), "\"a=b\"");
    EXPECT_EQ(log_value("say \"hi\"\\"), R"("say \"hi\"\\")");
    EXPECT_EQ(log_value("a\nlevel=error"), R"("a\x0alevel=error")");
    EXPECT_EQ(log_value("\x1B[31m"), R"("\x1b[31m")");
    EXPECT_EQ(log_value(std::string_view("\0\x7F", 2)), R"("\x00\x7f")");
    EXPECT_EQ(log_value("caf\xC3\xA9"), "caf\xC3\xA9");
}

// C1 control characters steer terminals as well (ECMA-48), and bad UTF-8 breaks readers of logs.
TEST(LogValue, LeavesNoControlCharactersOfUnicodeIn) {
    EXPECT_EQ(log_value("a\xC2\x9B"
                        "31m"),
              R"("a\xc2\x9b31m")");
    EXPECT_EQ(log_value("a\xE2\x80\xA8z"), R"("a\xe2\x80\xa8z")") << "line separator";
    EXPECT_EQ(log_value("a\xE2\x80\xAEz"), R"("a\xe2\x80\xaez")") << "right-to-left override";
    EXPECT_EQ(log_value("a\xFFz"), R"("a\xffz")");
}

TEST(ErrorMessage, NamesPlaceFaultAndRemedy) {
    EXPECT_EQ(message({.kind = ErrorKind::config, .where = "f:1", .what = "bad", .hint = "mend"}),
              "f:1: bad (mend)");
    EXPECT_EQ(message({.kind = ErrorKind::config, .where = "", .what = "bad", .hint = ""}), "bad");
}

TEST(ExitCode, FollowsSysexits) {
    const auto code = [](ErrorKind kind) {
        return exit_code({.kind = kind, .where = {}, .what = {}, .hint = {}});
    };
    EXPECT_EQ(code(ErrorKind::usage), EX_USAGE);
    EXPECT_EQ(code(ErrorKind::config), EX_CONFIG);
    EXPECT_EQ(code(ErrorKind::io), EX_IOERR);
    EXPECT_EQ(code(ErrorKind::internal), EX_SOFTWARE);
}

}  // namespace
}  // namespace feedd
