// Whether a request may come from another web page.
#pragma once

#include "service/http/exchange.h"

namespace kirikae::http {

/// False where the browser says that a page of another origin has sent the request (Fetch Metadata,
/// the Origin header). True where it says nothing, as other clients do.
bool IsSameOrigin(const Request& request);

}  // namespace kirikae::http
