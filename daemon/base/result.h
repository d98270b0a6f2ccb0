// Errors as values: whatever a network, a file or a user can cause travels as an Error.
// Exceptions are left for bugs and exhausted memory.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace feedd {

enum class ErrorKind : std::uint8_t {
    usage,      // wrong command line: exit 64
    config,     // the feed list or a setting is wrong: exit 78
    io,         // a file or the store cannot be read or written: exit 74
    network,    // no answer, or a broken one
    http,       // an answer that says no
    refused,    // our own policy: address, protocol, size
    not_feed,   // a document, but no feed
    not_found,  // what was asked for does not exist
    internal,   // a bug on our side
};

// `where` names the file:line:column, feed or URL; `what` says what is wrong; `hint` what to do.
// `where` and `hint` may be empty.
struct Error {
    ErrorKind kind = ErrorKind::internal;
    std::string where;
    std::string what;
    std::string hint;
};

// One line for people: "where: what (hint)".
[[nodiscard]] std::string message(const Error& error);

// The exit code of sysexits.h that a command ends with.
[[nodiscard]] int exit_code(const Error& error) noexcept;

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, std::string where, std::string what,
                                                std::string hint = {}) {
    return tl::unexpected<Error>(Error{kind, std::move(where), std::move(what), std::move(hint)});
}

}  // namespace feedd
