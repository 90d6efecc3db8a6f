// Finding a rollout that must be there.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The rollout; NOT_FOUND.
absl::StatusOr<domain::Rollout> RequireRollout(store::ReadView& view, std::string_view id);

}  // namespace kirikae::app
