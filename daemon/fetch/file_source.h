#pragma once

#include "fetch/request.h"
#include "model/response.h"

namespace feedd {

// Reads file:///path/feed.xml, from the list only. Last-Modified and ETag are made from the
// file's time and size, so that an unchanged file is a 304. Refuses what is no regular file.
[[nodiscard]] Response read_file_feed(const Request& request);

}  // namespace feedd
