#include "service/app/rollouts/due.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "service/app/rollouts/count.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/rollouts/phases.h"
#include "service/domain/phase_gate.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

auto KeyOf(const DuePosition& position) {
  return std::tie(position.exception, position.rollout, position.day, position.slot, position.team,
                  position.asset_tag);
}

// Collects the rows of one page.
class Page {
 public:
  explicit Page(const DueQuery& query) : query_(query) {}

  /// Whether a row at this position belongs to an earlier page.
  bool IsBehind(const DuePosition& position) const {
    return query_.after.has_value() && KeyOf(position) <= KeyOf(*query_.after);
  }
  /// Adds a row; false when the page was full already.
  bool Add(DueDevice due) {
    if (!query_.site.empty() && due.device.site != query_.site) return true;
    if (list_.devices.size() == static_cast<size_t>(query_.limit)) {
      list_.more = true;
      return false;
    }
    list_.devices.push_back(std::move(due));
    return true;
  }
  bool more() const { return list_.more; }
  DueList Take() { return std::move(list_); }

 private:
  const DueQuery& query_;
  DueList list_;
};

DuePosition PositionOf(const domain::Placement& placement) {
  return {.exception = false,
          .rollout = placement.rollout,
          .day = placement.day,
          .slot = placement.slot,
          .team = placement.team,
          .asset_tag = placement.asset_tag};
}

DuePosition ExceptionPosition(const std::string& tag) {
  DuePosition position;
  position.exception = true;
  position.asset_tag = tag;
  return position;
}

// The ids of the phases whose waves don't start: they wait, are held or have passed.
absl::StatusOr<std::set<std::string>> PhasesNotRunning(store::ReadView& view,
                                                       const domain::Rollout& rollout) {
  ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
  ASSIGN_OR_RETURN(const auto statuses, StatusesOf(view, rollout, *file));
  std::set<std::string> ids;
  for (const domain::PhaseStatus& status : statuses) {
    if (!domain::Runs(status.state)) ids.insert(status.id);
  }
  return ids;
}

// The last day whose placements in the rollout may be worked on; absent: none may.
std::optional<absl::CivilDay> LastDay(const domain::Rollout& rollout, absl::CivilDay day) {
  if (rollout.state == domain::RolloutState::kActive) return day;
  if (rollout.state != domain::RolloutState::kPaused) return std::nullopt;
  if (!rollout.waves_go_on_until.has_value()) return std::nullopt;
  return std::min(day, *rollout.waves_go_on_until);
}

absl::StatusOr<DueDevice> RowOf(store::ReadView& view, const domain::Rollout& rollout,
                                domain::Placement placement, absl::CivilDay last) {
  ASSIGN_OR_RETURN(std::optional<domain::Device> device, view.FindDevice(placement.asset_tag));
  if (!device.has_value()) return absl::DataLossError("a placement has no device");
  DueDevice due;
  due.blockers = domain::Blockers(*device, rollout.to_method, rollout.minimum_os);
  due.device = *std::move(device);
  due.day = placement.day;
  due.overdue = placement.day.has_value() && *placement.day < last;
  due.placement = std::move(placement);
  return due;
}

// Adds the rows of one rollout up to the day `last`.
absl::Status AddPlanned(const Ward& ward, store::ReadView& view, const domain::Rollout& rollout,
                        const DueQuery& query, absl::CivilDay last, Page& page) {
  ASSIGN_OR_RETURN(const auto file, FileOf(rollout));
  ASSIGN_OR_RETURN(const std::set<std::string> not_running, PhasesNotRunning(view, rollout));
  ASSIGN_OR_RETURN(
      std::vector<domain::Placement> placements,
      view.ListPlacements(
          {.rollout = rollout.id, .team = query.team, .until = last, .open_only = true}));
  const absl::CivilDay today = ward.Today();
  for (domain::Placement& placement : placements) {
    if (page.IsBehind(PositionOf(placement))) continue;
    if (placement.state == domain::PlacementState::kPlanned && placement.day <= today &&
        not_running.contains(placement.phase)) {
      continue;
    }
    ASSIGN_OR_RETURN(DueDevice due, RowOf(view, rollout, std::move(placement), last));
    // A device that is out of use or out of the scope is nobody's work any more.
    if (!IsToBeDone(*file, due.device)) continue;
    if (!page.Add(std::move(due))) break;
  }
  return absl::OkStatus();
}

// Adds devices whose exception ends on the day asked for or on the day after.
absl::Status AddEndingExceptions(const Ward& ward, store::ReadView& view, absl::CivilDay day,
                                 Page& page) {
  ASSIGN_OR_RETURN(const std::vector<std::string> tags, view.TagsWithException());
  for (const std::string& tag : tags) {
    if (page.IsBehind(ExceptionPosition(tag))) continue;
    ASSIGN_OR_RETURN(std::optional<domain::Device> device, view.FindDevice(tag));
    if (!device.has_value()) return absl::DataLossError("a listed device is gone");
    const absl::CivilDay last = ward.DayOf(device->exception->until - absl::Seconds(1));
    if (last < day || last > day + 1) continue;
    DueDevice due;
    due.device = *std::move(device);
    due.day = last;
    if (!page.Add(std::move(due))) break;
  }
  return absl::OkStatus();
}

}  // namespace

DuePosition DueDevice::position() const {
  return placement.has_value() ? PositionOf(*placement) : ExceptionPosition(device.asset_tag);
}

absl::StatusOr<DueList> ListDue(const Ward& ward, store::ReadView& view, const DueQuery& query) {
  Page page(query);
  ASSIGN_OR_RETURN(const std::vector<domain::Rollout> rollouts,
                   view.ListRollouts({.after = "", .limit = 1000}));
  for (const domain::Rollout& rollout : rollouts) {
    const std::optional<absl::CivilDay> last = LastDay(rollout, query.day);
    if (!last.has_value() || page.more()) continue;
    RETURN_IF_ERROR(AddPlanned(ward, view, rollout, query, *last, page));
  }
  if (query.team.empty() && !page.more()) {
    RETURN_IF_ERROR(AddEndingExceptions(ward, view, query.day, page));
  }
  return page.Take();
}

}  // namespace kirikae::app
