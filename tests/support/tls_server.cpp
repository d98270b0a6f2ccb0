#include "support/tls_server.h"

#include <mutex>
#include <optional>
#include <stdexcept>

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/handle.h"
#include "support/tcp_server.h"

namespace feedd::test {

namespace {

using Context = Handle<SSL_CTX, SSL_CTX_free>;
using Connection = Handle<SSL, SSL_free>;
using Bio = Handle<BIO, BIO_free_all>;
using Certificate = Handle<X509, X509_free>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;

Bio reader_of(const std::string& pem) {
    return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

Certificate certificate_of(const std::string& pem) {
    return Certificate(PEM_read_bio_X509(reader_of(pem).get(), nullptr, nullptr, nullptr));
}

// The protocol that was set, if the client offers it.
int choose_protocol(SSL* /*connection*/, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void* wanted) {
    const auto& name = *static_cast<const std::string*>(wanted);
    std::string list(1, static_cast<char>(name.size()));
    list += name;
    auto* out = const_cast<unsigned char*>(*chosen);
    const int result =
        SSL_select_next_proto(&out, size, reinterpret_cast<const unsigned char*>(list.data()),
                              static_cast<unsigned int>(list.size()), offered, offered_size);
    // `out` may point into `list`, which ends here.
    if (result != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
    *chosen = reinterpret_cast<const unsigned char*>(name.data());
    return SSL_TLSEXT_ERR_OK;
}

std::string common_name(const SSL* connection) {
    const Certificate certificate(SSL_get1_peer_certificate(connection));
    if (!certificate) return {};
    char name[200] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name,
                              sizeof name);
    return name;
}

TlsClient client_of(SSL* connection) {
    const unsigned char* protocol = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(connection, &protocol, &size);
    return {.name = common_name(connection),
            .protocol = {reinterpret_cast<const char*>(protocol), size}};
}

// Whatever has come from `from` goes to `to`; false: one of the two is at its end.
bool pass_on(SSL* tls, int plain, bool from_client) {
    char buffer[16384];
    if (from_client) {
        do {
            const int count = SSL_read(tls, buffer, sizeof buffer);
            if (count <= 0) return false;
            if (::send(plain, buffer, static_cast<std::size_t>(count), MSG_NOSIGNAL) != count)
                return false;
        } while (SSL_pending(tls) > 0);
        return true;
    }
    const ssize_t count = ::recv(plain, buffer, sizeof buffer, 0);
    return count > 0 && SSL_write(tls, buffer, static_cast<int>(count)) == count;
}

void tunnel(SSL* tls, std::uint16_t port) {
    const int plain = connected_to("127.0.0.1", port);
    bool open = plain >= 0;
    while (open) {
        pollfd ends[] = {{SSL_get_fd(tls), POLLIN, 0}, {plain, POLLIN, 0}};
        if (::poll(ends, 2, -1) < 0) break;
        if (ends[0].revents != 0) open = pass_on(tls, plain, true);
        if (open && ends[1].revents != 0) open = pass_on(tls, plain, false);
    }
    if (plain >= 0) ::close(plain);
}

}  // namespace

struct TlsServer::Impl {
    Impl(const TlsSettings& settings, Conversation with)
        : protocol(settings.protocol), context(SSL_CTX_new(TLS_server_method())) {
        conversation = std::move(with);
        take_identity(settings.identity);
        if (settings.highest_version != 0) speak_at_most(settings.highest_version);
        if (!protocol.empty())
            SSL_CTX_set_alpn_select_cb(context.get(), choose_protocol, &protocol);
        if (!settings.client_authority.empty()) ask_clients(settings.client_authority);
        server.emplace(settings.address, settings.port, [this](int fd) { talk(fd); });
    }

    void take_identity(const Identity& identity) {
        const Certificate own = certificate_of(identity.certificate);
        const Key key(
            PEM_read_bio_PrivateKey(reader_of(identity.key).get(), nullptr, nullptr, nullptr));
        if (SSL_CTX_use_certificate(context.get(), own.get()) != 1 ||
            SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1)
            throw std::runtime_error("no identity to serve with");
    }

    // Level 0: at its own, Debian's OpenSSL speaks nothing below TLS 1.2.
    void speak_at_most(int version) {
        SSL_CTX_set_security_level(context.get(), 0);
        SSL_CTX_set_min_proto_version(context.get(), 0);
        SSL_CTX_set_max_proto_version(context.get(), version);
    }

    void ask_clients(const std::string& authority_pem) {
        const Certificate authority = certificate_of(authority_pem);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), authority.get());
        SSL_CTX_add_client_CA(context.get(), authority.get());
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
        constexpr unsigned char kSessions[] = "test";
        SSL_CTX_set_session_id_context(context.get(), kSessions, sizeof kSessions);
    }

    void talk(int fd) {
        const Connection connection(SSL_new(context.get()));
        SSL_set_fd(connection.get(), fd);
        if (SSL_accept(connection.get()) == 1) {
            {
                const std::lock_guard lock(mutex);
                clients.push_back(client_of(connection.get()));
            }
            conversation(connection.get());
            SSL_shutdown(connection.get());
        }
        ERR_clear_error();
    }

    std::string protocol;
    Context context;
    Conversation conversation;
    mutable std::mutex mutex;
    std::vector<TlsClient> clients;
    std::optional<TcpServer> server;  // the last: its threads use the others
};

TlsServer::TlsServer(const TlsSettings& settings, Conversation conversation)
    : impl_(std::make_unique<Impl>(settings, std::move(conversation))) {}

TlsServer::~TlsServer() = default;

std::uint16_t TlsServer::port() const {
    return impl_->server->port();
}

std::string TlsServer::url(std::string_view path, std::string_view host) const {
    return "https://" + std::string(host) + ":" + std::to_string(port()) + std::string(path);
}

std::vector<TlsClient> TlsServer::clients() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->clients;
}

int TlsServer::connections() const {
    return impl_->server->connections();
}

TlsFront::TlsFront(const HttpServer& behind, const TlsSettings& settings)
    : TlsServer(settings, [port = behind.port()](SSL* connection) { tunnel(connection, port); }) {}

}  // namespace feedd::test
