// URLs of the list that may have a user name and a password in them.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "config/environment.h"
#include "model/secret.h"

namespace feedd {

struct SecretUrl {
    std::string url;         // without user name and password
    bool filled_in = false;  // a ${…} stood elsewhere than in user name and password
    bool with_user = false;
    Secret user;      // decoded
    Secret password;  // decoded, "" where none is written
};

// `written` with its ${…} filled in, and taken apart. Values are percent-encoded where they stand
// for a user name or a password, which may hold any character; elsewhere they may be whole pieces
// of a URL. Refuses what is empty, too long or has white space in it. Errors quote the URL as
// written, without its credentials.
[[nodiscard]] Result<SecretUrl> read_secret_url(std::string_view written,
                                                const Environment& environment);

// What errors may show of a URL as written: no user name and no password.
[[nodiscard]] std::string without_secrets(std::string_view written);

// Somebody's password may have a '/', '?' or '#' that ends the authority before its '@', as in
// "http://me:pa/ss@host/", or stand in a URL without scheme: "me:pa/ss@host".
[[nodiscard]] bool may_have_cut_password(std::string_view url);

}  // namespace feedd
