#include "config/pem.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/handle.h"
#include "config/diagnostic.h"
#include "config/file.h"

namespace feedd {

namespace {

using Bio = Handle<BIO, BIO_free_all>;
using Certificate = Handle<X509, X509_free>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;

// libssl reports through a queue of the thread, which must not be left to whoever comes next.
struct ErrorQueue {
    ErrorQueue() { ERR_clear_error(); }
    ~ErrorQueue() { ERR_clear_error(); }
    ErrorQueue(const ErrorQueue&) = delete;
    ErrorQueue& operator=(const ErrorQueue&) = delete;
};

Bio reader_of(const std::string& text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

tl::unexpected<Error> refusal(const std::string& path, std::string_view why,
                              std::string hint = {}) {
    return fail(ErrorKind::config, {}, fmt::format("{} {}", in_quotes(path), why), std::move(hint));
}

Result<std::string> text_of(const std::string& path) {
    auto text = read_small_file(path);
    if (text) return text;
    return fail(text.error().kind, {}, fmt::format("{}: {}", in_quotes(path), text.error().what),
                text.error().hint);
}

Certificate first_certificate(const std::string& text) {
    return Certificate(PEM_read_bio_X509_AUX(reader_of(text).get(), nullptr, nullptr, nullptr));
}

Result<void> certificate_in(const std::string& path) {
    const ErrorQueue queue;
    const auto text = text_of(path);
    if (!text) return tl::unexpected(text.error());
    if (first_certificate(*text)) return {};
    return refusal(path, "has no certificate in it",
                   "it must be PEM: -----BEGIN CERTIFICATE----- and so on");
}

// Called by OpenSSL for an encrypted key: says so, and gives no passphrase.
int note_encryption(char* /*buffer*/, int /*size*/, int /*writing*/, void* encrypted) {
    *static_cast<bool*>(encrypted) = true;
    return -1;
}

Result<void> key_in(const std::string& path, const std::string& certificate_path) {
    const ErrorQueue queue;
    const auto text = text_of(path);
    if (!text) return tl::unexpected(text.error());
    bool encrypted = false;
    const Key key(
        PEM_read_bio_PrivateKey(reader_of(*text).get(), nullptr, note_encryption, &encrypted));
    if (encrypted) {
        return refusal(
            path, "has an encrypted key, and nobody to ask for the passphrase",
            "openssl pkey -in KEY -out PLAIN writes one without, for feedd alone to read");
    }
    if (!key) {
        return refusal(path, "has no private key in it",
                       "it must be PEM: -----BEGIN PRIVATE KEY----- and so on");
    }
    const auto certificate_text = text_of(certificate_path);
    if (!certificate_text) return tl::unexpected(certificate_text.error());
    const Certificate certificate = first_certificate(*certificate_text);
    if (certificate && X509_check_private_key(certificate.get(), key.get()) != 1)
        return refusal(
            path, fmt::format("has a key that is not that of {}", in_quotes(certificate_path)));
    return {};
}

}  // namespace

Result<void> PemFiles::check_certificate(const std::string& path) {
    auto found = certificates_.find(path);
    if (found == certificates_.end())
        found = certificates_.emplace(path, certificate_in(path)).first;
    return found->second;
}

Result<void> PemFiles::check_key(const std::string& path, const std::string& certificate) {
    const std::string both = path + '\0' + certificate;
    auto found = keys_.find(both);
    if (found == keys_.end()) found = keys_.emplace(both, key_in(path, certificate)).first;
    return found->second;
}

}  // namespace feedd
