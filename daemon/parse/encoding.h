// Bytes of whatever character set → valid UTF-8 in NFC.
#pragma once

#include <string>
#include <string_view>

namespace feedd {

struct Decoded {
    std::string text;      // valid UTF-8, NFC, no BOM, no NUL, no control characters of XML 1.0
    std::string encoding;  // what it was decoded from: IANA name, lower case
    // Bytes that were not of the encoding, an unknown or wrong encoding name, control characters.
    bool repaired = false;
};

// BOM, then the charset of the Content-Type header, then the XML declaration, then UTF-8
// (RFC 7303 §3, labels as in the WHATWG Encoding Standard), each checked against the bytes.
[[nodiscard]] Decoded decode(std::string_view bytes, std::string_view content_type);

}  // namespace feedd
