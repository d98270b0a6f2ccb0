// auth, proxy, ca_file and client certificates: what is read, and what is refused with its place.
#include <string>

#include <gmock/gmock.h>

#include "config/lists.h"
#include "support/certificates.h"

namespace feedd::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class AccessOfAFeed : public testing::Test {
  protected:
    AccessOfAFeed() {
        lists_.file("ca.pem", authority_.certificate())
            .file("reader.crt", reader_.certificate)
            .file("reader.key", reader_.key)
            .file("both.pem", reader_.certificate + reader_.key)
            .file("other.key", authority_.issue().key)
            .file("locked.key", encrypted(reader_.key, "passphrase"))
            .file("empty.pem", "")
            .file("credentials/token", "t0ken\n")
            .file("credentials/dos", "t0ken\r\n")
            .file("credentials/lines", "one\ntwo\n")
            .variable("CREDENTIALS_DIRECTORY", lists_.path("credentials"))
            .variable("SECRET", "s3cret")
            .variable("COLON", "s3:cret")
            .variable("LINES", "s3cret\r\nX-Evil: 1");
    }

    Access loaded(const std::string& keys) {
        const auto config = lists_.file("feeds.yaml", list_of(keys)).load();
        EXPECT_TRUE(config) << lists_.errors();
        return config ? config->feeds.at(0).access : Access{};
    }
    std::string errors(const std::string& keys) {
        return lists_.file("feeds.yaml", list_of(keys)).errors();
    }
    static std::string list_of(const std::string& keys) {
        return "feeds:\n  - url: https://a.org/\n    " + keys + "\n";
    }

    Authority authority_;
    Identity reader_ = authority_.issue({.common_name = "reader", .names = {}});
    Lists lists_;
};

