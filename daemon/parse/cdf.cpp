#include "parse/cdf.h"

#include "base/text.h"
#include "parse/date.h"
#include "parse/link.h"
#include "parse/rows.h"
#include "parse/text_construct.h"

namespace feedd {

namespace {

void abstract(const Element& element, Draft& draft) {
    draft.summary.offer(rank::kCore, read_text(element, TextRule::html));
}

void anchor(const Element& element, Draft& draft) {
    add_rss_link(element.resolved(element.attribute("href")), draft);
}

void cdf_logo(const Element& element, Draft& draft) {
    std::string url = element.resolved(element.attribute("href"));
    if (iequals(element.attribute("style"), "icon")) {
        if (draft.icon_url.empty()) draft.icon_url = std::move(url);
    } else {
        draft.image_url.offer(rank::kBestImage, std::move(url));
    }
}

constexpr Row kCdfRows[] = {
    {Ns::cdf, "abstract", abstract, abstract},
    {Ns::cdf, "a", anchor, anchor},
    {Ns::cdf, "logo", cdf_logo, cdf_logo},
};

}  // namespace

void read_cdf_attributes(const Element& element, Draft& draft) {
    add_rss_link(element.resolved(element.attribute("href")), draft);
    if (const auto time = parse_date(element.attribute("lastmod"))) draft.updated = time;
}

Rows cdf_rows() noexcept {
    return kCdfRows;
}

}  // namespace feedd
