#include "service/planner/placed_bound.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>

#include "service/planner/excess.h"

namespace kirikae::planner {
namespace {

/// Compares the demand of `units` with the supply of the days first..last.
class Measure {
 public:
  Measure(const State& fixed, const std::vector<int>& units, int first, int last)
      : fixed_(fixed),
        model_(fixed.model()),
        units_(units),
        first_(std::max(0, first)),
        last_(std::min(last, model_.day_count() - 1)) {}

  double Least() const {
    if (units_.empty()) return 0;
    return std::max({OfCells(), OfHelpDesk(), OfPools()});
  }

 private:
  const Unit& At(int unit) const { return model_.units[unit]; }

  double OfCells() const {
    Excess minutes, devices, pieces;
    int64_t least_minutes = kUnlimited, least_devices = kUnlimited;
    for (const int unit : units_) {
      minutes.Add(At(unit).minutes, At(unit).weight);
      devices.Add(At(unit).devices, At(unit).weight);
      pieces.Add(1, At(unit).weight);
      least_minutes = std::min(least_minutes, At(unit).minutes);
      least_devices = std::min(least_devices, At(unit).devices);
    }
    int64_t minute_room = 0, device_room = 0, piece_room = 0;
    for (int cell = first_ * model_.cells_per_day(); cell < (last_ + 1) * model_.cells_per_day();
         ++cell) {
      if (!model_.IsOpen(cell)) continue;
      const int64_t free_minutes =
          std::max<int64_t>(0, model_.cell_minutes[cell] - fixed_.UsedMinutes(cell));
      const int64_t free_devices =
          std::max<int64_t>(0, model_.cell_devices[cell] - fixed_.UsedDevices(cell));
      int64_t most = static_cast<int64_t>(units_.size());
      if (least_minutes > 0) most = std::min(most, free_minutes / least_minutes);
      if (least_devices > 0) most = std::min(most, free_devices / least_devices);
      minute_room = std::min(kUnlimited, minute_room + free_minutes);
      device_room = std::min(kUnlimited, device_room + free_devices);
      piece_room += most;
    }
    minutes.Sort();
    devices.Sort();
    pieces.Sort();
    return std::max({minutes.LeastWeightOut(minute_room), devices.LeastWeightOut(device_room),
                     pieces.LeastWeightOut(piece_room)});
  }

  /// On each day at most the devices whose tickets of the first day the help desk can take.
  double OfHelpDesk() const {
    if (model_.ticket_limit <= 0 || model_.tickets.empty() || model_.tickets[0] <= 0) return 0;
    Excess devices;
    for (const int unit : units_) devices.Add(At(unit).devices, At(unit).weight);
    devices.Sort();
    int64_t room = 0;
    for (int day = first_; day <= last_; ++day) {
      const double left = model_.ticket_limit + 1e-9 - model_.carried_tickets[day];
      room += static_cast<int64_t>(std::floor(std::max(0.0, left) / model_.tickets[0]));
    }
    return devices.LeastWeightOut(room);
  }

  /// Each unit counts for its first pool only, so no unit is counted twice.
  double OfPools() const {
    std::map<int, std::vector<int>> of_pool;
    for (const int unit : units_) {
      if (!At(unit).pools.empty()) of_pool[At(unit).pools.front().first].push_back(unit);
    }
    double least = 0;
    for (const auto& [pool, members] : of_pool) {
      Excess pieces;
      for (const int unit : members) pieces.Add(At(unit).pools.front().second, At(unit).weight);
      pieces.Sort();
      int64_t room = 0;
      for (int day = first_; day <= last_; ++day) {
        room += std::max<int64_t>(0, model_.pool_limit[pool] - fixed_.PoolUse(pool, day));
      }
      least += pieces.LeastWeightOut(room);
    }
    return least;
  }

  const State& fixed_;
  const Model& model_;
  const std::vector<int>& units_;
  const int first_;
  const int last_;
};

}  // namespace

double LeastLeftOut(const State& fixed, const std::vector<int>& units) {
  const Model& model = fixed.model();
  std::vector<std::vector<int>> of_phase(model.phases.size());
  for (const int unit : units) of_phase[model.units[unit].phase].push_back(unit);
  double by_phase = 0;
  for (size_t p = 0; p < of_phase.size(); ++p) {
    const auto [from, to] = fixed.PhaseRoom(static_cast<int>(p));
    by_phase += Measure(fixed, of_phase[p], from, to).Least();
  }
  return std::max(by_phase, Measure(fixed, units, 0, model.day_count() - 1).Least());
}

}  // namespace kirikae::planner
