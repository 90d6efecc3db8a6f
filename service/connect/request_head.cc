#include "service/connect/request_head.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "service/absl_view.h"
#include "service/connect/errors.h"
#include "service/http/same_origin.h"

namespace kirikae::connect {
namespace {

constexpr size_t kMostDigits = 10;
constexpr std::string_view kVersion = "connect-protocol-version";

bool Has(const http::Headers& headers, std::string_view name) {
  return std::any_of(headers.begin(), headers.end(),
                     [&](const auto& field) { return field.first == name; });
}

}  // namespace

absl::StatusOr<std::optional<std::chrono::milliseconds>> TimeoutOf(std::string_view value) {
  if (value.empty()) return std::nullopt;
  int64_t milliseconds = 0;
  const bool digits =
      value.size() <= kMostDigits && std::all_of(value.begin(), value.end(), [](char c) {
        return absl::ascii_isdigit(static_cast<unsigned char>(c));
      });
  if (!digits || !absl::SimpleAtoi(AbslView(value), &milliseconds)) return BadTimeout(value);
  return std::chrono::milliseconds(milliseconds);
}

absl::Status CheckVersion(const http::Request& request) {
  for (const auto& [name, value] : request.headers) {
    if (name == kVersion && value != "1") return UnsupportedProtocolVersion(value);
  }
  return absl::OkStatus();
}

absl::Status CheckOwnPage(const http::Request& request) {
  if (!Has(request.headers, kVersion)) return CrossSiteRequest();
  if (request.authority.empty() || !http::IsSameOrigin(request)) return CrossSiteRequest();
  return absl::OkStatus();
}

}  // namespace kirikae::connect
