// Rollouts and their events in the API's form.
#pragma once

#include "absl/status/status.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/rollouts/events.h"
#include "service/app/rollouts/verbs.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// The rollout with its phases from its file, without their states. Fails when its source can't be
/// read; a stored source has been read before.
absl::Status ToProto(const domain::Rollout& rollout, v1::Rollout* proto);

/// The effect of a verb, with the rollout's new etag.
absl::Status ToProto(const app::RolloutEffect& effect, v1::ChangeRolloutResponse* proto);

/// The event without its resume token.
void ToProto(const app::RolloutEvent& event, v1::RolloutEvent* proto);

}  // namespace kirikae::api
