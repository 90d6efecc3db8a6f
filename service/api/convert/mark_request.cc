#include "service/api/convert/mark_request.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

using domain::Sentence;
using Violations = std::vector<domain::Violation>;

constexpr int kTagLimit = 1000;

void CheckCause(const v1::MarkDevicesRequest& request, Violations& violations) {
  const bool failed = request.outcome() == v1::MARK_OUTCOME_FAILED;
  const bool has_cause = request.cause() != v1::FAILURE_CAUSE_UNSPECIFIED;
  if (!v1::FailureCause_IsValid(request.cause())) {
    violations.push_back({"cause", Sentence("That cause is not in the list.")});
  } else if (failed && !has_cause) {
    violations.push_back({"cause", Sentence("Say why it failed.")});
  } else if (!failed && has_cause) {
    violations.push_back({"cause", Sentence("A cause goes with FAILED only.")});
  }
}

void CheckUntil(const v1::MarkDevicesRequest& request, Violations& violations) {
  const bool deferred = request.outcome() == v1::MARK_OUTCOME_DEFERRED;
  if (deferred && request.until().empty()) {
    violations.push_back({"until", Sentence("Say until which day it is put off.")});
  } else if (!deferred && !request.until().empty()) {
    violations.push_back({"until", Sentence("A day to put it off to goes with DEFERRED only.")});
  }
}

void CheckReason(const v1::MarkDevicesRequest& request, Violations& violations) {
  if (!request.options().reason().empty()) return;
  if (request.outcome() == v1::MARK_OUTCOME_ROLLED_BACK ||
      request.outcome() == v1::MARK_OUTCOME_EXEMPT) {
    violations.push_back({"options.reason", Sentence("Say why, for the record.")});
  }
  if (request.override_blockers()) {
    violations.push_back({"options.reason", Sentence("An override needs a reason.")});
  }
}

}  // namespace

absl::Status CheckMarkRequest(const v1::MarkDevicesRequest& request) {
  Violations violations;
  if (request.asset_tags().empty() || request.asset_tags_size() > kTagLimit) {
    violations.push_back(
        {"asset_tags", Sentence("Name 1 to $0 devices.", {std::to_string(kTagLimit)})});
  }
  if (request.outcome() == v1::MARK_OUTCOME_UNSPECIFIED ||
      !v1::MarkOutcome_IsValid(request.outcome())) {
    violations.push_back({"outcome", Sentence("Say what happened: MIGRATED, FAILED, VERIFIED, "
                                              "ROLLED_BACK, DEFERRED or EXEMPT.")});
  }
  CheckCause(request, violations);
  CheckUntil(request, violations);
  if (request.lift() && request.outcome() != v1::MARK_OUTCOME_EXEMPT) {
    violations.push_back({"lift", Sentence("Only an exemption can be lifted.")});
  }
  CheckReason(request, violations);
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  return absl::OkStatus();
}

app::MarkOrder OrderOf(const v1::MarkDevicesRequest& request) {
  constexpr std::string_view kPrefix = "rollouts/";
  app::MarkOrder order;
  order.asset_tags.assign(request.asset_tags().begin(), request.asset_tags().end());
  order.outcome = static_cast<domain::Outcome>(request.outcome());
  if (request.cause() != v1::FAILURE_CAUSE_UNSPECIFIED) {
    order.cause = static_cast<domain::FailureCause>(request.cause());
  }
  order.rollout = request.rollout();
  if (order.rollout.starts_with(kPrefix)) order.rollout.erase(0, kPrefix.size());
  order.override_blockers = request.override_blockers();
  order.lift = request.lift();
  order.allow_partial = request.allow_partial();
  return order;
}

void FillResponse(const app::Marks& marks, int64_t change_set, v1::MarkDevicesResponse* response) {
  int changed = 0;
  int unchanged = 0;
  int refused = 0;
  for (const app::MarkResult& result : marks.results) {
    auto* const row = response->add_results();
    row->set_asset_tag(result.asset_tag);
    row->set_department(result.department);
    for (const domain::DeviceUser& user : result.users) {
      auto* const shown = row->add_users();
      shown->set_staff_number(user.staff_number);
      shown->set_name(user.name);
      shown->set_kana(user.kana);
    }
    if (result.planned_day.has_value()) {
      row->set_planned_day(absl::FormatCivilTime(*result.planned_day));
    }
    row->set_phase(result.phase);
    row->set_untimely(result.untimely);
    if (!result.status.ok()) {
      ++refused;
      continue;
    }
    row->set_state(static_cast<v1::PlacementState>(result.state));
    row->set_changed(result.changed);
    row->set_off_schedule(result.off_schedule);
    ++(result.changed ? changed : unchanged);
  }
  response->set_changed(changed);
  response->set_unchanged(unchanged);
  response->set_refused(refused);
  if (!marks.draft.edits.empty()) {
    response->set_change_set(domain::ChangeSetName(change_set));
  }
}

}  // namespace kirikae::api
