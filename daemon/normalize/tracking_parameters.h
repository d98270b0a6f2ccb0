// Query parameters that say where a reader came from, and never which document is wanted; as data.
#pragma once

#include <array>
#include <string_view>

namespace feedd {

inline constexpr std::string_view kNoValue = "=";  // "?amp" or "?amp="

struct TrackingParameter {
    std::string_view name;   // in lower case; a '*' at its end stands for anything
    std::string_view value;  // only with this value; "" any, kNoValue none; '*' as above
    std::string_view site;   // only on this domain and those below it; "" anywhere
};

// A parameter belongs here only if sites make nothing else of it. Where a name is too common
// (ref, source, cmp, …) its value or the site decides; where neither can, it stays in the URL.
inline constexpr std::array kTrackingParameters{
    // Google Analytics and those who took over its names
    TrackingParameter{"utm_*", "", ""},
    TrackingParameter{"utm-*", "", ""},
    TrackingParameter{"ga_source", "", ""},
    TrackingParameter{"ga_medium", "", ""},
    TrackingParameter{"ga_term", "", ""},
    TrackingParameter{"ga_content", "", ""},
    TrackingParameter{"ga_campaign", "", ""},
    TrackingParameter{"_ga", "", ""},
    TrackingParameter{"_gl", "", ""},
    // Click identifiers of advertisers
    TrackingParameter{"gclid", "", ""},
    TrackingParameter{"gclsrc", "", ""},
    TrackingParameter{"dclid", "", ""},
    TrackingParameter{"gbraid", "", ""},
    TrackingParameter{"wbraid", "", ""},
    TrackingParameter{"fbclid", "", ""},
    TrackingParameter{"msclkid", "", ""},
    TrackingParameter{"yclid", "", ""},
    TrackingParameter{"ysclid", "", ""},
    TrackingParameter{"twclid", "", ""},
    TrackingParameter{"ttclid", "", ""},
    TrackingParameter{"li_fat_id", "", ""},
    TrackingParameter{"epik", "", ""},
    TrackingParameter{"rb_clickid", "", ""},
    TrackingParameter{"irclickid", "", ""},
    TrackingParameter{"wickedid", "", ""},
    TrackingParameter{"dicbo", "", ""},
    TrackingParameter{"tblci", "", ""},
    TrackingParameter{"zanpid", "", ""},
    // Newsletters
    TrackingParameter{"mc_cid", "", ""},
    TrackingParameter{"mc_eid", "", ""},
    TrackingParameter{"mkt_tok", "", ""},
    TrackingParameter{"_hsenc", "", ""},
    TrackingParameter{"_hsmi", "", ""},
    TrackingParameter{"__hssc", "", ""},
    TrackingParameter{"__hstc", "", ""},
    TrackingParameter{"__hsfp", "", ""},
    TrackingParameter{"hsctatracking", "", ""},
    TrackingParameter{"vero_id", "", ""},
    TrackingParameter{"vero_conv", "", ""},
    TrackingParameter{"oly_anon_id", "", ""},
    TrackingParameter{"oly_enc_id", "", ""},
    TrackingParameter{"ml_subscriber", "", ""},
    TrackingParameter{"ml_subscriber_hash", "", ""},
    TrackingParameter{"ck_subscriber_id", "", ""},
    TrackingParameter{"nr_email_referer", "", ""},
    TrackingParameter{"elqtrack", "", ""},
    TrackingParameter{"elqtrackid", "", ""},
    TrackingParameter{"bsft_*", "", ""},
    TrackingParameter{"ss_email_id", "", ""},
    TrackingParameter{"ss_campaign_id", "", ""},
    TrackingParameter{"dm_i", "", ""},
    TrackingParameter{"_kx", "", ""},
    // Web statistics
    TrackingParameter{"mtm_*", "", ""},
    TrackingParameter{"matomo_*", "", ""},
    TrackingParameter{"pk_campaign", "", ""},
    TrackingParameter{"pk_kwd", "", ""},
    TrackingParameter{"pk_keyword", "", ""},
    TrackingParameter{"pk_source", "", ""},
    TrackingParameter{"pk_medium", "", ""},
    TrackingParameter{"pk_content", "", ""},
    TrackingParameter{"pk_cid", "", ""},
    TrackingParameter{"piwik_campaign", "", ""},
    TrackingParameter{"piwik_kwd", "", ""},
    TrackingParameter{"wt_mc", "", ""},
    TrackingParameter{"wt_zmc", "", ""},
    TrackingParameter{"wt_mc_o", "", ""},
    TrackingParameter{"wt.mc_id", "", ""},
    TrackingParameter{"wt.mc_ev", "", ""},
    TrackingParameter{"xtor", "", ""},
    TrackingParameter{"xtref", "", ""},
    TrackingParameter{"at_medium", "", ""},
    TrackingParameter{"at_campaign", "", ""},
    TrackingParameter{"at_campaign_type", "", ""},
    TrackingParameter{"at_link_id", "", ""},
    TrackingParameter{"at_link_type", "", ""},
    TrackingParameter{"at_link_origin", "", ""},
    TrackingParameter{"at_ptr_name", "", ""},
    TrackingParameter{"at_format", "", ""},
    TrackingParameter{"at_bbc_team", "", ""},
    TrackingParameter{"at_custom*", "", ""},
    TrackingParameter{"ns_mchannel", "", ""},
    TrackingParameter{"ns_source", "", ""},
    TrackingParameter{"ns_campaign", "", ""},
    TrackingParameter{"ns_linkname", "", ""},
    TrackingParameter{"ns_fee", "", ""},
    TrackingParameter{"cm_mmc", "", ""},
    TrackingParameter{"cm_mmca*", "", ""},
    TrackingParameter{"_openstat", "", ""},
    TrackingParameter{"s_cid", "", ""},
    TrackingParameter{"sc_cid", "", ""},
    TrackingParameter{"cmpid", "", ""},
    TrackingParameter{"intcmp", "", ""},
    TrackingParameter{"itm_*", "", ""},
    TrackingParameter{"ocid", "", ""},
    TrackingParameter{"ncid", "", ""},
    TrackingParameter{"mbid", "", ""},
    TrackingParameter{"ftag", "", ""},
    TrackingParameter{"guccounter", "", ""},
    TrackingParameter{"guce_referrer", "", ""},
    TrackingParameter{"guce_referrer_sig", "", ""},
    // Social networks
    TrackingParameter{"igshid", "", ""},
    TrackingParameter{"igsh", "", ""},
    TrackingParameter{"ref_src", "", ""},
    TrackingParameter{"ref_url", "", ""},
    TrackingParameter{"fb_action_ids", "", ""},
    TrackingParameter{"fb_action_types", "", ""},
    TrackingParameter{"fb_source", "", ""},
    TrackingParameter{"fb_ref", "", ""},
    TrackingParameter{"soc_src", "", ""},
    TrackingParameter{"soc_trk", "", ""},
    TrackingParameter{"hootpostid", "", ""},
    // 'From the feed', in many words
    TrackingParameter{"source", "rss*", ""},
    TrackingParameter{"source", "feed", ""},
    TrackingParameter{"source", "atom", ""},
    TrackingParameter{"src", "rss*", ""},
    TrackingParameter{"src", "feed", ""},
    TrackingParameter{"from", "rss*", ""},
    TrackingParameter{"from", "feed", ""},
    TrackingParameter{"ref", "rss*", ""},
    TrackingParameter{"ref", "feed*", ""},
    TrackingParameter{"via", "rss*", ""},
    TrackingParameter{"partner", "rss*", ""},
    TrackingParameter{"emc", "rss*", ""},
    TrackingParameter{"cmp", "rss*", ""},
    TrackingParameter{"cid", "rss*", ""},
    TrackingParameter{"mod", "rss*", ""},
    TrackingParameter{"medium", "rss*", ""},
    TrackingParameter{"referrer", "rss*", ""},
    // Names that mean it on their own site only
    TrackingParameter{"feedtype", "", "reuters.com"},
    TrackingParameter{"feedname", "", "reuters.com"},
    TrackingParameter{"smid", "", "nytimes.com"},
    TrackingParameter{"cmp", "", "theguardian.com"},
    TrackingParameter{"mod", "", "wsj.com"},
    TrackingParameter{"mod", "", "marketwatch.com"},
    TrackingParameter{"feature", "", "youtube.com"},
    TrackingParameter{"si", "", "youtube.com"},
    TrackingParameter{"si", "", "youtu.be"},
    TrackingParameter{"si", "", "spotify.com"},
    TrackingParameter{"pp", "", "youtube.com"},
    TrackingParameter{"ab_channel", "", "youtube.com"},
    TrackingParameter{"trk", "", "linkedin.com"},
    TrackingParameter{"trackingid", "", "linkedin.com"},
    TrackingParameter{"ref", "", "amazon.com"},
    // Sessions
    TrackingParameter{"phpsessid", "", ""},
    TrackingParameter{"jsessionid", "", ""},
    TrackingParameter{"aspsessionid*", "", ""},
    TrackingParameter{"cftoken", "", ""},
    // The AMP variant of the same document
    TrackingParameter{"amp", kNoValue, ""},
    TrackingParameter{"amp", "1", ""},
    TrackingParameter{"amp", "true", ""},
    TrackingParameter{"amp", "yes", ""},
    TrackingParameter{"outputtype", "amp", ""},
    TrackingParameter{"output", "amp", ""},
    TrackingParameter{"amp_js_v", "", ""},
    TrackingParameter{"amp_gsa", "", ""},
    TrackingParameter{"usqp", "mq331*", ""},
};

// Addresses that only lead on to the one in their query.
struct Wrapper {
    std::string_view host;
    std::string_view path;
    std::string_view parameter;
};
inline constexpr std::array kWrappers{
    Wrapper{"www.google.com", "/url", "url"},  // Google Alerts, in feeds
    Wrapper{"www.google.com", "/url", "q"},       Wrapper{"l.facebook.com", "/l.php", "u"},
    Wrapper{"lm.facebook.com", "/l.php", "u"},    Wrapper{"t.umblr.com", "/redirect", "z"},
    Wrapper{"www.youtube.com", "/redirect", "q"},
};

}  // namespace feedd
