// Documents and the many ways in which feeds spell their addresses: every spelling leads to its
// document (recall), and none to another (precision).
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "normalize/canonical_url.h"
#include "normalize/tracking_parameters.h"

namespace feedd {
namespace {

// An address in parts, as a publisher has it.
struct Place {
    std::string host;
    std::string path;
    std::string query;
    [[nodiscard]] std::string with(std::string_view scheme, std::string_view prefix,
                                   std::string_view suffix, std::string_view more) const {
        std::string url = fmt::format("{}://{}{}{}{}", scheme, prefix, host, path, suffix);
        if (!query.empty()) url += "?" + query;
        if (!more.empty()) url.append(query.empty() ? "?" : "&").append(more);
        return url;
    }
};

// What lies close together: numbers, dates, ids in paths and queries, sections, sites.
std::vector<Place> places() {
    std::vector<Place> all;
    for (const char* site :
         {"example.org", "news.example", "example.co.uk", "xn--bcher-kva.example"}) {
        for (int i = 1; i <= 10; ++i) {
            all.push_back({site, fmt::format("/2025/04/{:02}/some-words", i), ""});
            all.push_back({site, fmt::format("/story-{}.html", i), ""});
            all.push_back({site, fmt::format("/story-{}.html", i), "page=2"});
            all.push_back({site, "/", fmt::format("p={}", i)});
            all.push_back({site, "/article", fmt::format("id={}&section=world", i)});
            all.push_back({site, "/article", fmt::format("id={}&section=sport", i)});
            all.push_back({site, fmt::format("/watch/{}", i), "v=1"});
            all.push_back({site, fmt::format("/Watch/{}", i), "v=1"});
        }
    }
    return all;
}

std::vector<std::string> spellings(const Place& place) {
    std::vector<std::string> all;
    for (const char* scheme : {"http", "https", "HTTPS"}) {
        for (const char* prefix : {"", "www.", "m.", "amp."}) {
            for (const char* more :
                 {"", "utm_source=rss&utm_medium=feed", "fbclid=IwAR0", "utm_campaign=x#comments",
                  "source=rss", "amp=1", "outputType=amp", "PHPSESSID=0123456789"}) {
                all.push_back(place.with(scheme, prefix, "", more));
                if (place.path != "/") all.push_back(place.with(scheme, prefix, "/", more));
            }
        }
        all.push_back(place.with(scheme, "", ";jsessionid=1A2B", ""));
        all.push_back(place.with(scheme, "", "", "") + "#section-2");
        if (place.path.find('-') != std::string::npos) {
            all.push_back(place.with(scheme, "", "/amp/", ""));
            all.push_back(place.with(scheme, "", "/amp", "utm_source=amp"));
        }
    }
    std::string dots = place.with("https", "", "", "");
    dots.insert(dots.find(place.path, 9), "/./x/..");
    all.push_back(dots);
    std::string port = place.with("https", "", "", "");
    port.insert(8 + place.host.size(), ":443");
    all.push_back(port);
    std::string escaped = place.with("https", "", "", "");
    if (const auto e = escaped.find("/story"); e != std::string::npos)
        escaped.replace(e, 3, "/%73t");
    all.push_back(escaped);
    return all;
}

TEST(DocumentCorpus, EverySpellingLeadsToItsDocumentAndToNoOther) {
    std::map<std::string, std::size_t> document_of;  // by key
    std::size_t count = 0;
    const std::vector<Place> all = places();
    for (std::size_t i = 0; i < all.size(); ++i) {
        std::set<std::string> keys;
        for (const std::string& url : spellings(all[i])) {
            keys.insert(document_url_key(canonical_url(url)));
            ++count;
        }
        EXPECT_EQ(keys.size(), 1U) << all[i].with("https", "", "", "");
        for (const std::string& key : keys) {
            const auto [known, added] = document_of.emplace(key, i);
            EXPECT_TRUE(added) << key << " is of two documents";
        }
    }
    EXPECT_EQ(document_of.size(), all.size());
    EXPECT_GT(count, 50'000U);
}

TEST(TrackingParameters, AreReadFromTheirFile) {
    EXPECT_TRUE(is_tracking("utm_anything=1", "example.org"));
    EXPECT_TRUE(is_tracking("UTM_Source", "example.org"));
    EXPECT_TRUE(is_tracking("amp", "example.org"));
    EXPECT_TRUE(is_tracking("amp=", "example.org"));
    EXPECT_FALSE(is_tracking("amp=12", "example.org"));
    EXPECT_TRUE(is_tracking("source=rss-feed", "example.org"));
    EXPECT_FALSE(is_tracking("source=archive", "example.org"));
    EXPECT_TRUE(is_tracking("si=1", "www.youtube.com"));
    EXPECT_FALSE(is_tracking("si=1", "notyoutube.com"));
    EXPECT_FALSE(is_tracking("", "example.org"));
}

}  // namespace
}  // namespace feedd
