#include "service/planner/desk_room.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace kirikae::planner {
namespace {

constexpr int64_t kMostStates = 4'000;
constexpr int64_t kMostWork = 2'000'000;

/// Tries every number of devices on each day, with what the days before it brought.
class DeskRoom {
 public:
  DeskRoom(const State& fixed, int from, int to, int64_t devices)
      : model_(fixed.model()), from_(from), to_(to) {
    const int all = static_cast<int>(model_.tickets.size());
    for (int k = 0; k < all; ++k) span_ = model_.tickets[k] > 0 ? k + 1 : span_;
    for (int day = from; day < std::min(model_.day_count(), to + span_); ++day) {
      double left = model_.ticket_limit + 1e-9 - model_.carried_tickets[day];
      for (int k = 0; k < all && k <= day; ++k) {
        left -= model_.tickets[k] * static_cast<double>(fixed.DayDevices(day - k));
      }
      room_.push_back(std::max(0.0, left));
    }
    for (int day = from; day <= to; ++day) {
      int64_t most = devices;
      for (int k = 0; k < span_ && day + k - from < static_cast<int>(room_.size()); ++k) {
        if (model_.tickets[k] <= 0) continue;
        const double here = std::floor(room_[day + k - from] / model_.tickets[k]);
        most = std::min(most, static_cast<int64_t>(std::min(here, 1e12)));
      }
      most_.push_back(most);
      largest_ = std::max(largest_, most);
    }
  }

  bool usable() const {
    if (span_ < 2) return false;
    int64_t states = 1;
    for (int k = 1; k < span_; ++k) {
      states *= largest_ + 1;
      if (states > kMostStates) return false;
    }
    const int64_t days = to_ - from_ + 1;
    return states * (largest_ + 1) * days * days / 2 <= kMostWork;
  }

  /// The number of days on which a device brings tickets.
  int span() const { return span_; }

  /// By last day from `first` on: the most devices on the days first..last.
  std::vector<int64_t> From(int first) const {
    const int64_t base = largest_ + 1;
    int64_t states = 1;
    for (int k = 1; k < span_; ++k) states *= base;
    // A state is the devices of the last span - 1 days, the latest as its last digit.
    std::vector<int64_t> best(states, -1), next;
    best[0] = 0;
    std::vector<int64_t> most;
    for (int day = first; day <= to_; ++day) {
      next.assign(states, -1);
      int64_t here = 0;
      for (int64_t state = 0; state < states; ++state) {
        if (best[state] < 0) continue;
        double load = 0;
        int64_t digits = state;
        for (int k = 1; k < span_; ++k) {
          load += model_.tickets[k] * static_cast<double>(digits % base);
          digits /= base;
        }
        for (int64_t count = 0; count <= most_[day - from_]; ++count) {
          const double with = load + model_.tickets[0] * static_cast<double>(count);
          // Without devices of this day, the days before it are as they may be.
          if (count > 0 && with > room_[day - from_] + 1e-9) break;
          if (count == 0 && load > room_[day - from_] + 1e-9) continue;
          int64_t& value = next[(state * base + count) % states];
          value = std::max(value, best[state] + count);
          here = std::max(here, value);
        }
      }
      best.swap(next);
      most.push_back(here);
    }
    return most;
  }

 private:
  const Model& model_;
  const int from_, to_;
  int span_ = 0;
  int64_t largest_ = 0;
  /// By day from `from_` on: the tickets that are left, and the most devices.
  std::vector<double> room_;
  std::vector<int64_t> most_;
};

}  // namespace

std::vector<DeskRange> DeskRanges(const State& fixed, int from, int to, int64_t devices) {
  std::vector<DeskRange> ranges;
  if (fixed.model().ticket_limit <= 0) return ranges;
  const DeskRoom room(fixed, from, to, devices);
  if (!room.usable()) return ranges;
  const int span = room.span();
  for (int first = from; first <= to; ++first) {
    const std::vector<int64_t> most = room.From(first);
    for (const int length : std::set<int>{2, span, span + 1, 2 * span}) {
      if (first + length - 1 <= to) {
        ranges.push_back({first, first + length - 1, most[length - 1]});
      }
    }
    if (first == from && to - from + 1 > 2 * span) ranges.push_back({from, to, most.back()});
  }
  std::erase_if(ranges, [&](const DeskRange& range) { return range.most >= devices; });
  return ranges;
}

}  // namespace kirikae::planner
