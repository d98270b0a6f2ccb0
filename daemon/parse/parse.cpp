#include "parse/parse.h"

#include <utility>

#include "base/text.h"
#include "parse/clean_text.h"
#include "parse/discover.h"
#include "parse/encoding.h"
#include "parse/formats.h"
#include "parse/json_feed.h"
#include "parse/not_feed.h"
#include "parse/xml.h"

namespace feedd {

namespace {

bool looks_like_json(std::string_view text) {
    text = trim(text);
    return text.starts_with('{') || text.starts_with('[');
}

tl::unexpected<Error> no_feed(const ParseHints& hints, std::string what, std::string hint = {}) {
    return fail(ErrorKind::not_feed, hints.base, "not a feed: this is " + std::move(what),
                std::move(hint));
}

// Whatever its beginning was, this is how a feed ends.
bool ends_as_feed(std::string_view text) {
    const auto has = [text](std::string_view tag) { return text.find(tag) != text.npos; };
    return has("</channel>") || has("</rss>") || has("</feed>") || has("</rdf:RDF>");
}

Result<Document> parse_xml(std::string_view text, const ParseHints& hints,
                           const ParseLimits& limits) {
    const std::string description = describe_text(text.substr(0, 4096));
    FeedStream stream(hints, limits);
    auto tree = load_xml(text, limits, &stream);
    if (!tree) {
        if (tree.error().kind == ErrorKind::not_feed) return no_feed(hints, description);
        tree.error().where = hints.base;
        return tl::unexpected(std::move(tree.error()));
    }
    auto document = stream.document(tree->document);
    if (!document && is_html(tree->document)) {
        PageWords words = describe_page(read_page(text, hints.base));
        return no_feed(hints, std::move(words.what), std::move(words.hint));
    }
    if (!document && tree->recovered && ends_as_feed(text))
        document = parse_xml_feed(tree->document, hints, limits, true);
    if (!document) return no_feed(hints, describe_tree(tree->document));
    document->recovered = tree->recovered;
    document->cut_short = tree->cut_short;
    return std::move(*document);
}

// A feed inside of what is neither XML nor a JSON Feed: JSONP, JSON in a page, XML in a member of
// JSON, or behind something that a program printed as JSON.
Result<Document> parse_wrapped(std::string_view text, bool json, const ParseHints& hints,
                               const ParseLimits& limits) {
    if (!json) return parse_json_feed(text, hints, limits);
    if (const auto xml = xml_in_json(text, limits)) {
        // What JSON writes as \r or \u0000 nobody has cleaned yet.
        return parse_xml(cleaned(*xml).text.value_or(*xml), hints, limits);
    }
    return parse_xml(text, hints, limits);
}

bool may_be_wrapped(std::string_view text, bool json) {
    const auto names = [text](std::string_view what) { return text.find(what) != text.npos; };
    if (!json) return names("jsonfeed.org/version") || names("jsonfeed.org\\/version");
    return names("<rss") || names("<feed") || names("<rdf:RDF") || names("\\u003c");
}

Result<Document> parse_text(std::string_view text, const ParseHints& hints,
                            const ParseLimits& limits) {
    const bool json = looks_like_json(text);
    auto document = json ? parse_json_feed(text, hints, limits) : parse_xml(text, hints, limits);
    if (document || document.error().kind != ErrorKind::not_feed || !may_be_wrapped(text, json))
        return document;
    auto wrapped = parse_wrapped(text, json, hints, limits);
    if (!wrapped || wrapped->items.empty()) return document;  // it only speaks of feeds
    wrapped->recovered = true;
    return wrapped;
}

}  // namespace

Result<Document> parse(std::string_view bytes, const ParseHints& hints, const ParseLimits& limits) {
    if (bytes.size() > limits.max_bytes) {
        return fail(ErrorKind::refused, hints.base, "the document is too large",
                    "more than " + std::to_string(limits.max_bytes) + " bytes");
    }
    if (const auto kind = binary_kind(bytes); !kind.empty()) {
        return no_feed(hints, std::string(kind));
    }
    Decoded decoded = decode(bytes, hints.content_type);
    auto document = parse_text(decoded.text(), hints, limits);
    if (!document) return document;
    document->encoding = std::move(decoded.encoding);
    document->recovered = document->recovered || decoded.repaired;
    return document;
}

}  // namespace feedd
