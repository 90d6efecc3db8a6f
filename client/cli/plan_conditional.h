// The devices that a plan counts on though they are not ready yet.
#pragma once

#include "client/cli/session.h"
#include "client/cli/table.h"
#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// Prints how many devices are conditional and on what, and when each phase is done with them and
/// without them. Prints nothing for a plan without such devices. A plan that a dry run did not keep
/// (`kept` = false) has no list to name.
void PrintConditional(const Session& session, const v1::Plan& plan, bool kept);

/// The conditions in words, each with its day; their codes for machines.
Cell ConditionsCell(const google::protobuf::RepeatedPtrField<v1::PlanCondition>& conditions);

}  // namespace kirikae::cli
