#include "service/planner/desk_plans.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace kirikae::planner {
namespace {

constexpr int64_t kMostStates = 8'000;
constexpr int64_t kMostWork = 1'500'000;
constexpr double kEpsilon = 1e-9;
constexpr double kNone = -1e300;

}  // namespace

DeskPlans::DeskPlans(const State& fixed, int from, int to, std::vector<int64_t> most)
    : days_(to - from + 1) {
  const Model& model = fixed.model();
  const int all = static_cast<int>(model.tickets.size());
  for (int k = 0; k < all; ++k) span_ = model.tickets[k] > 0 ? k + 1 : span_;
  if (model.ticket_limit <= 0 || span_ == 0) return;
  tickets_.assign(model.tickets.begin(), model.tickets.begin() + span_);
  for (int day = from; day < std::min(model.day_count(), to + span_); ++day) {
    double left = model.ticket_limit + kEpsilon - model.carried_tickets[day];
    for (int k = 0; k < span_ && k <= day; ++k) {
      left -= tickets_[k] * static_cast<double>(fixed.DayDevices(day - k));
    }
    room_.push_back(std::max(0.0, left) + kEpsilon);
  }
  int64_t largest = 0;
  for (int day = 0; day < days_; ++day) {
    for (int k = 0; k < span_ && day + k < static_cast<int>(room_.size()); ++k) {
      if (tickets_[k] <= 0) continue;
      const double here = std::floor(room_[day + k] / tickets_[k]);
      most[day] = std::min(most[day], static_cast<int64_t>(std::min(here, 1e12)));
    }
    largest = std::max(largest, most[day]);
  }
  int64_t states = 1;
  for (int k = 1; k < span_; ++k) {
    states *= largest + 1;
    if (states > kMostStates) return;
  }
  base_ = static_cast<int>(largest) + 1;
  states_ = static_cast<int>(states);
  if (states * base_ > std::numeric_limits<int32_t>::max()) return;
  most_.assign(most.begin(), most.end());
  ListMoves();
  usable_ = work_ <= kMostWork;
}

/// Lists the states that each day can begin with. The days after the last one add nothing.
void DeskPlans::ListMoves() {
  moves_.assign(room_.size(), {});
  work_ = 0;
  std::vector<char> reached(states_, 0), then;
  reached[0] = 1;
  for (size_t day = 0; day < room_.size(); ++day) {
    then.assign(states_, 0);
    const int high = static_cast<int>(day) < days_ ? most_[day] : 0;
    work_ += states_;
    for (int state = 0; state < states_; ++state) {
      if (!reached[state]) continue;
      double load = 0;
      for (int k = 1, digits = state; k < span_; ++k, digits /= base_) {
        load += tickets_[k] * static_cast<double>(digits % base_);
      }
      if (load > room_[day]) continue;
      int most = high;
      if (tickets_[0] > 0) {
        // Not rounded down where only a rounding error is missing.
        const double here = std::floor((room_[day] - load) / tickets_[0] + kEpsilon);
        most = static_cast<int>(std::min<double>(most, here));
      }
      moves_[day].push_back({state, most});
      for (int count = 0; count <= most; ++count) {
        then[(static_cast<int64_t>(state) * base_ + count) % states_] = 1;
      }
      work_ += most + 1;
    }
    reached.swap(then);
  }
}

/// Adds the devices that the desk can bear too: those that are worth nothing.
void DeskPlans::Extend(Plan& plan) const {
  std::vector<double> room = room_;
  const auto take = [&](int day, int devices) {
    for (int k = 0; k < span_ && day + k < static_cast<int>(room.size()); ++k) {
      room[day + k] -= tickets_[k] * devices;
    }
  };
  for (int day = 0; day < days_; ++day) take(day, plan.devices[day]);
  for (int day = 0; day < days_; ++day) {
    double more = most_[day] - plan.devices[day];
    for (int k = 0; k < span_ && day + k < static_cast<int>(room.size()); ++k) {
      if (tickets_[k] > 0) more = std::min(more, std::floor(room[day + k] / tickets_[k]));
    }
    if (more < 1) continue;
    take(day, static_cast<int>(more));
    plan.devices[day] += static_cast<int>(more);
  }
}

DeskPlans::Plan DeskPlans::Best(const std::vector<double>& prices) {
  const auto width = static_cast<size_t>(states_);
  came_.assign(room_.size() * width, -1);
  best_.assign(width, kNone);
  best_[0] = 0;
  for (size_t day = 0; day < room_.size(); ++day) {
    const double price = static_cast<int>(day) < days_ ? prices[day] : 0;
    next_.assign(width, kNone);
    int32_t* const came = &came_[day * width];
    for (const Move& move : moves_[day]) {
      if (best_[move.state] == kNone) continue;
      // A device that is worth nothing only brings tickets.
      const int most = price > 0 ? move.most : 0;
      for (int count = 0; count <= most; ++count) {
        const int64_t at = static_cast<int64_t>(move.state) * base_ + count;
        const auto to = static_cast<size_t>(at % states_);
        const double worth = best_[move.state] + price * count;
        if (worth <= next_[to]) continue;
        next_[to] = worth;
        came[to] = static_cast<int32_t>(at);
      }
    }
    best_.swap(next_);
  }
  size_t state = static_cast<size_t>(std::max_element(best_.begin(), best_.end()) - best_.begin());
  // No device on any day is a plan too.
  Plan plan{best_[state], std::vector<int>(days_, 0)};
  for (size_t day = room_.size(); day-- > 0;) {
    const int32_t at = came_[day * width + state];
    if (static_cast<int>(day) < days_) plan.devices[day] = at % base_;
    state = static_cast<size_t>(at / base_);
  }
  Extend(plan);
  return plan;
}

}  // namespace kirikae::planner
