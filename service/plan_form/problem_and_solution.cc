#include "service/plan_form/problem_and_solution.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/catalogue/catalogue.h"
#include "service/domain/errors.h"
#include "service/plan_form/day_text.h"
#include "service/plan_form/problem_reader.h"

namespace kirikae::plan_form {
namespace {

using catalogue::Language;
using domain::Sentence;

planner::Calendar ReadCalendar(const v1::PlanCalendar& proto, ProblemReader& reader) {
  planner::Calendar calendar;
  calendar.first_day = reader.Day(proto.first_day(), "calendar.firstDay");
  calendar.last_day = reader.Day(proto.last_day(), "calendar.lastDay");
  for (int i = 0; i < proto.weekly_open_size(); ++i) {
    calendar.weekly_open.push_back(
        reader.Weekday(proto.weekly_open(i), ProblemReader::At("calendar.weeklyOpen", i)));
  }
  calendar.closed_days = reader.Days(proto.closed_days(), "calendar.closedDays");
  calendar.open_days = reader.Days(proto.open_days(), "calendar.openDays");
  calendar.slots.assign(proto.slots().begin(), proto.slots().end());
  return calendar;
}

}  // namespace

planner::CapacityChange ReadCapacityChange(const v1::CapacityChange& row, const std::string& path,
                                           ProblemReader& reader) {
  planner::CapacityChange change;
  change.from = reader.OptionalDay(row.from(), path + ".from");
  change.to = reader.OptionalDay(row.to(), path + ".to");
  if (!row.weekday().empty()) change.weekday = reader.Weekday(row.weekday(), path + ".weekday");
  change.slot = row.slot();
  if (row.has_set_minutes()) change.set_minutes = row.set_minutes();
  if (row.has_set_devices()) change.set_devices = row.set_devices();
  change.add_minutes = row.add_minutes();
  change.add_devices = row.add_devices();
  return change;
}

planner::Team ReadTeam(const v1::PlanTeam& proto, const std::string& path, ProblemReader& reader) {
  planner::Team team;
  team.id = proto.id();
  if (proto.has_minutes_per_slot()) team.minutes_per_slot = proto.minutes_per_slot();
  if (proto.has_devices_per_slot()) team.devices_per_slot = proto.devices_per_slot();
  team.sites.assign(proto.sites().begin(), proto.sites().end());
  for (int i = 0; i < proto.changes_size(); ++i) {
    team.changes.push_back(
        ReadCapacityChange(proto.changes(i), ProblemReader::At(path + ".changes", i), reader));
  }
  return team;
}

planner::Blackout ReadBlackout(const v1::PlanBlackout& row, const std::string& path,
                               ProblemReader& reader) {
  return {reader.OptionalDay(row.from(), path + ".from"),
          reader.OptionalDay(row.to(), path + ".to"), row.department(), row.site(), row.phase()};
}

namespace {

planner::Item ReadItem(const v1::PlanItem& proto, const std::string& path, ProblemReader& reader) {
  planner::Item item;
  item.id = proto.id();
  item.minutes = proto.minutes();
  item.phase = proto.phase();
  item.department = proto.department();
  item.site = proto.site();
  item.pools.assign(proto.pools().begin(), proto.pools().end());
  item.group = proto.group();
  item.not_before = reader.OptionalDay(proto.not_before(), path + ".notBefore");
  item.not_after = reader.OptionalDay(proto.not_after(), path + ".notAfter");
  if (proto.has_weight()) item.weight = proto.weight();
  item.fixed = reader.Position(proto.has_fixed(), proto.fixed(), path + ".fixed");
  item.published = reader.Position(proto.has_published(), proto.published(), path + ".published");
  return item;
}

planner::Policy ReadPolicy(const v1::PlanPolicy& proto, ProblemReader& reader) {
  planner::Policy policy;
  if (proto.has_department_daily_share()) {
    policy.department_daily_share = proto.department_daily_share();
  }
  policy.visit_minutes = proto.visit_minutes();
  policy.help_desk.tickets_per_device.assign(proto.help_desk().tickets_per_device().begin(),
                                             proto.help_desk().tickets_per_device().end());
  policy.help_desk.daily_limit = proto.help_desk().daily_limit();
  policy.help_desk.carried.assign(proto.help_desk().carried_tickets().begin(),
                                  proto.help_desk().carried_tickets().end());
  policy.reserve = {proto.reserve().share(), proto.reserve().days()};
  using planner::Objective;
  for (int i = 0; i < proto.objectives_size(); ++i) {
    bool known = false;
    for (const Objective objective : {Objective::kPlaced, Objective::kFinish, Objective::kStability,
                                      Objective::kVisits, Objective::kLevel}) {
      if (planner::Name(objective) != proto.objectives(i)) continue;
      policy.objectives.push_back(objective);
      known = true;
    }
    if (!known) {
      reader.Fault(ProblemReader::At("policy.objectives", i),
                   Sentence("There is no objective $0.", {proto.objectives(i)}));
    }
  }
  return policy;
}

std::string Joined(const std::vector<Sentence>& sentences, std::string_view separator,
                   catalogue::Language language) {
  std::string joined;
  for (const Sentence& sentence : sentences) {
    if (!joined.empty()) joined += separator;
    joined += catalogue::InLanguage(sentence, language);
  }
  return joined;
}

}  // namespace

absl::StatusOr<planner::PlanProblem> FromProto(const v1::PlanProblem& proto) {
  using Reader = ProblemReader;
  Reader reader;
  planner::PlanProblem problem;
  problem.calendar = ReadCalendar(proto.calendar(), reader);
  for (int i = 0; i < proto.teams_size(); ++i) {
    problem.teams.push_back(ReadTeam(proto.teams(i), Reader::At("teams", i), reader));
  }
  for (int i = 0; i < proto.phases_size(); ++i) {
    const v1::PlanPhase& row = proto.phases(i);
    const std::string at = Reader::At("phases", i);
    problem.phases.push_back({row.id(), reader.OptionalDay(row.not_before(), at + ".notBefore"),
                              reader.OptionalDay(row.deadline(), at + ".deadline"),
                              row.soak_days()});
  }
  for (const v1::PlanPool& row : proto.pools()) {
    planner::Pool pool;
    pool.id = row.id();
    if (row.has_size()) pool.size = row.size();
    if (row.has_daily_share()) pool.daily_share = row.daily_share();
    pool.daily_limit = row.daily_limit();
    problem.pools.push_back(std::move(pool));
  }
  // On days with one slot, the slot need not be named.
  const std::vector<std::string>& slots = problem.calendar.slots;
  const std::string only = slots.empty() ? "day" : slots.size() == 1 ? slots.front() : "";
  for (int i = 0; i < proto.items_size(); ++i) {
    planner::Item item = ReadItem(proto.items(i), Reader::At("items", i), reader);
    if (item.fixed.has_value() && item.fixed->slot.empty()) item.fixed->slot = only;
    if (item.published.has_value() && item.published->slot.empty()) item.published->slot = only;
    problem.items.push_back(std::move(item));
  }
  for (int i = 0; i < proto.blackouts_size(); ++i) {
    problem.blackouts.push_back(
        ReadBlackout(proto.blackouts(i), Reader::At("blackouts", i), reader));
  }
  problem.policy = ReadPolicy(proto.policy(), reader);
  if (!reader.violations.empty()) return domain::InvalidRequest(std::move(reader.violations));
  return problem;
}

void ToProto(const planner::Position& position, v1::PlanSlot* proto) {
  proto->set_day(absl::FormatCivilTime(position.day));
  proto->set_slot(position.slot);
  proto->set_team(position.team);
}

void ToProto(const std::string& code, const Sentence& sentence, v1::PlanReason* proto) {
  proto->set_code(code);
  proto->set_text(sentence.English());
  proto->set_text_ja(catalogue::Japanese(sentence));
}

void ToProto(const planner::LeftReason& reason, v1::PlanReason* proto) {
  ToProto(std::string(planner::Name(reason.code)), reason.text, proto);
}

namespace {

void WriteGroup(const planner::LeftGroup& group, v1::PlanLeftGroup* row) {
  for (const planner::LeftCode code : group.codes) {
    row->add_codes(std::string(planner::Name(code)));
  }
  for (const planner::LeftReason& reason : group.reasons)
    plan_form::ToProto(reason, row->add_reasons());
  row->set_department(group.department);
  row->set_group(group.group);
  row->set_count(static_cast<int>(group.items.size()));
  for (const std::string& item : group.items) row->add_items(item);
  row->set_minutes(group.minutes);
  row->set_weight(group.weight);
}

void WriteRelaxation(const planner::Relaxation& relaxation, v1::PlanRelaxation* row) {
  row->set_change(Joined(relaxation.change, "; ", Language::kEnglish));
  row->set_effect(Joined(relaxation.effect, "; ", Language::kEnglish));
  row->set_change_ja(Joined(relaxation.change, "、", Language::kJapanese));
  row->set_effect_ja(Joined(relaxation.effect, "。", Language::kJapanese));
  for (const planner::Change& change : relaxation.changes)
    plan_form::ToProto(change, row->add_changes());
  for (const std::string& item : relaxation.places) row->add_places(item);
  for (const std::string& item : relaxation.leaves) row->add_leaves(item);
  for (const planner::Measure& measure : relaxation.measures) {
    auto* const size = row->add_measures();
    size->set_kind(std::string(planner::Name(measure.kind)));
    size->set_subject(measure.subject);
    size->set_amount(measure.amount);
    size->set_unit(std::string(planner::UnitOf(measure.kind)));
  }
  row->set_left_count(static_cast<int>(relaxation.left_count));
}

}  // namespace

void ToProto(const planner::PlanSolution& solution, v1::PlanSolution* proto) {
  proto->set_status(std::string(planner::Name(solution.status)));
  for (const planner::Placement& placement : solution.placements) {
    auto* const row = proto->add_placements();
    row->set_item(placement.item);
    row->set_day(absl::FormatCivilTime(placement.day));
    row->set_slot(placement.slot);
    row->set_team(placement.team);
  }
  for (const planner::Left& left : solution.left) {
    auto* const row = proto->add_left();
    row->set_item(left.item);
    for (const planner::LeftReason& reason : left.reasons) ToProto(reason, row->add_reasons());
  }
  for (const planner::PhaseResult& phase : solution.phases) {
    auto* const row = proto->add_phases();
    row->set_id(phase.id);
    row->set_first_day(DayText(phase.first_day));
    row->set_last_day(DayText(phase.last_day));
    row->set_last_day_bound(DayText(phase.last_day_bound));
    row->set_bound_by(std::string(planner::Name(phase.bound_by)));
  }
  for (const planner::ObjectiveResult& objective : solution.objectives) {
    auto* const row = proto->add_objectives();
    row->set_name(std::string(planner::Name(objective.name)));
    row->set_value(objective.value);
    row->set_bound(objective.bound);
  }
  for (const planner::LeftGroup& group : solution.left_groups) {
    WriteGroup(group, proto->add_left_groups());
  }
  for (const planner::Relaxation& relaxation : solution.relaxations) {
    WriteRelaxation(relaxation, proto->add_relaxations());
  }
  for (const planner::Relaxation& step : solution.relaxation_steps) {
    WriteRelaxation(step, proto->add_relaxation_steps());
  }
}

}  // namespace kirikae::plan_form
