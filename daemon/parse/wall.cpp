#include "parse/wall.h"

#include <array>

#include "base/text.h"
#include "parse/discover.h"

namespace feedd {

namespace {

constexpr std::size_t kSample = std::size_t{64} << 10U;  // bytes; pages of walls are short

struct Known {
    std::string_view sign;
    std::string_view what;
};

// How the pages begin their titles that walls against programs put in a feed's place.
constexpr std::array kWalls = {
    Known{"just a moment", "a bot wall of Cloudflare"},
    Known{"attention required! | cloudflare", "a bot wall of Cloudflare"},
    Known{"please wait... | cloudflare", "a bot wall of Cloudflare"},
    Known{"making sure you're not a bot", "a bot wall of Anubis"},
    Known{"making sure you\u2019re not a bot", "a bot wall of Anubis"},
    Known{"ddos-guard", "a bot wall of DDoS-Guard"},
    Known{"sucuri website firewall", "a bot wall of Sucuri"},
    Known{"pardon our interruption", "a bot wall of Imperva"},
    Known{"access to this page has been denied", "a bot wall of HUMAN"},
    Known{"vercel security checkpoint", "a bot wall of Vercel"},
    Known{"client challenge", "a bot wall of Fastly"},
    Known{"robot challenge screen", "a bot wall"},
    Known{"checking your browser", "a bot wall"},
    Known{"one moment, please", "a bot wall"},
    Known{"human verification", "a bot wall"},
    Known{"bot verification", "a bot wall"},
    Known{"are you a robot", "a bot wall"},
    Known{"attention required!", "a bot wall"},
    Known{"access denied", "a refusal"},
};

// What only the pages of walls have in them, not those that they let through.
constexpr std::array kSigns = {
    Known{"_cf_chl_opt", "a bot wall of Cloudflare"},
    Known{"cf-error-details", "a refusal of Cloudflare"},
    Known{"/.within.website/x/cmd/anubis", "a bot wall of Anubis"},
    Known{"captcha-delivery.com", "a bot wall of DataDome"},
    Known{"px-captcha", "a bot wall of HUMAN"},
    Known{"Incapsula incident ID", "a bot wall of Imperva"},
    Known{"sucuri_cloudproxy", "a bot wall of Sucuri"},
    Known{"Sucuri WebSite Firewall", "a bot wall of Sucuri"},
    Known{"errors.edgesuite.net", "a refusal of Akamai"},
    Known{"awsWafCookieDomainList", "a bot wall of AWS"},
    Known{"ddos-guard", "a bot wall of DDoS-Guard"},
    Known{"/.well-known/sgcaptcha/", "a bot wall of SiteGround"},
    Known{"g-recaptcha", "a captcha"},
    Known{"hcaptcha.com", "a captcha"},
};

}  // namespace

std::string_view wall_titled(std::string_view title) noexcept {
    for (const Known& wall : kWalls) {
        if (istarts_with(title, wall.sign)) return wall.what;
    }
    return {};
}

std::string_view wall_in(std::string_view html) {
    html = html.substr(0, kSample);
    for (const Known& wall : kSigns) {
        if (html.find(wall.sign) != html.npos) return wall.what;
    }
    return wall_titled(read_page(html, "").title);
}

}  // namespace feedd
