// Problems, changes and differences of plans: the planner's values in their public form.
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "service/domain/errors.h"
#include "service/plan_form/day_text.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/plan_form/problem_reader.h"

namespace kirikae::plan_form {
namespace {

using domain::Sentence;

planner::Change ReadChange(const v1::PlanChange& proto, const std::string& path,
                           ProblemReader& reader) {
  switch (proto.change_case()) {
    case v1::PlanChange::kGateDelay:
      return planner::DelayGate{proto.gate_delay().phase(), proto.gate_delay().open_days()};
    case v1::PlanChange::kPhaseDelay:
      return planner::DelayPhase{proto.phase_delay().phase(), proto.phase_delay().open_days()};
    case v1::PlanChange::kDeadline:
      return planner::MoveDeadline{
          proto.deadline().phase(),
          reader.OptionalDay(proto.deadline().deadline(), path + ".deadline.deadline")};
    case v1::PlanChange::kTeamAway:
      return planner::TeamAway(proto.team_away().team(),
                               reader.Day(proto.team_away().from(), path + ".teamAway.from"),
                               reader.Day(proto.team_away().to(), path + ".teamAway.to"));
    case v1::PlanChange::kCapacity:
      return planner::ChangeCapacity{
          proto.capacity().team(),
          ReadCapacityChange(proto.capacity().change(), path + ".capacity.change", reader)};
    case v1::PlanChange::kShare:
      return planner::ChangeShare{proto.share().pool(), proto.share().share()};
    case v1::PlanChange::kBlackout:
      return planner::AddBlackout{ReadBlackout(proto.blackout(), path + ".blackout", reader)};
    case v1::PlanChange::kAddedTeam:
      return planner::AddTeam{ReadTeam(proto.added_team(), path + ".addedTeam", reader)};
    case v1::PlanChange::kHelpDeskLimit:
      return planner::ChangeHelpDesk{proto.help_desk_limit()};
    case v1::PlanChange::kRaise:
      return planner::RaiseTeam{proto.raise().team(), proto.raise().add_minutes(),
                                proto.raise().add_devices()};
    case v1::PlanChange::kCalendarLastDay:
      return planner::ExtendCalendar{
          reader.Day(proto.calendar_last_day(), path + ".calendarLastDay")};
    case v1::PlanChange::kPoolLimit:
      return planner::ChangePoolLimit{proto.pool_limit().pool(), proto.pool_limit().daily_limit()};
    case v1::PlanChange::CHANGE_NOT_SET:
      break;
  }
  reader.Fault(path, Sentence("Say what changes."));
  return planner::ChangeHelpDesk{};
}

void ToProto(const std::string& department, const planner::MoveCounts& counts,
             v1::DepartmentMoves* proto) {
  proto->set_department(department);
  proto->set_earlier(static_cast<int>(counts.earlier));
  proto->set_later(static_cast<int>(counts.later));
  proto->set_within_day(static_cast<int>(counts.within_day));
  proto->set_added(static_cast<int>(counts.added));
  proto->set_dropped(static_cast<int>(counts.dropped));
  proto->set_unchanged(static_cast<int>(counts.unchanged));
  proto->set_cost(counts.cost);
}

void ToProto(const planner::Calendar& calendar, v1::PlanCalendar* proto) {
  proto->set_first_day(absl::FormatCivilTime(calendar.first_day));
  proto->set_last_day(absl::FormatCivilTime(calendar.last_day));
  for (const absl::Weekday day : calendar.weekly_open) proto->add_weekly_open(WeekdayText(day));
  for (const absl::CivilDay day : calendar.closed_days) {
    proto->add_closed_days(absl::FormatCivilTime(day));
  }
  for (const absl::CivilDay day : calendar.open_days) {
    proto->add_open_days(absl::FormatCivilTime(day));
  }
  for (const std::string& slot : calendar.slots) proto->add_slots(slot);
}

void ToProto(const planner::CapacityChange& change, v1::CapacityChange* row) {
  row->set_from(DayText(change.from));
  row->set_to(DayText(change.to));
  if (change.weekday.has_value()) row->set_weekday(WeekdayText(*change.weekday));
  row->set_slot(change.slot);
  if (change.set_minutes) row->set_set_minutes(static_cast<int>(*change.set_minutes));
  if (change.set_devices) row->set_set_devices(static_cast<int>(*change.set_devices));
  if (change.add_minutes != 0) row->set_add_minutes(static_cast<int>(change.add_minutes));
  if (change.add_devices != 0) row->set_add_devices(static_cast<int>(change.add_devices));
}

void ToProto(const planner::Team& team, v1::PlanTeam* proto) {
  proto->set_id(team.id);
  if (team.minutes_per_slot) proto->set_minutes_per_slot(static_cast<int>(*team.minutes_per_slot));
  if (team.devices_per_slot) proto->set_devices_per_slot(static_cast<int>(*team.devices_per_slot));
  for (const std::string& site : team.sites) proto->add_sites(site);
  for (const planner::CapacityChange& change : team.changes) ToProto(change, proto->add_changes());
}

void ToProto(const planner::Item& item, v1::PlanItem* proto) {
  proto->set_id(item.id);
  proto->set_minutes(static_cast<int>(item.minutes));
  proto->set_phase(item.phase);
  proto->set_department(item.department);
  proto->set_site(item.site);
  for (const std::string& pool : item.pools) proto->add_pools(pool);
  proto->set_group(item.group);
  proto->set_not_before(DayText(item.not_before));
  proto->set_not_after(DayText(item.not_after));
  proto->set_weight(static_cast<int>(item.weight));
  if (item.fixed.has_value()) plan_form::ToProto(*item.fixed, proto->mutable_fixed());
  if (item.published.has_value()) plan_form::ToProto(*item.published, proto->mutable_published());
}

void ToProto(const planner::Blackout& blackout, v1::PlanBlackout* proto) {
  proto->set_from(DayText(blackout.from));
  proto->set_to(DayText(blackout.to));
  proto->set_department(blackout.department);
  proto->set_site(blackout.site);
  proto->set_phase(blackout.phase);
}

// Writes a change of any kind.
class ChangeWriter {
 public:
  explicit ChangeWriter(v1::PlanChange* proto) : proto_(proto) {}

