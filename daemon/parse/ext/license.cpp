// Creative Commons, in the form of RSS 1.0 (a resource) and of RSS 2.0 (a text).
#include "parse/rows.h"

namespace feedd {

namespace {

void license(const Element& element, Draft& draft) {
    std::string url = element.resolved(element.attribute(Ns::rdf, "resource"));
    if (url.empty()) url = element.url();
    draft.license_url.offer(rank::kCore, std::move(url));
}

constexpr Row kRows[] = {
    {Ns::creative_commons, "license", license, license},
};

}  // namespace

Rows license_rows() noexcept {
    return kRows;
}

}  // namespace feedd
