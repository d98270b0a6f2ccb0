// Platforms that serve many sites from the same machines, each under a name of its own.
//
// The Public Suffix List is no substitute: its private section lacks most of these (tumblr.com,
// wordpress.com, substack.com), and has registries (uk.com, eu.org) and clouds, the names below
// which have nothing to do with each other.
#pragma once

#include <array>
#include <string_view>

namespace feedd {

// Domains, sorted. Every name that ends in one, or is one, belongs to it.
inline constexpr std::array<std::string_view, 63> kPlatforms{
    "acast.com",       "ameblo.jp",       "anchor.fm",         "bandcamp.com",   "bearblog.dev",
    "blog.jp",         "blogger.com",     "bsky.app",          "buttondown.com", "buttondown.email",
    "buzzsprout.com",  "canalblog.com",   "cocolog-nifty.com", "codeberg.page",  "dev.to",
    "deviantart.com",  "dreamwidth.org",  "exblog.jp",         "fc2.com",        "feedburner.com",
    "fireside.fm",     "flickr.com",      "ghost.io",          "github.com",     "github.io",
    "gitlab.io",       "hashnode.dev",    "hateblo.jp",        "hatenablog.com", "hatenablog.jp",
    "hatenadiary.com", "hatenadiary.jp",  "jugem.jp",          "libsyn.com",     "livedoor.blog",
    "livedoor.jp",     "livejournal.com", "medium.com",        "megaphone.fm",   "micro.blog",
    "neocities.org",   "netlify.app",     "note.com",          "over-blog.com",  "podbean.com",
    "posthaven.com",   "reddit.com",      "seesaa.net",        "simplecast.com", "soundcloud.com",
    "spreaker.com",    "squarespace.com", "stackexchange.com", "substack.com",   "transistor.fm",
    "tumblr.com",      "typepad.com",     "vercel.app",        "weebly.com",     "wixsite.com",
    "wordpress.com",   "write.as",        "youtube.com",
};

// Platforms with a domain in each country: the label before the public suffix, as in
// name.blogspot.com and name.blogspot.co.uk.
inline constexpr std::array<std::string_view, 1> kManyDomains{"blogspot"};

}  // namespace feedd
