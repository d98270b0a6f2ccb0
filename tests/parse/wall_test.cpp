#include "parse/wall.h"

#include <gtest/gtest.h>

namespace feedd {
namespace {

TEST(Wall, IsToldByItsTitleOrByWhatOnlyItHas) {
    const std::pair<std::string_view, std::string_view> cases[] = {
        {"<html><title>Just a moment...</title>", "a bot wall of Cloudflare"},
        {"<script>window._cf_chl_opt={}</script>", "a bot wall of Cloudflare"},
        {"<div id=\"cf-error-details\">Error 1020</div>", "a refusal of Cloudflare"},
        {"<link href=/.within.website/x/cmd/anubis/static/x.css>", "a bot wall of Anubis"},
        {"<iframe src=https://geo.captcha-delivery.com/captcha/></iframe>",
         "a bot wall of DataDome"},
        {"<div id=px-captcha></div>", "a bot wall of HUMAN"},
        {"Request unsuccessful. Incapsula incident ID: 1-2", "a bot wall of Imperva"},
        {"<title>Sucuri WebSite Firewall - Access Denied</title>", "a bot wall of Sucuri"},
        {"<TITLE>Access Denied</TITLE> https://errors.edgesuite.net/18", "a refusal of Akamai"},
        {"<TITLE>Access Denied</TITLE>", "a refusal"},
        {"<html><title>404 Not Found</title><h1>nginx</h1>", ""},
        {"<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>", ""},
        {"\xFF\x00<", ""},
        {"", ""},
    };
    for (const auto& [page, wall] : cases)
        EXPECT_EQ(wall_in(page), wall) << page;
}

}  // namespace
}  // namespace feedd
