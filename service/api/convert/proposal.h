// Proposals in the API's form.
#pragma once

#include "kirikae/v1/rollout_service.pb.h"
#include "service/app/rollouts/apply_file.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// The proposal without its difference.
void ToProto(const domain::Proposal& proposal, v1::Proposal* proto);

/// The difference of a proposed file.
void ToProto(const app::FileDifference& difference, v1::Proposal* proto);

}  // namespace kirikae::api
