#include "model/document_address.h"

namespace feedd {

std::string_view document_address(const Item& item) noexcept {
    if (!item.original_url.empty()) return item.original_url;
    for (const Link& link : item.links) {
        if (link.rel == "canonical" && !link.href.empty()) return link.href;
    }
    return item.url;
}

}  // namespace feedd
