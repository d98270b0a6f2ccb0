#include "model/outcome.h"

namespace feedd {

std::string_view name(PollResult result) noexcept {
    switch (result) {
        case PollResult::ok:
            return "ok";
        case PollResult::not_modified:
            return "not_modified";
        case PollResult::unchanged:
            return "unchanged";
        case PollResult::failed:
            return "failed";
    }
    return "failed";
}

}  // namespace feedd
