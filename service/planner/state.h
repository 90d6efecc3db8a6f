// A partial plan: which unit is in which cell, and the capacity used.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "service/planner/model.h"

namespace kirikae::planner {

/// The rules that a placement can break, as bits.
enum Rule : unsigned {
  kRuleNone = 0,
  kRuleClosed = 1u << 0,
  kRuleTeamSite = 1u << 1,
  kRuleNotReady = 1u << 2,
  kRuleBlackout = 1u << 3,
  kRuleDeadline = 1u << 4,
  kRulePhaseStart = 1u << 5,
  kRuleCapacity = 1u << 6,
  kRulePool = 1u << 7,
  kRuleHelpDesk = 1u << 8,
  kRulePhaseOrder = 1u << 9,
  kRuleGroup = 1u << 10,
};

/// Keeps the use of cells, pools and days while units are placed and removed. Starts with the fixed
/// units placed. Not thread-safe; the model must outlive this object.
class State {
 public:
  explicit State(const Model& model);

  const Model& model() const { return *model_; }
  int CellOf(int unit) const { return unit_cell_[unit]; }
  /// Valid until the next Place().
  const std::vector<int>& UnitsIn(int cell) const { return At(cell).units; }
  int64_t UsedMinutes(int cell) const { return At(cell).minutes; }
  int64_t UsedDevices(int cell) const { return At(cell).devices; }
  int64_t Visits(int cell) const { return static_cast<int64_t>(At(cell).sites.size()); }
  bool Visited(int cell, int site) const;
  int64_t PoolUse(int pool, int day) const {
    return pool_use_[static_cast<size_t>(pool) * model_->day_count() + day];
  }
  int64_t DayDevices(int day) const { return day_devices_[day]; }
  int64_t PhaseUnits(int phase, int day) const {
    return phase_use_[static_cast<size_t>(phase) * model_->day_count() + day];
  }

  /// The first and last day with a unit of the phase; {-1, -1} when there is none.
  std::pair<int, int> PhaseSpan(int phase) const { return phase_span_[phase]; }
  /// The first and last day that the other phases, as planned now, leave to `phase`.
  std::pair<int, int> PhaseRoom(int phase) const;

  /// The minutes that `unit` adds to `cell`, including the visits that it causes.
  int64_t AddedMinutes(const Unit& unit, int cell) const;
  bool RoomInCell(const Unit& unit, int cell) const;
  bool RoomInPools(const Unit& unit, int day) const;
  bool RoomAtHelpDesk(int64_t devices, int day) const;
  /// Checks every rule except phase order (see PhaseRoom). The unit must not be placed.
  bool Fits(int unit, int cell) const;
  /// Every broken rule, phase order included. The unit must not be placed.
  unsigned BrokenRules(int unit, int cell) const;
  /// The same when PhaseRoom() of the unit's phase is already known.
  unsigned BrokenRules(int unit, int cell, std::pair<int, int> room) const;

  void Place(int unit, int cell);
  void Remove(int unit);

 private:
  /// The use of one cell.
  struct Use {
    int64_t minutes = 0;
    int64_t devices = 0;
    std::vector<int> units;
    /// Each site visited, with the number of units there.
    std::vector<std::pair<int, int>> sites;
  };

  const Use& At(int cell) const { return uses_[use_of_cell_[cell]]; }
  Use& Touch(int cell);
  void NarrowSpan(int phase);

  const Model* model_;
  std::vector<int> unit_cell_;
  std::vector<int> unit_slot_;
  /// By cell: its number in `uses_`; 0, which stays empty, for a cell never used. Most cells of a
  /// far horizon are never used.
  std::vector<int32_t> use_of_cell_;
  std::vector<Use> uses_;
  std::vector<int32_t> pool_use_;
  std::vector<int64_t> day_devices_;
  std::vector<int32_t> phase_use_;
  std::vector<std::pair<int, int>> phase_span_;
};

/// The day checks that depend only on the unit: its window, and the deadline and start of its
/// phase.
bool AllowedOnDay(const Model& model, const Unit& unit, int day);
bool ServedBy(const Model& model, const Unit& unit, int team);

}  // namespace kirikae::planner
