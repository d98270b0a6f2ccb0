// Feeds of every format from one description, so that a test knows exactly what must come out.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace feedd::test {

struct MadeItem {
    std::string guid;
    std::string link;
    std::string title;
    std::string text;       // one paragraph, no markup
    std::string byline;     // "Ann Lee and Bob Ray"
    std::string date;       // RFC 3339, UTC
    std::string enclosure;  // URL of an audio file of 1234 bytes
};

enum class MadeFormat { rss091, rss092, rss20, rss10, atom03, atom10, json10, json11 };

inline constexpr std::array kMadeFormats{MadeFormat::rss091, MadeFormat::rss092, MadeFormat::rss20,
                                         MadeFormat::rss10,  MadeFormat::atom03, MadeFormat::atom10,
                                         MadeFormat::json10, MadeFormat::json11};

// What the format can say at all.
struct Abilities {
    bool guid = true;
    bool author = true;
    bool date = true;
    bool enclosure = true;
};
[[nodiscard]] Abilities abilities(MadeFormat format);
[[nodiscard]] std::string_view content_type(MadeFormat format);
[[nodiscard]] std::string_view name(MadeFormat format);

[[nodiscard]] std::string made_feed(MadeFormat format, const std::string& title,
                                    const std::string& site, const std::vector<MadeItem>& items);
// RSS with one item; `word` is what everything in it is called.
[[nodiscard]] std::string feed_of(const std::string& word);

}  // namespace feedd::test
