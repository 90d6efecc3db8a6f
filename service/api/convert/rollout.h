// Rollouts and their events as the API gives them.
#pragma once

#include "absl/status/status.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/rollouts/events.h"
#include "service/app/rollouts/verbs.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// The rollout with its phases as its file has them, without their states. Errors where its source
/// can't be read; a stored source has been read before.
absl::Status ToProto(const domain::Rollout& rollout, v1::Rollout* proto);

/// What a verb does, with the rollout's etag after it.
absl::Status ToProto(const app::RolloutEffect& effect, v1::ChangeRolloutResponse* proto);

/// The event without its resume token.
void ToProto(const app::RolloutEvent& event, v1::RolloutEvent* proto);

}  // namespace kirikae::api
