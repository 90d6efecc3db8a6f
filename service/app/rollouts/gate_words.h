// Says in words and figures what a phase's gate waits for and what holds a phase.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/app/rollouts/phases.h"
#include "service/domain/phase_gate.h"
#include "service/domain/sentence.h"

namespace kirikae::app {

/// A condition that keeps a gate closed.
struct GateCondition {
  domain::GateBlock block = domain::GateBlock::kUnfinished;
  domain::Sentence sentence;
  std::vector<std::string> asset_tags;  ///< with kUnfinished, kBlocked: the devices, at most 50
  std::vector<std::string> commands;    ///< that free the phase of it
};

/// A share as a percentage with one decimal, rounded down: 96.96 % must not look like the 97 % that
/// it misses.
std::string PercentDown(double share);

/// All conditions that keep the phase's gate closed; empty when the phase waits and after it has
/// passed.
std::vector<GateCondition> OpenConditions(const PhaseNow& phase);

/// Why a rule holds the phase, with the figures that the rule used. Absent when no rule holds it; a
/// person's reason is PhaseStatus::hold_reason, in that person's own words.
std::optional<domain::Sentence> HoldSentence(const PhaseNow& phase);

/// Whether a rule or a person holds the phase.
bool IsHeld(const domain::PhaseStatus& status);

}  // namespace kirikae::app