  void operator()(const planner::DelayGate& change) const {
    proto_->mutable_gate_delay()->set_phase(change.phase);
    proto_->mutable_gate_delay()->set_open_days(static_cast<int>(change.open_days));
  }
  void operator()(const planner::DelayPhase& change) const {
    proto_->mutable_phase_delay()->set_phase(change.phase);
    proto_->mutable_phase_delay()->set_open_days(static_cast<int>(change.open_days));
  }
  void operator()(const planner::MoveDeadline& change) const {
    proto_->mutable_deadline()->set_phase(change.phase);
    proto_->mutable_deadline()->set_deadline(DayText(change.deadline));
  }
  void operator()(const planner::ChangeCapacity& change) const {
    proto_->mutable_capacity()->set_team(change.team);
    ToProto(change.change, proto_->mutable_capacity()->mutable_change());
  }
  void operator()(const planner::ChangeShare& change) const {
    proto_->mutable_share()->set_pool(change.pool);
    proto_->mutable_share()->set_share(change.share);
  }
  void operator()(const planner::AddBlackout& change) const {
    ToProto(change.blackout, proto_->mutable_blackout());
  }
  void operator()(const planner::AddTeam& change) const {
    ToProto(change.team, proto_->mutable_added_team());
  }
  void operator()(const planner::ChangeHelpDesk& change) const {
    proto_->set_help_desk_limit(change.daily_limit);
  }
  void operator()(const planner::RaiseTeam& change) const {
    proto_->mutable_raise()->set_team(change.team);
    proto_->mutable_raise()->set_add_minutes(static_cast<int>(change.add_minutes));
    proto_->mutable_raise()->set_add_devices(static_cast<int>(change.add_devices));
  }
  void operator()(const planner::ExtendCalendar& change) const {
    proto_->set_calendar_last_day(absl::FormatCivilTime(change.last_day));
  }
  void operator()(const planner::ChangePoolLimit& change) const {
    proto_->mutable_pool_limit()->set_pool(change.pool);
    proto_->mutable_pool_limit()->set_daily_limit(static_cast<int>(change.daily_limit));
  }

