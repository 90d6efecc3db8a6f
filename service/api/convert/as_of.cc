#include "service/api/convert/as_of.h"

#include "service/api/convert/request_text.h"
#include "service/status_macros.h"

namespace kirikae::api {

absl::StatusOr<std::optional<app::AsOf>> ParseAsOf(const std::string& as_of,
                                                   const std::string& known_at, absl::Time now,
                                                   const absl::TimeZone& zone) {
  if (as_of.empty() && known_at.empty()) return std::optional<app::AsOf>();
  app::AsOf when;
  ASSIGN_OR_RETURN(when.as_of, ParseInstant(as_of, "as_of", now, zone));
  ASSIGN_OR_RETURN(when.known_at, ParseInstant(known_at, "known_at", now, zone));
  return std::optional(when);
}

}  // namespace kirikae::api
