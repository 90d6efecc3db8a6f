#include "service/server/secured_exchange.h"

namespace kirikae::server {

http::Headers SecuredExchange::Secured(http::Headers headers) {
  if (http::HeaderValue(headers, "cache-control").empty()) {
    headers.emplace_back("cache-control", "no-store");
  }
  headers.emplace_back("content-security-policy",
                       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                       "connect-src 'self'; form-action 'self'; base-uri 'none'; "
                       "frame-ancestors 'none'; require-trusted-types-for 'script'; "
                       "trusted-types 'none'");
  headers.emplace_back("x-content-type-options", "nosniff");
  headers.emplace_back("x-frame-options", "DENY");
  headers.emplace_back("referrer-policy", "no-referrer");
  headers.emplace_back("cross-origin-opener-policy", "same-origin");
  headers.emplace_back("cross-origin-resource-policy", "same-origin");
  return headers;
}

}  // namespace kirikae::server
