#include "service/planner/state.h"

#include <algorithm>

namespace kirikae::planner {

bool AllowedOnDay(const Model& model, const Unit& unit, int day) {
  const PhaseRow& phase = model.phases[unit.phase];
  return day >= phase.not_before && day <= phase.deadline && model.Allows(unit.window, day);
}

bool ServedBy(const Model& model, const Unit& unit, int team) {
  return std::all_of(unit.sites.begin(), unit.sites.end(),
                     [&](int site) { return model.serves[team][site] != 0; });
}

State::State(const Model& model)
    : model_(&model),
      unit_cell_(model.units.size(), -1),
      unit_slot_(model.units.size(), -1),
      use_of_cell_(model.cell_count(), 0),
      uses_(1),
      pool_use_(model.pool_limit.size() * model.days.size(), 0),
      day_devices_(model.days.size(), 0),
      phase_use_(model.phases.size() * model.days.size(), 0),
      phase_span_(model.phases.size(), {-1, -1}) {
  for (size_t u = 0; u < model.units.size(); ++u) {
    if (model.units[u].fixed_cell >= 0) Place(static_cast<int>(u), model.units[u].fixed_cell);
  }
}

State::Use& State::Touch(int cell) {
  int32_t& use = use_of_cell_[cell];
  if (use == 0) {
    use = static_cast<int32_t>(uses_.size());
    uses_.emplace_back();
  }
  return uses_[use];
}

bool State::Visited(int cell, int site) const {
  for (const auto& [visited, count] : At(cell).sites) {
    if (visited == site) return true;
  }
  return false;
}

/// After a removal: moves the ends of the phase's span to days that still have a unit.
void State::NarrowSpan(int phase) {
  auto& [first, last] = phase_span_[phase];
  while (first <= last && PhaseUnits(phase, first) == 0) ++first;
  while (last > first && PhaseUnits(phase, last) == 0) --last;
  if (first > last) first = last = -1;
}

std::pair<int, int> State::PhaseRoom(int phase) const {
  int from = model_->phases[phase].not_before;
  int to = model_->phases[phase].deadline;
  for (int p = phase - 1; p >= 0; --p) {
    if (const auto span = PhaseSpan(p); span.second >= 0) {
      from = std::max(from, span.second + 1 + model_->phases[p].soak);
      break;
    }
  }
  for (size_t p = phase + 1; p < model_->phases.size(); ++p) {
    if (const auto span = PhaseSpan(static_cast<int>(p)); span.first >= 0) {
      to = std::min(to, span.first - 1 - model_->phases[phase].soak);
      break;
    }
  }
  return {from, to};
}

int64_t State::AddedMinutes(const Unit& unit, int cell) const {
  int64_t minutes = unit.minutes;
  if (model_->visit_minutes > 0) {
    for (int site : unit.sites) {
      if (!Visited(cell, site)) minutes += model_->visit_minutes;
    }
  }
  return minutes;
}

bool State::RoomInCell(const Unit& unit, int cell) const {
  const Use& use = At(cell);
  return use.devices + unit.devices <= model_->cell_devices[cell] &&
         use.minutes + unit.minutes <= model_->cell_minutes[cell] &&
         use.minutes + AddedMinutes(unit, cell) <= model_->cell_minutes[cell];
}

bool State::RoomInPools(const Unit& unit, int day) const {
  for (const auto& [pool, count] : unit.pools) {
    if (PoolUse(pool, day) + count > model_->pool_limit[pool]) return false;
  }
  return true;
}

bool State::RoomAtHelpDesk(int64_t devices, int day) const {
  if (model_->ticket_limit <= 0) return true;
  const int span = static_cast<int>(model_->tickets.size());
  for (int affected = day; affected < day + span && affected < model_->day_count(); ++affected) {
    if (model_->tickets[affected - day] * static_cast<double>(devices) <= 0) continue;
    double load = model_->carried_tickets[affected];
    for (int k = 0; k < span && k <= affected; ++k) {
      const int64_t placed = day_devices_[affected - k] + (affected - k == day ? devices : 0);
      load += static_cast<double>(placed) * model_->tickets[k];
    }
    if (load > model_->ticket_limit + 1e-9) return false;
  }
  return true;
}

bool State::Fits(int unit_index, int cell) const {
  const Unit& unit = model_->units[unit_index];
  const int day = model_->DayOf(cell);
  if (unit.split_over_phases) return false;
  if (unit.forced_cell >= 0 && unit.forced_cell != cell) return false;
  return model_->IsOpen(cell) && RoomInCell(unit, cell) && AllowedOnDay(*model_, unit, day) &&
         ServedBy(*model_, unit, model_->TeamOf(cell)) && RoomInPools(unit, day) &&
         RoomAtHelpDesk(unit.devices, day);
}

unsigned State::BrokenRules(int unit_index, int cell) const {
  return BrokenRules(unit_index, cell, PhaseRoom(model_->units[unit_index].phase));
}

unsigned State::BrokenRules(int unit_index, int cell, std::pair<int, int> room) const {
  const Unit& unit = model_->units[unit_index];
  const int day = model_->DayOf(cell);
  const Window& window = model_->windows[unit.window];
  const PhaseRow& phase = model_->phases[unit.phase];
  unsigned broken = kRuleNone;
  if (!model_->IsOpen(cell)) broken |= kRuleClosed;
  if (!ServedBy(*model_, unit, model_->TeamOf(cell))) broken |= kRuleTeamSite;
  if (day < window.first || day > window.last) broken |= kRuleNotReady;
  for (const auto& [from, to] : window.blocked) {
    if (day >= from && day <= to) broken |= kRuleBlackout;
  }
  if (day > phase.deadline) broken |= kRuleDeadline;
  if (day < phase.not_before) broken |= kRulePhaseStart;
  if (!RoomInCell(unit, cell)) broken |= kRuleCapacity;
  if (!RoomInPools(unit, day)) broken |= kRulePool;
  if (!RoomAtHelpDesk(unit.devices, day)) broken |= kRuleHelpDesk;
  const auto [from, to] = room;
  if (unit.split_over_phases || (day >= phase.not_before && day < from) ||
      (day <= phase.deadline && day > to)) {
    broken |= kRulePhaseOrder;
  }
  if (unit.forced_cell >= 0 && unit.forced_cell != cell) broken |= kRuleGroup;
  return broken;
}

void State::Place(int unit_index, int cell) {
  const Unit& unit = model_->units[unit_index];
  const int day = model_->DayOf(cell);
  Use& use = Touch(cell);
  use.minutes += AddedMinutes(unit, cell);
  use.devices += unit.devices;
  for (int site : unit.sites) {
    const auto at = std::find_if(use.sites.begin(), use.sites.end(),
                                 [&](const auto& entry) { return entry.first == site; });
    if (at == use.sites.end()) {
      use.sites.emplace_back(site, 1);
    } else {
      ++at->second;
    }
  }
  for (const auto& [pool, count] : unit.pools) {
    pool_use_[static_cast<size_t>(pool) * model_->day_count() + day] += static_cast<int32_t>(count);
  }
  day_devices_[day] += unit.devices;
  ++phase_use_[static_cast<size_t>(unit.phase) * model_->day_count() + day];
  auto& [first, last] = phase_span_[unit.phase];
  first = first < 0 ? day : std::min(first, day);
  last = std::max(last, day);
  unit_cell_[unit_index] = cell;
  unit_slot_[unit_index] = static_cast<int>(use.units.size());
  use.units.push_back(unit_index);
}

void State::Remove(int unit_index) {
  const Unit& unit = model_->units[unit_index];
  const int cell = unit_cell_[unit_index];
  const int day = model_->DayOf(cell);
  Use& use = Touch(cell);
  for (int site : unit.sites) {
    const auto at = std::find_if(use.sites.begin(), use.sites.end(),
                                 [&](const auto& entry) { return entry.first == site; });
    if (--at->second == 0) use.sites.erase(at);
  }
  use.minutes -= AddedMinutes(unit, cell);
  use.devices -= unit.devices;
  for (const auto& [pool, count] : unit.pools) {
    pool_use_[static_cast<size_t>(pool) * model_->day_count() + day] -= static_cast<int32_t>(count);
  }
  day_devices_[day] -= unit.devices;
  --phase_use_[static_cast<size_t>(unit.phase) * model_->day_count() + day];
  NarrowSpan(unit.phase);
  std::vector<int>& units = use.units;
  const int hole = unit_slot_[unit_index];
  units[hole] = units.back();
  unit_slot_[units[hole]] = hole;
  units.pop_back();
  unit_cell_[unit_index] = -1;
  unit_slot_[unit_index] = -1;
}

}  // namespace kirikae::planner
