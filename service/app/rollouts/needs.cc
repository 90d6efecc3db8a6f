#include "service/app/rollouts/needs.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "service/app/calendar/office_calendar.h"
#include "service/app/rollouts/count.h"
#include "service/app/rollouts/working_days.h"
#include "service/domain/placement_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

auto KeyOf(const NeedPosition& position) {
  return std::make_tuple(
      std::cref(position.department), position.ready_by.value_or(absl::CivilDay::max()),
      std::cref(position.asset_tag), std::cref(position.code), std::cref(position.staff_number));
}

bool IsBefore(const NeedPosition& a, const NeedPosition& b) { return KeyOf(a) < KeyOf(b); }

bool IsIn(const std::string& department, const std::string& asked) {
  return asked.empty() || department == asked || department.starts_with(asked + "/");
}

// Collects the needs of devices.
class Needs {
 public:
  Needs(const domain::Rollout& rollout, const ParsedRollout& file, const OfficeCalendar& office,
        absl::CivilDay today)
      : rollout_(rollout), file_(file), office_(office), today_(today) {}

  void Add(const CountedDevice& counted) {
    const domain::Device& device = counted.device;
    if (domain::IsFinished(counted.state) || !IsToBeDone(file_, device) ||
        device.auth_method != rollout_.from_method) {
      return;
    }
    std::optional<absl::CivilDay> planned;
    if (domain::IsOpen(counted.state)) planned = counted.placement->day;
    for (domain::Blocker& blocker :
         domain::Blockers(device, rollout_.to_method, rollout_.minimum_os)) {
      Need& need = needs_.emplace_back();
      need.department = device.department;
      need.asset_tag = device.asset_tag;
      need.phase = counted.phase;
      need.planned_day = planned;
      if (planned.has_value()) need.ready_by = ReadyByOf(*planned);
      const auto& due = blocker.clears_on;
      need.late = (need.ready_by.has_value() && *need.ready_by < today_) ||
                  (due.has_value() && *due < today_) ||
                  (due.has_value() && planned.has_value() && *due > *planned);
      need.blocker = std::move(blocker);
    }
  }

  NeedList Page(const NeedQuery& query) && {
    std::erase_if(needs_, [&](const Need& need) {
      return query.after.has_value() && !IsBefore(*query.after, PositionOf(need));
    });
    std::sort(needs_.begin(), needs_.end(),
              [](const Need& a, const Need& b) { return IsBefore(PositionOf(a), PositionOf(b)); });
    NeedList list;
    const auto limit = static_cast<size_t>(query.limit);
    list.more = needs_.size() > limit;
    if (list.more) needs_.resize(limit);
    list.needs = std::move(needs_);
    return list;
  }

 private:
  absl::CivilDay ReadyByOf(absl::CivilDay planned) {
    const auto [known, is_new] = ready_by_.try_emplace(planned, planned);
    if (is_new) known->second = ReadyBy(file_.file(), office_, planned);
    return known->second;
  }

  const domain::Rollout& rollout_;
  const ParsedRollout& file_;
  const OfficeCalendar& office_;
  const absl::CivilDay today_;
  std::map<absl::CivilDay, absl::CivilDay> ready_by_;  // by planned day
  std::vector<Need> needs_;
};

}  // namespace

NeedPosition PositionOf(const Need& need) {
  return {.department = need.department,
          .ready_by = need.ready_by,
          .asset_tag = need.asset_tag,
          .code = need.blocker.code,
          .staff_number = need.blocker.staff_number};
}

absl::StatusOr<NeedList> ListNeeds(const Ward& ward, store::ReadView& view,
                                   const domain::Rollout& rollout, const ParsedRollout& file,
                                   const NeedQuery& query) {
  ASSIGN_OR_RETURN(const OfficeCalendar office, OfficeCalendar::Read(view));
  Needs needs(rollout, file, office, ward.Today());
  RETURN_IF_ERROR(ForEachDevice(view, rollout, file, [&](const CountedDevice& counted) {
    if (IsIn(counted.device.department, query.department)) needs.Add(counted);
  }));
  return std::move(needs).Page(query);
}

}  // namespace kirikae::app
