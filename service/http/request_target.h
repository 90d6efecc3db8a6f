// Where a request goes.
#pragma once

#include <string_view>

#include "service/http/exchange.h"

namespace kirikae::http {

/// Whether the text is a host, with a port or without (RFC 3986). A user's name in front of it is
/// refused.
bool IsAuthority(std::string_view text);

/// Sets path and query by a target, which is `/path?query`, `*` for OPTIONS, or anything for
/// CONNECT; in HTTP/1.1 also a whole URI, whose host is the request's authority then (RFC 9112,
/// 3.2). The request's method is set. False for another, and for one with a `#`, a space, or
/// bytes beyond ASCII.
bool TakeTarget(std::string_view target, Request& request);

}  // namespace kirikae::http