TEST_F(AccessOfAFeed, HasAnAuthorizationMadeOfItsAuth) {
    const std::pair<const char*, const char*> table[] = {
        {"auth: {user: Aladdin, password: open sesame}", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
        {"auth: {user: \"${SECRET}\", password: \"\"}", "Basic czNjcmV0Og=="},
        {"auth: {user: \"\", password: \"${COLON}\"}", "Basic OnMzOmNyZXQ="},
        {"auth: {token: \"${SECRET}\"}", "Bearer s3cret"},
        {"auth: {token: \"${credential:token}\"}", "Bearer t0ken"},
        {"auth: {token: \"${credential:dos}\"}", "Bearer t0ken"},
        {"auth: {token: \"x${credential:token}$$\"}", "Bearer xt0ken$"},
    };
    for (const auto& [keys, expected] : table) {
        EXPECT_THAT(loaded(keys).headers,
                    ElementsAre(SecretHeader{"Authorization", Secret(expected)}))
            << keys;
    }
}

TEST_F(AccessOfAFeed, HasAProxyWithoutTheEnvironment) {
    lists_.variable("https_proxy", "http://other.example:1");
    EXPECT_EQ(loaded("name: x").proxy, std::nullopt);
    struct Row {
        const char* written;
        const char* url;
        const char* user;
        const char* password;
    };
    const Row table[] = {
        {"http://proxy.example:3128", "http://proxy.example:3128", "", ""},
        {"HTTPS://Proxy.example:443/", "https://proxy.example:443", "", ""},
        {"socks5h://[fd00::1]:1080", "socks5h://[fd00::1]:1080", "", ""},
        {"socks5://10.0.0.1:1080", "socks5h://10.0.0.1:1080", "", ""},
        {"\"http://me:${COLON}@proxy.example:80\"", "http://proxy.example:80", "me", "s3:cret"},
        {"\"socks5h://a%3Ab:${credential:token}@p.example:1\"", "socks5h://p.example:1", "a:b",
         "t0ken"},
    };
    for (const Row& row : table) {
        const auto proxy = loaded(std::string("proxy: ") + row.written).proxy;
        ASSERT_TRUE(proxy) << row.written;
        EXPECT_EQ(*proxy, (Proxy{row.url, Secret(row.user), Secret(row.password)})) << row.written;
    }
}

TEST_F(AccessOfAFeed, HasPathsThatAreSeenFromTheList) {
    lists_.variable("DIRECTORY", lists_.path());
    const Access access = loaded(
        "ca_file: ca.pem\n"
        "    client_certificate: ./reader.crt\n"
        "    client_key: ${DIRECTORY}/reader.key");
    EXPECT_EQ(access.ca_file, lists_.path("ca.pem"));
    EXPECT_EQ(access.client_certificate, lists_.path("reader.crt"));
    EXPECT_EQ(access.client_key, lists_.path("reader.key"));
}

TEST_F(AccessOfAFeed, MayHaveItsKeyInTheFileOfItsCertificate) {
    const Access access = loaded("client_certificate: both.pem");
    EXPECT_EQ(access.client_certificate, lists_.path("both.pem"));
    EXPECT_EQ(access.client_key, lists_.path("both.pem"));
}

TEST_F(AccessOfAFeed, HasTheRouteOfTheDefaultsUnlessItSaysOtherwise) {
    lists_.file("feeds.yaml", R"yaml(
defaults: {proxy: "http://p.example:3128", ca_file: ca.pem}
feeds:
  - https://a.org/
  - {url: https://b.org/, proxy: none}
  - {url: https://c.org/, proxy: "socks5h://q.example:1080", ca_file: both.pem}
)yaml");
    const auto config = lists_.load();
    ASSERT_TRUE(config) << lists_.errors();
    const auto access = [&](std::size_t i) { return config->feeds.at(i).access; };
    EXPECT_EQ(access(0).proxy->url, "http://p.example:3128");
    EXPECT_EQ(access(0).ca_file, lists_.path("ca.pem"));
    EXPECT_EQ(access(1).proxy, std::nullopt);
    EXPECT_EQ(access(1).ca_file, lists_.path("ca.pem"));
    EXPECT_EQ(access(2).proxy->url, "socks5h://q.example:1080");
    EXPECT_EQ(access(2).ca_file, lists_.path("both.pem"));
}

TEST_F(AccessOfAFeed, IsRefusedWithPlaceAndHintWhereItCannotBeUsed) {
    const std::pair<const char*, const char*> table[] = {
        {"auth: {user: me}",
         "3:11: auth has no password (write user and password, or token; an "
         "empty one is \"\")"},
        {"auth: {password: x}",
         "3:11: auth has no user (write user and password, or token; an empty one is \"\")"},
        {"auth: {}",
         "3:11: auth has no user (write user and password, or token; an empty one is \"\")"},
        {"auth:", "3:5: auth has no value (write user and password, or token)"},
        {"auth: me:s3cret",
         "3:11: 'auth' is a single value, not a map (its keys: user, "
         "password, token)"},
        {"auth: {usr: me, password: x}",
         "3:12: unknown key 'usr' in 'auth' (did you mean 'user'?)"},
        {"auth: {user: a, password: b, token: c}",
         "3:34: auth has both a token and a user or password (remove one of them)"},
        {"auth: {user: \"${COLON}\", password: b}",
         "3:18: user: a user name with a ':' cannot be sent (what follows it would be taken for "
         "the password)"},
        {"auth: {user: a, password: \"${LINES}\"}",
         "3:31: password: the value has a control character in it (one line without tabs)"},
        {"auth: {token: \"${credential:lines}\"}",
         "3:19: token: the value has a control character in it (one line without tabs)"},
        {"auth: {token: \"Bearer s3cret\"}",
         "3:19: token: a token has no blank in it (without 'Bearer', which feedd sends itself; "
         "for other schemes write headers: {Authorization: …})"},
        {"auth: {token: \"\"}", "3:19: token: the value is empty"},
        {"auth: {token: \"${MISSING}\"}",
         "3:19: token: the environment variable 'MISSING' is not set (set it, or write $$ for a "
         "dollar sign)"},
        {"auth: {token: \"${credential:missing}\"}",
         "3:19: token: the credential 'missing': cannot be read: No such file or "
         "directory (the unit needs LoadCredential=missing:/path/of/a/file)"},
        {"auth: {token: \"${credential:../ca.pem}\"}",
         "3:19: token: '../ca.pem' cannot be the name of a credential (write "
         "${credential:NAME})"},
        {"headers: {authorization: x}\n    auth: {token: y}",
         "4:5: this feed has auth, and an Authorization in 'headers' (remove one of them)"},

        {"proxy: proxy.example:3128",
         "3:12: proxy: 'proxy.example:3128' is no proxy that can be used (write none, or http://, "
         "https://, socks5:// or socks5h:// with host and port)"},
        {"proxy: socks4://me:s3cret@p.example:1",
         "3:12: proxy: 'socks4://p.example:1' is no proxy that can be used (write none, or "
         "http://, https://, socks5:// or socks5h:// with host and port)"},
        {"proxy: http://me:s3cret@p.example",
         "3:12: proxy: 'http://p.example' has no port (add it: 3128 or 8080 for most proxies, "
         "1080 for SOCKS)"},
        {"proxy: \"http://[::1]\"",
         "3:12: proxy: 'http://[::1]' has no port (add it: 3128 or 8080 for most proxies, 1080 "
         "for SOCKS)"},
        {"proxy: http://p.example:3128/x",
         "3:12: proxy: 'http://p.example:3128/x' has something behind host and port (remove it)"},
        {"proxy: http://:3128",
         "3:12: proxy: 'http://:3128' has no usable host and port (write none, or http://, "
         "https://, socks5:// or socks5h:// with host and port)"},
        {"proxy: \"http://a%3Ab:s3cret@p.example:1\"",
         "3:12: proxy: 'http://p.example:1' has a user name or password that cannot be sent (one "
         "line each, and no ':' in the user name)"},
        {"proxy: \"http://me:${LINES}@p.example:1\"",
         "3:12: proxy: 'http://p.example:1' has a user name or password that cannot be sent (one "
         "line each, and no ':' in the user name)"},

        {"ca_file: missing.pem",
         "3:14: ca_file: 'missing.pem': cannot be read: No such file or "
         "directory"},
        {"ca_file: .", "3:14: ca_file: '': this is a directory (name a file in it)"},
        {"ca_file: ~/ca.pem", "3:14: ca_file: '~' is known to shells only (write the whole path)"},
        {"ca_file: \"\"", "3:14: ca_file: the path is empty"},
        {"ca_file: empty.pem",
         "3:14: ca_file: 'empty.pem' has no certificate in it (it must be "
         "PEM: -----BEGIN CERTIFICATE----- and so on)"},
        {"client_key: reader.key",
         "3:5: client_key without client_certificate (the certificate is what the server is "
         "shown: add it)"},
        {"client_certificate: reader.crt",
         "3:5: client_certificate without client_key: 'reader.crt' has no private key in it (add "
         "client_key)"},
        {"client_certificate: reader.crt\n    client_key: other.key",
         "4:17: client_key: 'other.key' has a key that is not that of 'reader.crt'"},
        {"client_certificate: reader.crt\n    client_key: locked.key",
         "4:17: client_key: 'locked.key' has an encrypted key, and nobody to ask for the "
         "passphrase (openssl pkey -in KEY -out PLAIN writes one without, for feedd alone to "
         "read)"},
        {"client_certificate: reader.key\n    client_key: reader.key",
         "3:25: client_certificate: 'reader.key' has no certificate in it (it must be PEM: "
         "-----BEGIN CERTIFICATE----- and so on)"},
    };
    for (const auto& [keys, expected] : table) {
        const std::string found = errors(keys);
        EXPECT_EQ(found, std::string("feeds.yaml:") + expected + "\n") << keys;
        EXPECT_THAT(found, Not(HasSubstr("s3cret"))) << keys;
    }
}

TEST_F(AccessOfAFeed, WithAClientCertificateIsHttps) {
    lists_.file("feeds.yaml", "feeds:\n  - url: http://a.org/\n    client_certificate: both.pem\n");
    EXPECT_EQ(lists_.errors(),
              "feeds.yaml:2:10: a client certificate is shown over https only (write https:// in "
              "the URL, or remove client_certificate)\n");
}

TEST_F(AccessOfAFeed, IsNobodysBusinessWhoReadsTheStoreOnly) {
    lists_.file("feeds.yaml", R"yaml(
store: here.db
defaults: {ca_file: missing.pem}
feeds:
  - {url: https://a.org/, auth: {token: "${credential:missing}"}, client_certificate: none.pem}
  - {url: https://b.org/, proxy: "http://x:${NOT_SET}@p.example:1"}
)yaml");
    const auto store = listed_store(lists_.path("feeds.yaml"), environment_of({}));
    ASSERT_TRUE(store) << message(store.error().front());
    EXPECT_EQ(*store, lists_.path("here.db"));
}

TEST_F(AccessOfAFeed, IsNotInTheDefaultsWhereEveryServerWouldBeTold) {
    lists_.file("feeds.yaml", "defaults: {auth: {token: s3cret}}\nfeeds: [https://a.org/]\n");
    EXPECT_THAT(lists_.errors(), HasSubstr("feeds.yaml:1:12: unknown key 'auth' in 'defaults'"));
}

}  // namespace
}  // namespace feedd::test
