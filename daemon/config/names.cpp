#include "config/names.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "base/url.h"
#include "config/diagnostic.h"

namespace feedd {

namespace {

constexpr std::size_t kMaxName = 100;  // bytes: a name is for a column of a table

// Segments of a path that say "this is a feed" and not which one.
bool is_generic(std::string_view segment) {
    static constexpr std::array<std::string_view, 12> kGeneric{
        "feed", "feeds", "rss",   "rss2",        "atom",    "rdf",
        "xml",  "json",  "index", "syndication", "default", "main"};
    segment = segment.substr(0, segment.rfind('.'));
    for (const std::string_view word : kGeneric) {
        if (iequals(segment, word)) return true;
    }
    return segment.empty();
}

std::string_view without_extension(std::string_view segment) {
    static constexpr std::array<std::string_view, 7> kExtensions{".xml",  ".rss",  ".atom", ".rdf",
                                                                 ".json", ".html", ".php"};
    for (const std::string_view extension : kExtensions) {
        if (segment.size() > extension.size() && segment.ends_with(extension)) {
            return segment.substr(0, segment.size() - extension.size());
        }
    }
    return segment;
}

std::string short_name(std::string_view host, std::string_view path) {
    std::string out(host);
    for (const std::string_view segment : split(path, '/')) {
        if (is_generic(segment)) continue;
        if (!out.empty()) out += '/';
        out += without_extension(segment);
    }
    return out;
}

}  // namespace

Result<std::string> read_name(std::string_view written) {
    const std::string_view name = trim(written);
    const auto refuse = [&](std::string_view why) {
        return fail(ErrorKind::config, {}, fmt::format("{} is no name: {}", in_quotes(name), why));
    };
    if (name.empty()) return refuse("it is empty");
    if (name.size() > kMaxName) return refuse(fmt::format("longer than {} bytes", kMaxName));
    if (name.starts_with('-')) return refuse("the command line would take it for an option");
    const bool printable = std::none_of(name.begin(), name.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (!printable) return refuse("it has a control character in it");
    return std::string(name);
}

std::string derived_name(std::string_view url, int level) {
    const UrlParts parts = split_url(url);
    std::string host = lower(parts.authority.value_or(""));
    if (host.starts_with("www.")) host.erase(0, 4);
    std::string_view path = parts.path;
    // Of a local file its name tells more than where it lies.
    if (host.empty() && level == 0) path = path.substr(path.rfind('/') + 1);
    std::string out = level == 0 ? short_name(host, path) : host + std::string(path);
    if (out.empty()) out = without_extension(path);
    if (level >= 2 && parts.query) out.append("?").append(*parts.query);
    out = truncate_utf8(out, kMaxName);
    if (level == kNameLevels - 1) out += fmt::format("~{:08x}", quick_hash(url) & 0xFFFFFFFFU);
    return out;
}

}  // namespace feedd