 private:
  v1::PlanChange* const proto_;
};

void ToProto(const planner::Policy& policy, v1::PlanPolicy* proto) {
  proto->set_department_daily_share(policy.department_daily_share);
  proto->set_visit_minutes(static_cast<int>(policy.visit_minutes));
  for (const double tickets : policy.help_desk.tickets_per_device) {
    proto->mutable_help_desk()->add_tickets_per_device(tickets);
  }
  for (const double tickets : policy.help_desk.carried) {
    proto->mutable_help_desk()->add_carried_tickets(tickets);
  }
  if (policy.help_desk.daily_limit != 0) {
    proto->mutable_help_desk()->set_daily_limit(policy.help_desk.daily_limit);
  }
  if (policy.reserve != planner::Reserve()) {
    proto->mutable_reserve()->set_share(policy.reserve.share);
    proto->mutable_reserve()->set_days(static_cast<int>(policy.reserve.days));
  }
  for (const planner::Objective objective : policy.objectives) {
    proto->add_objectives(std::string(planner::Name(objective)));
  }
}

}  // namespace

absl::StatusOr<std::vector<planner::Change>> FromProto(
    const google::protobuf::RepeatedPtrField<v1::PlanChange>& changes) {
  constexpr int kMostChanges = 100;
  if (changes.empty() || changes.size() > kMostChanges) {
    return domain::InvalidField("changes",
                                Sentence("Name 1 to $0 changes.", {std::to_string(kMostChanges)}));
  }
  ProblemReader reader;
  std::vector<planner::Change> read;
  read.reserve(static_cast<size_t>(changes.size()));
  for (int i = 0; i < changes.size(); ++i) {
    read.push_back(ReadChange(changes[i], ProblemReader::At("changes", i), reader));
  }
  if (!reader.violations.empty()) return domain::InvalidRequest(std::move(reader.violations));
  return read;
}

absl::StatusOr<planner::PlanSolution> FromProto(const v1::PlanSolution& proto) {
  ProblemReader reader;
  planner::PlanSolution solution;
  for (const v1::PlanPlacement& row : proto.placements()) {
    solution.placements.push_back(
        {row.item(), reader.Day(row.day(), "day"), row.slot(), row.team()});
  }
  for (const v1::PlanPhaseResult& row : proto.phases()) {
    planner::PhaseResult& phase = solution.phases.emplace_back();
    phase.id = row.id();
    phase.first_day = reader.OptionalDay(row.first_day(), "day");
    phase.last_day = reader.OptionalDay(row.last_day(), "day");
    phase.last_day_bound = reader.OptionalDay(row.last_day_bound(), "day");
  }
  if (!reader.violations.empty()) return absl::DataLossError("a stored plan can't be read");
  return solution;
}

void ToProto(const planner::PlanProblem& problem, v1::PlanProblem* proto) {
  ToProto(problem.calendar, proto->mutable_calendar());
  for (const planner::Team& team : problem.teams) ToProto(team, proto->add_teams());
  for (const planner::Phase& phase : problem.phases) {
    v1::PlanPhase* const row = proto->add_phases();
    row->set_id(phase.id);
    row->set_not_before(DayText(phase.not_before));
    row->set_deadline(DayText(phase.deadline));
    row->set_soak_days(static_cast<int>(phase.soak_days));
  }
  for (const planner::Pool& pool : problem.pools) {
    v1::PlanPool* const row = proto->add_pools();
    row->set_id(pool.id);
    if (pool.size.has_value()) row->set_size(static_cast<int>(*pool.size));
    if (pool.daily_share.has_value()) row->set_daily_share(*pool.daily_share);
    row->set_daily_limit(static_cast<int>(pool.daily_limit));
  }
  for (const planner::Item& item : problem.items) ToProto(item, proto->add_items());
  for (const planner::Blackout& row : problem.blackouts) ToProto(row, proto->add_blackouts());
  ToProto(problem.policy, proto->mutable_policy());
}

void ToProto(const planner::Change& change, v1::PlanChange* proto) {
  std::visit(ChangeWriter(proto), change);
}

void ToProto(const planner::PlanDifference& difference, v1::PlanDifference* proto) {
  for (const planner::ItemMove& move : difference.moves) {
    v1::PlanMove* const row = proto->add_moves();
    row->set_item(move.item);
    row->set_department(move.department);
    if (move.before.has_value()) ToProto(*move.before, row->mutable_before());
    if (move.after.has_value()) ToProto(*move.after, row->mutable_after());
    row->set_cost(move.cost);
  }
  for (const planner::DepartmentMoves& department : difference.departments) {
    ToProto(department.department, department.counts, proto->add_departments());
  }
  ToProto("", difference.total, proto->mutable_total());
}

}  // namespace kirikae::plan_form
