// Certificates and keys that the list names, looked at when it is read: what cannot be used is
// found then, with its place, and not by every poll.
#pragma once

#include <string>
#include <unordered_map>

#include "base/result.h"

namespace feedd {

// Remembers what it has looked at: a thousand feeds may name the same file. Errors that come from
// the file system are of kind not_found, the others of kind config.
class PemFiles {
  public:
    // One certificate at least, of an authority or of our own.
    [[nodiscard]] Result<void> check_certificate(const std::string& path);
    // An unencrypted private key, that of the first certificate in `certificate`.
    [[nodiscard]] Result<void> check_key(const std::string& path, const std::string& certificate);

  private:
    std::unordered_map<std::string, Result<void>> certificates_;
    std::unordered_map<std::string, Result<void>> keys_;  // by key and certificate
};

}  // namespace feedd
