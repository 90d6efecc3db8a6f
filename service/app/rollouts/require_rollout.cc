#include "service/app/rollouts/require_rollout.h"

#include <optional>
#include <utility>

#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::StatusOr<domain::Rollout> RequireRollout(store::ReadView& view, std::string_view id) {
  ASSIGN_OR_RETURN(std::optional<domain::Rollout> rollout, view.FindRollout(id));
  if (!rollout.has_value()) return domain::RolloutNotFound(id);
  return *std::move(rollout);
}

}  // namespace kirikae::app
