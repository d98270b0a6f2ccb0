#include "support/certificates.h"

#include <atomic>
#include <stdexcept>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/handle.h"

namespace feedd::test {

namespace {

using Certificate = Handle<X509, X509_free>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;
using Bio = Handle<BIO, BIO_free_all>;
using Extension = Handle<X509_EXTENSION, X509_EXTENSION_free>;

void must(bool done, const char* what) {
    if (!done) throw std::runtime_error(std::string("OpenSSL: ") + what);
}

std::string text_of(const Bio& bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string pem_of(X509* certificate) {
    const Bio bio(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_X509(bio.get(), certificate) == 1, "cannot write a certificate");
    return text_of(bio);
}

std::string pem_of(EVP_PKEY* key) {
    const Bio bio(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
         "cannot write a key");
    return text_of(bio);
}

Key new_key() {
    Key key(EVP_EC_gen("P-256"));
    must(key != nullptr, "cannot make a key");
    return key;
}

void extend(X509* certificate, int kind, const std::string& value) {
    const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str()));
    must(extension && X509_add_ext(certificate, extension.get(), -1) == 1, value.c_str());
}

Certificate unsigned_certificate(const Certified& what, EVP_PKEY* key) {
    static std::atomic<long> serial{1};
    constexpr long kDay = 86400;
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), what.from_day * kDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), what.to_day * kDay);
    X509_set_pubkey(certificate.get(), key);
    const auto* name = reinterpret_cast<const unsigned char*>(what.common_name.c_str());
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8, name,
                               -1, -1, 0);
    std::string names;
    for (const std::string& each : what.names)
        names += (names.empty() ? "" : ",") + each;
    if (!names.empty()) extend(certificate.get(), NID_subject_alt_name, names);
    return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* key) {
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    must(X509_sign(certificate, key, EVP_sha256()) > 0, "cannot sign");
}

}  // namespace

struct Authority::Impl {
    Key key;
    Certificate certificate;
    std::string pem;
};

Authority::Authority(const std::string& name) : impl_(std::make_unique<Impl>()) {
    impl_->key = new_key();
    impl_->certificate = unsigned_certificate({.common_name = name, .names = {}}, impl_->key.get());
    extend(impl_->certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    sign(impl_->certificate.get(), impl_->certificate.get(), impl_->key.get());
    impl_->pem = pem_of(impl_->certificate.get());
}

Authority::~Authority() = default;

const std::string& Authority::certificate() const {
    return impl_->pem;
}

Identity Authority::issue(const Certified& what) const {
    const Key key = new_key();
    const Certificate certificate = unsigned_certificate(what, key.get());
    sign(certificate.get(), impl_->certificate.get(), impl_->key.get());
    return {pem_of(certificate.get()), pem_of(key.get())};
}

Identity self_signed(const Certified& what) {
    const Key key = new_key();
    const Certificate certificate = unsigned_certificate(what, key.get());
    sign(certificate.get(), certificate.get(), key.get());
    return {pem_of(certificate.get()), pem_of(key.get())};
}

std::string encrypted(const std::string& key, const std::string& passphrase) {
    const Bio from(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
    const Key plain(PEM_read_bio_PrivateKey(from.get(), nullptr, nullptr, nullptr));
    must(plain != nullptr, "no key");
    const Bio bio(BIO_new(BIO_s_mem()));
    must(PEM_write_bio_PKCS8PrivateKey(bio.get(), plain.get(), EVP_aes_128_cbc(), passphrase.data(),
                                       static_cast<int>(passphrase.size()), nullptr, nullptr) == 1,
         "cannot write an encrypted key");
    return text_of(bio);
}

}  // namespace feedd::test
