// Keeps the pages of lists within what a message may hold.
#pragma once

#include <algorithm>
#include <cstddef>

#include "absl/status/status.h"
#include "service/api/call/call.h"

namespace kirikae::api {

/// Bytes of a page; gRPC's clients take messages of up to 4 MiB.
inline constexpr size_t kPageBytes = size_t{3} << 20U;

/// Runs the handler of a read. Where the answer is a page of more than kPageBytes, runs it again
/// for fewer rows, at least one: the page ends earlier, and its token goes on from there.
template <typename Request, typename Response, typename Handler>
absl::Status RunWithinBytes(const Handler& handler, const Call& call, const Request& request,
                            Response* response) {
  absl::Status status = handler(call, request, response);
  if constexpr (requires(Request page) { page.set_page_size(1); }) {
    constexpr int kMostRows = 1000;
    int rows = request.page_size() == 0 ? 100 : std::min(request.page_size(), kMostRows);
    for (size_t bytes = response->ByteSizeLong(); status.ok() && bytes > kPageBytes && rows > 1;
         bytes = response->ByteSizeLong()) {
      const auto fitting = static_cast<int>(static_cast<size_t>(rows) * kPageBytes / bytes);
      rows = std::max(1, std::min(fitting, rows - 1));
      Request smaller = request;
      smaller.set_page_size(rows);
      response->Clear();
      status = handler(call, smaller, response);
    }
  }
  return status;
}

}  // namespace kirikae::api
