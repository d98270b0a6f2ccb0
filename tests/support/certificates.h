// Certificates for tests, made as they run.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace feedd::test {

// PEM.
struct Identity {
    std::string certificate;
    std::string key;
};

struct Certified {
    std::string common_name = "localhost";
    std::vector<std::string> names{"DNS:localhost", "IP:127.0.0.1"};  // as OpenSSL writes them
    int from_day = -1;                                                // of validity, from today
    int to_day = 1;
};

// A certificate authority that nobody but the test has heard of.
class Authority {
  public:
    explicit Authority(const std::string& name = "Test Authority");
    ~Authority();
    Authority(const Authority&) = delete;
    Authority& operator=(const Authority&) = delete;

    [[nodiscard]] const std::string& certificate() const;  // PEM
    [[nodiscard]] Identity issue(const Certified& what = {}) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// Signed by itself.
[[nodiscard]] Identity self_signed(const Certified& what = {});

// The key encrypted, as PEM.
[[nodiscard]] std::string encrypted(const std::string& key, const std::string& passphrase);

}  // namespace feedd::test
