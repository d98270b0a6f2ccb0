// The short way through simple lists gives what yaml-cpp gives.
#include "config/yaml.h"

#include <fstream>
#include <random>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace feedd {
namespace {

// Everything that the tree says, a node a line.
std::string spelt(YamlNode node, int depth = 0) {
    std::string out =
        fmt::format("{:{}}{} {}{}:{}", "", depth, static_cast<int>(node.kind()),
                    node.flow() ? "flow " : "", node.position().line, node.position().column);
    if (node.kind() == YamlKind::scalar)
        out += fmt::format(" {}[{}]", node.plain() ? "" : "quoted ", node.text());
    out += '\n';
    for (const YamlNode child : node)
        out += spelt(child, depth + 1);
    return out;
}

// nullopt: refused.
std::optional<std::string> by_yaml_cpp(const std::string& text) {
    Diagnostics out;
    out.begin_file("list");
    const auto tree = YamlTree::parse_any(text, out);
    if (!tree) return std::nullopt;
    return spelt(tree->root());
}

std::optional<std::string> simply(const std::string& text) {
    const auto tree = YamlTree::parse_simple(text);
    if (!tree) return std::nullopt;
    return spelt(tree->root());
}

const std::vector<std::string>& simple_lists() {
    static const std::vector<std::string> kLists{
        "feeds: []\n",
        "feeds:\n  - https://a.example/feed.xml\n  - http://b.example:8080/?a=b&c=%20d#top\n",
        "feeds:\n- https://a.example/\n- https://b.example/\nsearch: false\n",
        "# a list\n\nstore: /var/lib/feedd/feedd.db  # here\nfetch:\n  concurrency: 64\n"
        "  allow_private_addresses: [127.0.0.0/8, 10.0.0.0/8]\nfeeds:\n"
        "  # news\n  - url: https://a.example/\n    name: A name with blanks\n    tags: [x, y]\n\n"
        "  - url: \"https://b.example/?q=[x]\"\n    name: 'it is: quoted'\n"
        "    headers:\n      X-Key: abc-123\n      Accept: \"*/*\"\n"
        "  - {url: https://c.example/, name: c, interval: 1h, tags: [a, \"b c\", d]}\n",
        "defaults: {interval: 30m, auth: {user: me, password: \"${PW}\"}}\nfeeds:\n"
        "  -   url: https://a.example/\n      name: M\xC3\xBCller & S\xC3\xB6hne\n",
        "include: feeds.d/*.yaml\nfeeds:\n  - https://a.example/a:b:c/~me/x,y;z!(1)*'$+@\n",
        "a:\n  b:\n    c:\n      - d: e\n        f:\n        - g\n        - h: i\n    j: k\nl: m",
    };
    return kLists;
}

TEST(SimpleYaml, ReadsOrdinaryListsAsYamlCppDoes) {
    for (const std::string& text : simple_lists()) {
        const auto simple = simply(text);
        EXPECT_TRUE(simple) << "the long way is taken for\n" << text;
        EXPECT_EQ(simple, by_yaml_cpp(text)) << text;
    }
}

TEST(SimpleYaml, ReadsTheListThatIsShipped) {
    std::ifstream file(FEEDD_SOURCE_DIR "/feeds.yaml");
    std::ostringstream text;
    text << file.rdbuf();
    ASSERT_FALSE(text.str().empty());
    EXPECT_EQ(simply(text.str()), by_yaml_cpp(text.str()));
}

TEST(SimpleYaml, LeavesTheRestToYamlCpp) {
    for (const char* text : {"",
                             "feeds:\n",
                             "feeds:\nsearch: true\n",
                             "- a: b\n c: d\n",
                             "a: b\n  c: d\n",
                             "a: b\n  c\n",
                             "a: &x b\nc: *x\n",
                             "a: |\n  - b\n",
                             "a: >\n  b\n",
                             "a: \"b\n  c\"\n",
                             "a: 'it''s'\n",
                             "a: \"\\x41\"\n",
                             "a: null\n",
                             "a: ~\n",
                             "a: !x b\n",
                             "---\na: b\n",
                             "a: b\n---\nc: d\n",
                             "a: [b,\n  c]\n",
                             "a: {b, c: d}\n",
                             "a: [b: c]\n",
                             "a: [http://x/?y]\n",
                             "\ta: b\n",
                             "a: b\r\n",
                             "a: b: c\n",
                             "- - a\n",
                             "-\n  a\n",
                             "? a\n: b\n",
                             "a: [b,]\n",
                             "a: b #c\n  d\n",
                             "a: \"b\"c\n",
                             "a: [b]c\n",
                             "a: {b: }\n",
                             "a: {b: c\n",
                             "a: \"b\"#c\n",
                             "\"a\": b\n",
                             "a",
                             "feeds:\n  - a\n - b\n"})
        EXPECT_EQ(simply(text), std::nullopt) << text;
}

// Lists with some characters changed, put in or left out: the short way need not go through, but
// where it does, it leads to the same.
TEST(SimpleYaml, NeverReadsAnythingElse) {
    std::mt19937 random(1);
    constexpr std::string_view kCharacters = "  \n\n--::,,[]{}\"'#&*!|>%@?ab1/.~\\\t\r\xC3";
    int same = 0;
    for (int i = 0; i < 20'000; ++i) {
        const auto& lists = simple_lists();
        std::string text = lists[random() % lists.size()];
        for (unsigned edits = random() % 4 + 1; edits > 0; --edits) {
            const std::size_t at = random() % (text.size() + 1);
            switch (random() % 4) {
                case 0:
                    text.insert(at, 1, kCharacters[random() % kCharacters.size()]);
                    break;
                case 1:
                    if (at < text.size()) text[at] = kCharacters[random() % kCharacters.size()];
                    break;
                case 2:
                    text.erase(at, random() % 3 + 1);
                    break;
                default:
                    text.insert(at, text.substr(random() % text.size(), random() % 12));
            }
        }
        const auto simple = simply(text);
        if (!simple) continue;
        ++same;
        ASSERT_EQ(simple, by_yaml_cpp(text)) << text;
    }
    EXPECT_GT(same, 1000) << "the test tests nothing";
}

}  // namespace
}  // namespace feedd
