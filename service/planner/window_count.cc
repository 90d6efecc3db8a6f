#include "service/planner/window_count.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace kirikae::planner {

void WindowCount::Demand::Close() {
  std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) {
    return a.second * static_cast<double>(b.first) > b.second * static_cast<double>(a.first);
  });
  for (size_t k = 1; k < rows_.size(); ++k) {
    rows_[k].first += rows_[k - 1].first;
    rows_[k].second += rows_[k - 1].second;
  }
}

double WindowCount::Demand::Within(int64_t room) const {
  const auto at = std::upper_bound(rows_.begin(), rows_.end(), room,
                                   [](int64_t most, const auto& row) { return most < row.first; });
  const std::pair<int64_t, double> before =
      at == rows_.begin() ? std::pair<int64_t, double>{0, 0.0} : *(at - 1);
  if (at == rows_.end()) return before.second;
  return before.second + (at->second - before.second) * static_cast<double>(room - before.first) /
                             static_cast<double>(at->first - before.first);
}

WindowCount::WindowCount(const State& fixed, const std::vector<int>& units)
    : fixed_(fixed), model_(fixed.model()) {
  std::map<int, double> by_window;
  for (const int u : units) {
    const Unit& unit = model_.units[u];
    by_window[unit.window] += unit.weight;
    minutes_.Add(unit.minutes, unit.weight);
    devices_.Add(unit.devices, unit.weight);
  }
  windows_.assign(by_window.begin(), by_window.end());
  minutes_.Close();
  devices_.Close();
  MeasureCells(units);
  MeasurePools(units);
}

void WindowCount::MeasureCells(const std::vector<int>& units) {
  double least_length = 1e18;
  for (const int u : units) {
    least_length = std::min(least_length, static_cast<double>(model_.units[u].minutes) /
                                              static_cast<double>(model_.units[u].devices));
  }
  minute_room_.assign(model_.day_count() + 1, 0);
  device_room_.assign(model_.day_count() + 1, 0);
  for (int day = 0; day < model_.day_count(); ++day) {
    int64_t minutes = 0, devices = 0;
    for (int cell = day * model_.cells_per_day(); cell < (day + 1) * model_.cells_per_day();
         ++cell) {
      if (!model_.IsOpen(cell)) continue;
      int64_t most = std::max<int64_t>(0, model_.cell_devices[cell] - fixed_.UsedDevices(cell));
      if (model_.cell_minutes[cell] < kUnlimited / 2) {
        const int64_t visit = fixed_.Visits(cell) == 0 ? model_.visit_minutes : 0;
        const int64_t free =
            std::max<int64_t>(0, model_.cell_minutes[cell] - fixed_.UsedMinutes(cell) - visit);
        minutes += free;
        if (least_length > 0) {
          most =
              std::min(most, static_cast<int64_t>(static_cast<double>(free) / least_length + 1e-9));
        }
      } else {
        minutes_bind_ = false;
      }
      devices_bind_ = devices_bind_ && most < kUnlimited / 2;
      devices = std::min(kUnlimited, devices + most);
    }
    if (model_.ticket_limit > 0 && !model_.tickets.empty() && model_.tickets[0] > 0) {
      const double left = model_.ticket_limit + 1e-9 - model_.carried_tickets[day];
      const double most = std::floor(std::max(0.0, left) / model_.tickets[0]);
      devices = std::min(devices, static_cast<int64_t>(std::min(most, 1e12)));
    }
    minute_room_[day + 1] = minute_room_[day] + (minutes_bind_ ? minutes : 0);
    device_room_[day + 1] = device_room_[day] + (devices_bind_ ? devices : 0);
  }
}

/// Each unit counts for its first pool only, so no unit counts twice.
void WindowCount::MeasurePools(const std::vector<int>& units) {
  std::map<int, Demand> members;
  for (const int u : units) {
    const Unit& unit = model_.units[u];
    if (unit.pools.empty()) {
      without_pool_ += unit.weight;
    } else {
      members[unit.pools.front().first].Add(unit.pools.front().second, unit.weight);
    }
  }
  for (auto& [pool, demand] : members) {
    demand.Close();
    Supply supply(model_.day_count() + 1, 0);
    for (int day = 0; day < model_.day_count(); ++day) {
      supply[day + 1] =
          supply[day] + std::max<int64_t>(0, model_.pool_limit[pool] - fixed_.PoolUse(pool, day));
    }
    pools_.emplace_back(std::move(demand), std::move(supply));
  }
}

double WindowCount::Most(int from, int to) const {
  if (from > to) return 0;
  double most = 0;
  for (const auto& [window, weight] : windows_) {
    if (model_.AllowedDays(window, from, to) > 0) most += weight;
  }
  if (minutes_bind_) most = std::min(most, minutes_.Within(Between(minute_room_, from, to)));
  if (devices_bind_) most = std::min(most, devices_.Within(Between(device_room_, from, to)));
  double of_pools = without_pool_;
  for (const auto& [demand, supply] : pools_) of_pools += demand.Within(Between(supply, from, to));
  return std::min(most, of_pools);
}

}  // namespace kirikae::planner
