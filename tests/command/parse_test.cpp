// `feedd parse` as a program: what goes where, and how it ends.
#include <algorithm>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "support/process.h"
#include "support/temp_dir.h"

namespace feedd::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kFeed = 0;
constexpr int kNoFeed = 1;
constexpr int kUnusable = 2;

class ParseCommand : public ::testing::Test {
  protected:
    Finished parse(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "parse");
        return run_program(FEEDD_BINARY,
                           {.arguments = std::move(arguments), .directory = directory_.path()});
    }
    TempDir directory_;
};

constexpr std::string_view kFeedXml =
    "<rss version='2.0'><channel><title>T</title><item><link>1</link></item></channel></rss>";

TEST_F(ParseCommand, PrintsOneObjectALine) {
    directory_.write("a.xml", std::string(kFeedXml));
    directory_.write("b.xml", std::string(kFeedXml));
    const Finished done = parse({"--base", "https://e.org/f", "a.xml", "b.xml"});
    EXPECT_EQ(done.exit_code, kFeed);
    EXPECT_THAT(done.err, IsEmpty());
    std::istringstream lines(done.out);
    int count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        const auto json = nlohmann::json::parse(line);
        EXPECT_EQ(json["items"][0]["url"], "https://e.org/1");
    }
    EXPECT_EQ(count, 2);
}

TEST_F(ParseCommand, ReadsStandardInput) {
    const Finished done =
        run_program(FEEDD_BINARY, {.arguments = {"parse", "-"}, .input = std::string(kFeedXml)});
    EXPECT_EQ(done.exit_code, kFeed);
    EXPECT_THAT(done.out, HasSubstr("rss20"));
}

TEST_F(ParseCommand, SaysInOneLineThatADocumentIsNoFeed) {
    directory_.write("page.html", "<!DOCTYPE html><html><title>a\nb</title></html>");
    const Finished done = parse({"page.html"});
    EXPECT_EQ(done.exit_code, kNoFeed);
    EXPECT_THAT(done.out, IsEmpty());
    EXPECT_THAT(done.err, HasSubstr("page.html: not a feed"));
    EXPECT_EQ(std::count(done.err.begin(), done.err.end(), '\n'), 1);
}

TEST_F(ParseCommand, AnEmptyDocumentIsNoFeed) {
    directory_.write("empty.xml", "");
    EXPECT_EQ(parse({"empty.xml"}).exit_code, kNoFeed);
}

TEST_F(ParseCommand, WhatCannotBeReadEndsWith2) {
    for (const std::string file : {"missing.xml", "."}) {
        const Finished done = parse({file});
        EXPECT_EQ(done.exit_code, kUnusable) << file;
        EXPECT_THAT(done.out, IsEmpty()) << file;
        EXPECT_THAT(done.err, HasSubstr(file)) << file;
    }
}

TEST_F(ParseCommand, WrongUsageEndsWith2) {
    EXPECT_EQ(parse({}).exit_code, kUnusable);
    EXPECT_EQ(parse({"--no-such-option", "a.xml"}).exit_code, kUnusable);
}

TEST_F(ParseCommand, OneBadFileDoesNotStopTheOthers) {
    directory_.write("good.xml", std::string(kFeedXml));
    const Finished done = parse({"missing.xml", "good.xml"});
    EXPECT_EQ(done.exit_code, kUnusable);
    EXPECT_THAT(done.out, HasSubstr("rss20"));
}

}  // namespace
}  // namespace feedd::test
