// feedd parse: what a document says, as JSON. For people who wonder, for tests and for scripts.
#include "parse/parse.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "command/command.h"
#include "command/common.h"
#include "command/document_json.h"

namespace feedd {

namespace {

// Not of sysexits.h, because scripts tell them apart by hand.
enum Exit : int { kIsFeed = 0, kNoFeed = 1, kUnusable = 2 };

struct Arguments {
    ParseHints hints;
    std::vector<std::string> files;
};

void complain(const std::string& file, std::string_view what, std::string_view hint = {}) {
    std::string line = "feedd: " + file + ": " + std::string(what);
    if (!hint.empty()) line.append(" (").append(hint).append(")");
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';  // one line, whatever a document says
    }
    std::fprintf(stderr, "%s\n", line.c_str());
}

std::string read_all(std::istream& in) {
    constexpr std::size_t kBlock = std::size_t{64} << 10U;
    std::string bytes;
    std::size_t size = 0;
    while (in) {
        bytes.resize(size + kBlock);
        in.read(bytes.data() + size, kBlock);
        size += static_cast<std::size_t>(in.gcount());
    }
    bytes.resize(size);
    return bytes;
}

Result<std::string> contents_of(const std::string& file) {
    if (file == "-") return read_all(std::cin);
    struct stat about {};
    if (stat(file.c_str(), &about) == 0 && S_ISDIR(about.st_mode)) {
        return fail(ErrorKind::io, file, "is a directory");
    }
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorKind::io, file, fmt::format("cannot be opened: {}", std::strerror(errno)));
    std::string bytes = read_all(in);
    if (in.bad()) return fail(ErrorKind::io, file, "cannot be read");
    return bytes;
}

Exit parse_one(const std::string& file, const ParseHints& hints) {
    const auto bytes = contents_of(file);
    if (!bytes) {
        complain(file, bytes.error().what);
        return kUnusable;
    }
    const auto document = parse(*bytes, hints);
    if (!document) {
        complain(file, document.error().what, document.error().hint);
        return kNoFeed;
    }
    const std::string line = json_text(to_json(*document));
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
    return kIsFeed;
}

// The worst of all files, so that a script sees that one was wrong.
int run(const Arguments& arguments) {
    int worst = kIsFeed;
    for (const std::string& file : arguments.files)
        worst = std::max<int>(worst, parse_one(file, arguments.hints));
    return worst;
}

}  // namespace

void add_parse(CLI::App& app, int& exit_code) {
    auto* command = app.add_subcommand("parse", "Show as JSON what a feed document says");
    auto arguments = std::make_shared<Arguments>();
    command
        ->add_option("--base", arguments->hints.base,
                     "URL the document came from: relative links are resolved against it")
        ->type_name("URL");
    command
        ->add_option("--content-type", arguments->hints.content_type,
                     "Content-Type header it came with: its charset outranks the XML declaration")
        ->type_name("VALUE");
    command
        ->add_option("--content-language", arguments->hints.content_language,
                     "Content-Language header it came with: the language where it names none")
        ->type_name("VALUE");
    command->add_option("FILE", arguments->files, "documents to read; - is standard input")
        ->required();
    command->footer(
        "Prints one JSON object a line for each FILE. Nothing is fetched; the format is told from\n"
        "the content. Exit status: 0 every FILE is a feed (it may have had to be repaired), 1 one\n"
        "is not, 2 wrong usage or one cannot be read.");
    command->callback([arguments, &exit_code] { exit_code = run(*arguments); });
}

}  // namespace feedd
