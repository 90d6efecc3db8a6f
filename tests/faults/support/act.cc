#include "tests/faults/support/act.h"

#include "service/status_macros.h"

namespace kirikae::testing {
namespace {

absl::Time Now() { return absl::FromCivil(absl::CivilHour(2025, 5, 8, 10), StepsWard().zone); }

}  // namespace

std::vector<Act> AllActs() {
  std::vector<Act> all;
  for (const auto& kind : {Starts(), Marks(), Imports(), Plans(), Undos()}) {
    all.insert(all.end(), kind.begin(), kind.end());
  }
  return all;
}

Step NewStep(const std::string& reason, const Use& use) {
  Step step{.reason = reason, .make = {}};
  step.make = [reason, use](store::ReadView& view,
                            int64_t change_set) -> absl::StatusOr<store::Draft> {
    const app::WriteContext context{
        .caller = {.actor = "山田", .role = domain::Role::kAdmin, .token = 1, .approves = true},
        .now = Now(),
        .effective = Now(),
        .reason = reason};
    ASSIGN_OR_RETURN(store::Draft draft, use(view, change_set, context));
    draft.response = reason;
    return draft;
  };
  return step;
}

app::Ward StepsWard() {
  app::Ward ward;
  ward.zone = absl::FixedTimeZone(9 * 60 * 60);
  ward.now = Now;
  return ward;
}

}  // namespace kirikae::testing
