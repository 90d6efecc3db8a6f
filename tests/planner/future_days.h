// An independent simulation of a plan's futures; shares no code with the planner's forecast.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "service/planner/forecast.h"

namespace kirikae::planner {

/// The devices of a phase, by the index of their day.
struct FuturePhase {
  std::map<int, int> devices;
  int soak = 0;
  SeenOutcomes seen;
};

/// A gamma-distributed number; 0 for the shape 0.
inline double Gamma(double shape, std::mt19937_64& random) {
  return shape <= 0 ? 0 : std::gamma_distribution<double>(shape, 1)(random);
}

/// Plays one future and returns for each phase the index of the day on which its last device is
/// done; -1 without devices. The chance that an attempt does not succeed is drawn once a phase,
/// from a beta distribution of a prior of 20 attempts (7 % unsuccessful) and the attempts seen. Who
/// did not succeed comes again two days later at the earliest, in the order of the first attempts,
/// where the day has room for `room` devices beyond those planned.
inline std::vector<int> PlayFuture(const std::vector<FuturePhase>& phases, int room,
                                   std::mt19937_64& random) {
  std::vector<int> ends;
  std::map<int, int> busy;
  int begin = 0;
  for (const FuturePhase& phase : phases) {
    ends.push_back(-1);
    if (phase.devices.empty()) continue;
    const auto lost = static_cast<double>(phase.seen.failed + phase.seen.absent);
    const double bad = Gamma(0.07 * 20 + lost, random);
    const double good = Gamma(0.93 * 20 + static_cast<double>(phase.seen.attempted) - lost, random);
    const double chance = bad / (bad + good);
    const int late = std::max(0, begin - phase.devices.begin()->first);
    std::map<int, int> planned, again;
    int open = 0, waiting = 0;
    for (const auto& [day, devices] : phase.devices) {
      planned[day + late] = devices;
      open += devices;
    }
    int day = planned.begin()->first;
    for (; open > 0; ++day) {
      waiting += again[day];
      const int due = planned[day];
      busy[day] += due;
      const int made_up = std::min(waiting, std::max(0, room - busy[day]));
      waiting -= made_up;
      busy[day] += made_up;
      int missed = 0;
      for (int device = 0; device < due + made_up; ++device) {
        missed += std::uniform_real_distribution<double>(0, 1)(random) < chance ? 1 : 0;
      }
      again[day + 2] += missed;
      open -= due + made_up - missed;
    }
    ends.back() = day - 1;
    begin = day + phase.soak;
  }
  return ends;
}

}  // namespace kirikae::planner
