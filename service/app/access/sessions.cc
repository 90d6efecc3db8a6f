#include "service/app/access/sessions.h"

#include <algorithm>
#include <optional>

#include "service/app/hash.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::StatusOr<NewSession> BeginSession(store::ReadView& view, int64_t token, absl::Time now) {
  ASSIGN_OR_RETURN(const std::optional<domain::Token> found, view.FindToken(token));
  if (!found.has_value()) return domain::TokenNotFound(token);
  NewSession begun{NewSecret(), {}};
  begun.session = {.hash = HashHex(begun.id),
                   .token = token,
                   .create_time = now,
                   .expire_time = std::min(now + kSessionLife, found->expire_time)};
  return begun;
}

}  // namespace kirikae::app
