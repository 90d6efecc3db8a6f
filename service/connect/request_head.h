// What the head of a request says about its call.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/http/exchange.h"

namespace kirikae::connect {

/// The milliseconds of `Connect-Timeout-Ms`; nothing for "". BAD_TIMEOUT for anything but one to
/// ten digits.
absl::StatusOr<std::optional<std::chrono::milliseconds>> TimeoutOf(std::string_view value);

/// UNSUPPORTED_PROTOCOL_VERSION where `Connect-Protocol-Version` is there and is not 1.
absl::Status CheckVersion(const http::Request& request);

/// Whether a request that uses a session comes from our own page. A page of another site can't send
/// `Connect-Protocol-Version: 1` without being asked first, which we never allow; where the browser
/// says more, it has to say the same: `Sec-Fetch-Site` same-origin or none, and the host of
/// `Origin` the one that the request is for. CROSS_SITE_REQUEST otherwise.
absl::Status CheckOwnPage(const http::Request& request);

}  // namespace kirikae::connect
