// What the service does while the disk fails.
#pragma once

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "service/app/act.h"
#include "service/app/ward.h"
#include "service/store/store.h"
#include "tests/faults/support/unsynced.h"

namespace kirikae::testing {

/// One write. Its reason names it in the audit log and is its request id.
struct Step {
  std::string reason;
  store::Maker make;
};

/// When faults begin.
enum class Moment { kOpening, kWriting, kClosing };

/// Writes to a state directory. What a step changes does not depend on the steps before it.
struct Act {
  std::string name;
  /// The state directory before the act.
  std::function<Files()> before;
  std::vector<Step> steps;
  Moment moment = Moment::kWriting;
  bool together = false;  ///< the steps but the first are one commit
  int64_t every = 1;      ///< of its calls, very many and alike, only every so many-th is tried
  bool folds = false;     ///< the log is folded into the file after each step
};

/// All acts, each with a name of its own.
std::vector<Act> AllActs();

std::vector<Act> Marks();
std::vector<Act> Imports();
std::vector<Act> Plans();
std::vector<Act> Undos();
std::vector<Act> Starts();

/// A step that uses a use case. Its draft is answered with the step's reason.
using Use = std::function<absl::StatusOr<store::Draft>(store::ReadView& view, int64_t change_set,
                                                       const app::WriteContext& context)>;
Step NewStep(const std::string& reason, const Use& use);

/// The ward in which the steps are, on Thursday 8 May 2025, ten in the morning in Tokyo.
app::Ward StepsWard();

}  // namespace kirikae::testing
