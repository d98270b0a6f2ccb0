// How a feed is reached and as whom: headers, auth, client certificate, ca_file, proxy.
#pragma once

#include <string>

#include "config/diagnostic.h"
#include "config/environment.h"
#include "config/pem.h"
#include "config/section.h"
#include "model/access.h"

namespace feedd {

struct AccessContext {
    const std::string& directory;  // of the file, absolute: paths are seen from it
    const Environment& environment;
    PemFiles& pem;
    Diagnostics& out;
};

// The way to a feed, which 'defaults' may give to all of them: ca_file and proxy.
void read_route(const Section& section, Access& access, const AccessContext& context);

// Who we are to it, which a feed says for itself alone, else every server would be told: headers,
// auth, client_certificate, client_key.
void read_identity(const Section& feed, Access& access, const AccessContext& context);

}  // namespace feedd
