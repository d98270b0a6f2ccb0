#include "model/response.h"

#include "base/text.h"

namespace feedd {

std::string_view name(PollError error) noexcept {
    switch (error) {
        case PollError::none:
            return "none";
        case PollError::dns:
            return "dns";
        case PollError::connect:
            return "connect";
        case PollError::tls:
            return "tls";
        case PollError::timeout:
            return "timeout";
        case PollError::broken:
            return "broken";
        case PollError::too_large:
            return "too_large";
        case PollError::redirect:
            return "redirect";
        case PollError::refused:
            return "refused";
        case PollError::http:
            return "http";
        case PollError::unauthorized:
            return "unauthorized";
        case PollError::gone:
            return "gone";
        case PollError::throttled:
            return "throttled";
        case PollError::not_feed:
            return "not_feed";
        case PollError::file:
            return "file";
        case PollError::outage:
            return "outage";
        case PollError::internal:
            return "internal";
    }
    return "internal";
}

const std::string* Response::header(std::string_view wanted) const noexcept {
    for (const Header& each : headers) {
        if (iequals(each.name, wanted)) return &each.value;
    }
    return nullptr;
}

}  // namespace feedd
