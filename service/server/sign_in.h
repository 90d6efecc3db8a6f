// Signing in to the page and out of it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "service/api/call/environment.h"
#include "service/http/exchange.h"

namespace kirikae::server {

/// `POST /signin` takes a token, as `{"token": "krk_…"}` or as a form's field `token`, and gives a
/// session in a cookie; `POST /signout` ends it. Wrong tokens are counted and slowed like those of
/// calls. Thread-safe; the environment must outlive the last exchange.
class SignIn {
 public:
  explicit SignIn(api::Environment& env) : env_(env) {}

  /// Whether the path is one of the two.
  static bool Serves(std::string_view path);
  /// Begins the answer to a request for one of them.
  std::shared_ptr<http::Handler> Begin(const http::Request& request,
                                       std::shared_ptr<http::Exchange> exchange);
  /// The `authorization` value of a request's session cookie; absent = it has none.
  static std::optional<std::string> CredentialsOf(const http::Request& request);

 private:
  api::Environment& env_;
};

}  // namespace kirikae::server
