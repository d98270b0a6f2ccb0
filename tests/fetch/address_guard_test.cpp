#include "fetch/address_guard.h"

#include <string>

#include <gtest/gtest.h>

#include "fetch/address.h"
#include "fetching.h"
#include "support/http_server.h"

namespace feedd::test {

namespace {

bool allowed(const AddressGuard& guard, const std::string& text) {
    const auto address = numeric_address(text);
    EXPECT_TRUE(address) << text;
    return address && guard.allows(reinterpret_cast<const sockaddr&>(*address));
}

TEST(AddressGuard, LetsGlobalUnicastAddressesThrough) {
    const AddressGuard guard;
    for (const char* text : {"1.1.1.1",
                             "9.255.255.255",
                             "11.0.0.0",
                             "93.184.216.34",
                             "100.63.255.255",
                             "100.128.0.0",
                             "126.255.255.255",
                             "128.0.0.0",
                             "169.253.255.255",
                             "169.255.0.0",
                             "172.15.255.255",
                             "172.32.0.0",
                             "192.0.1.0",
                             "192.167.255.255",
                             "192.169.0.0",
                             "198.17.255.255",
                             "198.20.0.0",
                             "223.255.255.255",
                             "2001:200::1",
                             "2001:4860:4860::8888",
                             "2606:2800:220:1::1",
                             "2a00::1",
                             "::ffff:1.1.1.1",
                             "64:ff9b::1.1.1.1"})
        EXPECT_TRUE(allowed(guard, text)) << text;
}

TEST(AddressGuard, RefusesSpecialPurposeAddresses) {
    const AddressGuard guard;
    for (const char* text : {"0.0.0.0",
                             "0.1.2.3",
                             "10.0.0.0",
                             "10.255.255.255",
                             "100.64.0.0",
                             "100.127.255.255",
                             "127.0.0.1",
                             "127.255.255.255",
                             "169.254.169.254",
                             "172.16.0.0",
                             "172.31.255.255",
                             "192.0.0.1",
                             "192.0.2.1",
                             "192.88.99.1",
                             "192.168.0.1",
                             "198.18.0.1",
                             "198.19.255.255",
                             "198.51.100.1",
                             "203.0.113.1",
                             "224.0.0.1",
                             "239.255.255.255",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::127.0.0.1",
                             "::ffff:127.0.0.1",
                             "::ffff:10.1.2.3",
                             "::ffff:169.254.169.254",
                             "::ffff:0:127.0.0.1",
                             "64:ff9b::10.1.2.3",
                             "64:ff9b::169.254.169.254",
                             "64:ff9b:1::1.1.1.1",
                             "100::1",
                             "2001::1",
                             "2001:2::1",
                             "2001:10::1",
                             "2001:1ff:ffff::1",
                             "2001:db8::1",
                             "2002:7f00:1::1",
                             "2002:101:101::1",
                             "3fff::1",
                             "4000::1",
                             "5f00::1",
                             "fc00::1",
                             "fd00:ec2::254",
                             "fe80::1",
                             "febf::1",
                             "fec0::1",
                             "ff02::1",
                             "ffff::1"})
        EXPECT_FALSE(allowed(guard, text)) << text;
}

TEST(AddressGuard, RefusesWhatIsNoInternetAddress) {
    sockaddr local{};
    local.sa_family = AF_UNIX;
    EXPECT_FALSE(AddressGuard().allows(local));
    EXPECT_FALSE(AddressGuard(PrivateAddresses{.all = true}).allows(local));
}

TEST(AddressGuard, LetsTheNetworksOfTheListThrough) {
    const AddressGuard guard(PrivateAddresses{
        .networks = {*parse_network("10.1.0.0/16"), *parse_network("fd00:1::/32")}});
    for (const char* text :
         {"10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::10.1.2.3", "fd00:1::5", "1.1.1.1"})
        EXPECT_TRUE(allowed(guard, text)) << text;
    for (const char* text : {"10.2.0.1", "::ffff:10.2.0.1", "fd00:2::5", "127.0.0.1", "::1"})
        EXPECT_FALSE(allowed(guard, text)) << text;
    const AddressGuard open(PrivateAddresses{.all = true});
    for (const char* text : {"127.0.0.1", "::1", "169.254.169.254", "fd00::1"})
        EXPECT_TRUE(allowed(open, text)) << text;
}

TEST(AddressGuard, KeepsTheFetcherFromLoopbackHoweverItIsWritten) {
    HttpServer server;
    Fetching fetching{AddressGuard()};
    const std::string rest = ":" + std::to_string(server.port()) + "/";
    for (const std::string host :
         {"127.0.0.1", "localhost", "localhost.", "127.1", "2130706433", "0x7f000001", "0x7f.1",
          "0177.0.0.1", "127.0.0.1.", "017700000001", "0.0.0.0", "0", "[::1]", "[::ffff:127.0.0.1]",
          "[0:0:0:0:0:ffff:7f00:1]", "user@127.0.0.1", "127.0.0.1%20", "LOCALHOST",
          "127。0。0。1"}) {
        const Response response = fetching.fetch("http://" + host + rest);
        EXPECT_TRUE(response.error == PollError::refused || response.error == PollError::dns)
            << host << ": " << response.error_text;
        EXPECT_EQ(response.status, 0) << host;
    }
    const Response response = fetching.fetch(server.url("/"));
    EXPECT_EQ(response.error, PollError::refused);
    EXPECT_EQ(response.error_text,
              "127.0.0.1 is a private address (see fetch.allow_private_addresses)");
    EXPECT_EQ(server.connections(), 0);
}

TEST(AddressGuard, IsAskedAtEveryHop) {
    HttpServer server;
    const HttpServer hidden("127.0.0.9");
    Fetching fetching{AddressGuard(PrivateAddresses{.networks = {*parse_network("127.0.0.1/32")}})};
    server.route("/", HttpResponse{.status = 302, .headers = {{"Location", hidden.url("/")}}});
    const Response response = fetching.fetch(server.url("/"));
    EXPECT_EQ(response.error, PollError::refused);
    EXPECT_EQ(response.url, hidden.url("/"));
    EXPECT_EQ(hidden.connections(), 0);
}

TEST(AddressGuard, HoldsForConnectionsFromBeforeItWasChanged) {
    HttpServer server;
    Fetching fetching;
    const std::string url = "http://localhost:" + std::to_string(server.port()) + "/";
    EXPECT_EQ(fetching.fetch(url).status, 404);
    fetching.fetcher().guard(AddressGuard());
    EXPECT_EQ(fetching.fetch(url).error, PollError::refused);
    EXPECT_EQ(server.requests().size(), 1U);
}

}  // namespace

}  // namespace feedd::test
