#include "parse/namespaces.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"

namespace feedd {

namespace {

using Entry = std::pair<std::string_view, Ns>;

template <std::size_t N>
constexpr std::array<Entry, N> sorted(std::array<Entry, N> entries) {
    std::sort(entries.begin(), entries.end(),
              [](const Entry& a, const Entry& b) { return a.first < b.first; });
    return entries;
}

template <std::size_t N>
std::optional<Ns> find(const std::array<Entry, N>& entries, std::string_view key) noexcept {
    const auto* at =
        std::lower_bound(entries.begin(), entries.end(), key,
                         [](const Entry& entry, std::string_view k) { return entry.first < k; });
    if (at == entries.end() || at->first != key) return std::nullopt;
    return at->second;
}

// In the form that `comparable` gives: lower case, without scheme and what trails.
constexpr auto kUris = sorted(std::to_array<Entry>({
    {"backend.userland.com/rss", Ns::rss},
    {"backend.userland.com/rss2", Ns::rss},
    {"backend.userland.com/rss2.1", Ns::rss},
    {"backend.userland.com/rss091", Ns::rss},
    {"backend.userland.com/rss092", Ns::rss},
    {"blogs.law.harvard.edu/tech/rss", Ns::rss},
    {"cyber.law.harvard.edu/rss", Ns::rss},
    {"cyber.law.harvard.edu/rss/rss.html", Ns::rss},
    {"www.rssboard.org/rss-specification", Ns::rss},
    {"purl.org/rss/1.0", Ns::rss},
    {"purl.org/net/rss1.1", Ns::rss},
    {"my.netscape.com/rdf/simple/0.9", Ns::rss},
    {"channel.netscape.com/rdf/simple/0.9", Ns::rss},
    {"my.netscape.com/publish/formats/rss-0.91.dtd", Ns::rss},
    {"example.com/newformat", Ns::rss},
    {"example.com/necho", Ns::atom},
    {"purl.org/echo", Ns::atom},
    {"uri/of/echo/namespace", Ns::atom},
    {"purl.org/pie", Ns::atom},
    {"purl.org/atom/ns", Ns::atom},
    {"purl.org/atom", Ns::atom},
    {"www.w3.org/2005/atom", Ns::atom},
    {"w3.org/2005/atom", Ns::atom},
    {"www.w3.org/2005/atom/ns", Ns::atom},
    {"purl.org/atom-blog/ns", Ns::atom},
    {"www.microsoft.com/standards/channels.dtd", Ns::cdf},
    {"www.w3.org/1999/02/22-rdf-syntax-ns", Ns::rdf},
    {"purl.org/dc/elements/1.1", Ns::dublin_core},
    {"purl.org/dc/elements/1.0", Ns::dublin_core},
    {"purl.org/dc", Ns::dublin_core},
    {"dublincore.org/documents/dcmi-namespace", Ns::dublin_core},
    {"purl.org/dc/terms", Ns::dcterms},
    {"purl.org/rss/1.0/modules/content", Ns::content},
    {"purl.org/rss/1.0/modules/content/encoded", Ns::content},
    {"search.yahoo.com/mrss", Ns::media},
    {"search.yahoo.com/rss", Ns::media},
    {"tools.search.yahoo.com/mrss", Ns::media},
    {"video.search.yahoo.com/mrss", Ns::media},
    {"api.search.yahoo.com/mrss", Ns::media},
    {"www.rssboard.org/media-rss", Ns::media},
    {"www.itunes.com/dtds/podcast-1.0.dtd", Ns::itunes},
    {"itunes.com/dtds/podcast-1.0.dtd", Ns::itunes},
    {"www.itunes.apple.com/dtds/podcast-1.0.dtd", Ns::itunes},
    {"www.apple.com/itunes/podcasts/rss.dtd", Ns::itunes},
    {"www.itunes.com/dtds/podcast-1.0", Ns::itunes},
    {"example.com/dtds/podcast-1.0.dtd", Ns::itunes},
    {"podcastindex.org/namespace/1.0", Ns::podcast},
    {"github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md", Ns::podcast},
    {"www.georss.org/georss", Ns::georss},
    {"www.georss.org/georss/10", Ns::georss},
    {"georss.org/georss", Ns::georss},
    {"www.opengis.net/gml", Ns::gml},
    {"www.opengis.net/gml/3.2", Ns::gml},
    {"www.w3.org/2003/01/geo/wgs84_pos", Ns::geo},
    {"purl.org/rss/1.0/modules/slash", Ns::slash},
    {"wellformedweb.org/commentapi", Ns::wfw},
    {"rssnamespace.org/feedburner/ext/1.0", Ns::feedburner},
    {"purl.org/rss/1.0/modules/syndication", Ns::syndication},
    {"backend.userland.com/creativecommonsrssmodule", Ns::creative_commons},
    {"cyber.law.harvard.edu/rss/creativecommonsrssmodule.html", Ns::creative_commons},
    {"web.resource.org/cc", Ns::creative_commons},
    {"creativecommons.org/ns", Ns::creative_commons},
    {"purl.org/syndication/thread/1.0", Ns::threading},
    {"podlove.org/simple-chapters", Ns::podlove},
    {"www.w3.org/1999/xhtml", Ns::xhtml},
    {"www.w3.org/tr/rec-html40", Ns::xhtml},
    {"www.w3.org/xml/1998/namespace", Ns::xml},
}));

constexpr auto kPrefixes = sorted(std::to_array<Entry>({
    {"atom", Ns::atom},
    {"atom10", Ns::atom},
    {"a10", Ns::atom},
    {"atom03", Ns::atom},
    {"rss", Ns::rss},
    {"rdf", Ns::rdf},
    {"dc", Ns::dublin_core},
    {"dcterms", Ns::dcterms},
    {"content", Ns::content},
    {"media", Ns::media},
    {"mrss", Ns::media},
    {"itunes", Ns::itunes},
    {"podcast", Ns::podcast},
    {"georss", Ns::georss},
    {"gml", Ns::gml},
    {"geo", Ns::geo},
    {"slash", Ns::slash},
    {"wfw", Ns::wfw},
    {"feedburner", Ns::feedburner},
    {"sy", Ns::syndication},
    {"syn", Ns::syndication},
    {"cc", Ns::creative_commons},
    {"creativecommons", Ns::creative_commons},
    {"thr", Ns::threading},
    {"psc", Ns::podlove},
    {"xhtml", Ns::xhtml},
    {"xml", Ns::xml},
}));

// Schemes vary (https), and so do what trails and upper and lower case.
std::string comparable(std::string_view uri) {
    std::string key = lower(trim(uri));
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (key.starts_with(scheme)) key.erase(0, scheme.size());
    }
    while (!key.empty() && (key.back() == '/' || key.back() == '#' || key.back() == '?'))
        key.pop_back();
    return key;
}

}  // namespace

Ns namespace_of_uri(std::string_view uri) {
    constexpr std::size_t kLongest = 200;  // no known one is longer: hostile input ends here
    if (uri.size() > kLongest) return Ns::foreign;
    const std::string key = comparable(uri);
    if (key.empty()) return Ns::none;
    return find(kUris, key).value_or(Ns::foreign);
}

std::optional<Ns> namespace_of_prefix(std::string_view prefix) noexcept {
    constexpr std::size_t kLongest = 16;
    if (prefix.size() > kLongest) return std::nullopt;
    std::array<char, kLongest> buffer{};
    std::transform(prefix.begin(), prefix.end(), buffer.begin(), to_lower);
    return find(kPrefixes, std::string_view(buffer.data(), prefix.size()));
}

}  // namespace feedd
