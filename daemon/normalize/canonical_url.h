#pragma once

#include <string>
#include <string_view>

namespace feedd {

// The form in which an article's address is kept and shown. It opens the same document as `url`:
// scheme and host in lower case and punycode; default port, credentials, fragment (but '#!…' and
// '#/…', which are routes), tracking parameters, session ids and AMP variants removed; addresses
// that only lead on to another replaced by that one; percent-encoding normalised (RFC 3986 §6.2.2);
// the remaining parameters in their order. "" for what is no http(s) URL. Idempotent.
[[nodiscard]] std::string canonical_url(std::string_view url);

// The form in which two addresses of one document are equal, though a browser might not open it:
// of a canonical URL, without scheme, "www." and its mobile and AMP kin, index pages, empty
// segments and slashes at the end, its parameters sorted. "" for "".
[[nodiscard]] std::string document_url_key(std::string_view canonical);

}  // namespace feedd
