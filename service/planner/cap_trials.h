// Plans again with early phases ended sooner, where something possible is left out.
#pragma once

#include <cstdint>
#include <vector>

#include "service/planner/budget.h"
#include "service/planner/exact.h"
#include "service/planner/phase_plan.h"
#include "service/planner/plan_bounds.h"

namespace kirikae::planner {

/// When an early phase waits for its last units, a later phase may miss its deadline. A cap is the
/// last day that a phase may use. The arguments of the constructor must outlive this object.
class CapTrials {
 public:
  CapTrials(PhasePlanner& planner, PlanBounds& bounds, Budget& budget);

  /// Takes a plan that is better by PLACED and FINISH. Always for few units, else only where more
  /// weight may be placed.
  void Run(Assignment& best, Finish& finish);

 private:
  bool WorthTrying(const Finish& finish);
  int64_t StepsEnd() const;
  void AlongDivision(Assignment& best, Finish& finish);
  void OneAtATime(Assignment& best, Finish& finish);
  void Together(Assignment& best, Finish& finish);
  bool Try(const std::vector<int>& caps, Assignment& best, Finish& finish);

  PhasePlanner& planner_;
  PlanBounds& bounds_;
  Budget& budget_;
};

/// Caps that end no phase sooner.
std::vector<int> OpenCaps(const Model& model);

/// PLACED and FINISH of a plan.
Finish Judge(const Model& model, const Assignment& assignment);

}  // namespace kirikae::planner
