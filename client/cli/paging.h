// Reads all pages of a list.
#pragma once

#include <string>

#include "client/cli/session.h"

namespace kirikae::cli {

/// Calls `call(context, request, page)` until there are no more pages; returns all rows in one
/// response.
template <typename Request, typename Response, typename Call>
Response ReadAll(Session& session, Request request, Call call) {
  constexpr int kPage = 1000;
  request.set_page_size(kPage);
  Response all;
  do {
    Response page;
    session.Call([&](grpc::ClientContext& context) {
      page.Clear();
      return call(&context, request, &page);
    });
    const std::string next = page.next_page_token();
    page.clear_next_page_token();
    all.MergeFrom(page);
    request.set_page_token(next);
  } while (!request.page_token().empty());
  return all;
}

}  // namespace kirikae::cli
