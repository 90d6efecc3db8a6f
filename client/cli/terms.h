// The API's values in words.
#pragma once

#include <string>

#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/planning_service.pb.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "kirikae/v1/types.pb.h"

namespace kirikae::cli {

std::string Term(v1::AuthMethod method);
std::string Term(v1::DeviceKind kind);
std::string Term(v1::PlacementState state);
std::string Term(v1::MatchKind kind);
std::string Term(v1::RolloutState state);
std::string Term(v1::PlanState state);
std::string Term(v1::WaveState state);
std::string Term(v1::PhaseState state);
std::string Term(v1::FailureCause cause);

/// The sentence in the chosen language.
std::string InLanguage(const v1::LocalizedText& text);

/// The sentences of reasons in the chosen language, separated by "; ".
std::string Reasons(const google::protobuf::RepeatedPtrField<v1::PlanReason>& reasons);

/// RFC 3339 as the ward's local time, `2025-05-01 09:00`; "" for "".
std::string LocalTime(const std::string& rfc3339);

}  // namespace kirikae::cli
