// What a phase's gate waits for, and what holds a phase, in words with their figures.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/app/rollouts/phases.h"
#include "service/domain/phase_gate.h"
#include "service/domain/sentence.h"

namespace kirikae::app {

/// Something that keeps a gate from opening.
struct GateCondition {
  domain::GateBlock block = domain::GateBlock::kUnfinished;
  domain::Sentence sentence;
  std::vector<std::string> asset_tags;  ///< with kUnfinished: devices still to do, at most 50
};

/// All that keeps the phase's gate from opening; empty before it has opened and after it has
/// passed.
std::vector<GateCondition> OpenConditions(const PhaseNow& phase);

/// Why a rule holds the phase, with the figures that the rule saw. Nothing where no rule holds it:
/// a person's reason is PhaseStatus::hold_reason, in the person's own words.
std::optional<domain::Sentence> HoldSentence(const PhaseNow& phase);

/// Whether a rule or a person holds the phase.
bool IsHeld(const domain::PhaseStatus& status);

}  // namespace kirikae::app
