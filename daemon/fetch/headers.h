// The header lines of a request, and those of an answer taken apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include "base/handle.h"
#include "fetch/request.h"
#include "model/response.h"

namespace feedd {

using HeaderList = Handle<curl_slist, curl_slist_free_all>;

// For libcurl. Validators go with every hop, for they belong to what the chain ends at; configured
// headers only when the hop is at the origin of the request's URL. A configured header replaces
// ours of the same name. A value that could forge a header line is left out.
[[nodiscard]] HeaderList request_headers(const Request& request, bool own_origin);

// Collects the header section of an answer line by line, as libcurl hands them over: interim
// answers (1xx) give way to the final one, trailers are ignored.
class HeaderCollector {
  public:
    void line(std::string_view line);
    void clear();
    [[nodiscard]] bool complete() const noexcept { return complete_; }  // a final answer's head
    [[nodiscard]] int status() const noexcept { return status_; }
    [[nodiscard]] const std::string* find(std::string_view name) const noexcept;
    [[nodiscard]] std::vector<Header> take() { return std::move(headers_); }

  private:
    std::vector<Header> headers_;
    int status_ = 0;
    bool complete_ = false;
};

}  // namespace feedd
