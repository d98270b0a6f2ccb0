// Bytes of whatever character set → valid UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace feedd {

struct Decoded {
    // Valid UTF-8; no BOM; line ends are LF; no NUL and no other control character that XML 1.0
    // forbids. Not in NFC: URLs and ids must stay as they were written.
    [[nodiscard]] std::string_view text() const noexcept { return made ? *made : kept; }

    std::string_view kept;            // of the bytes, which must outlive it: most need no change
    std::optional<std::string> made;  // in the place of `kept`, where something had to change
    std::string encoding;             // what it was decoded from: IANA name, lower case
    // Bytes that were not of the encoding, an unknown or wrong encoding name, control characters.
    bool repaired = false;
};

// BOM, then the charset of the Content-Type header, then the XML declaration, then UTF-8
// (RFC 7303 §3, labels as in the WHATWG Encoding Standard), each checked against the bytes.
[[nodiscard]] Decoded decode(std::string_view bytes, std::string_view content_type);

}  // namespace feedd
