// Unicode's normalization form C of HTML: of what is read, not of addresses.
#pragma once

#include <string>

namespace feedd {

// `html` is what `sanitize_html` or `html_from_text` made. Texts and titles are brought into NFC;
// addresses, which other characters would make others, get what is not in NFC percent-encoded.
// The result as a whole is in NFC, and stays as it is if it is sanitised again.
[[nodiscard]] std::string nfc_html(std::string html);

}  // namespace feedd
