#include "base/result.h"

#include <sysexits.h>

namespace feedd {

std::string message(const Error& error) {
    std::string line;
    if (!error.where.empty()) line = error.where + ": ";
    line += error.what;
    if (!error.hint.empty()) line += " (" + error.hint + ")";
    return line;
}

int exit_code(const Error& error) noexcept {
    switch (error.kind) {
        case ErrorKind::usage:
        case ErrorKind::not_found:
            return EX_USAGE;
        case ErrorKind::config:
            return EX_CONFIG;
        case ErrorKind::io:
            return EX_IOERR;
        case ErrorKind::network:
        case ErrorKind::http:
        case ErrorKind::refused:
            return EX_UNAVAILABLE;
        case ErrorKind::not_feed:
            return EX_DATAERR;
        case ErrorKind::internal:
            return EX_SOFTWARE;
    }
    return EX_SOFTWARE;
}

}  // namespace feedd
