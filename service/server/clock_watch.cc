#include "service/server/clock_watch.h"

#include <ctime>
#include <string>
#include <utility>

#include "service/domain/error_detail.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

// How far the clock may be off before nothing is written.
constexpr absl::Duration kMostOff = absl::Minutes(1);

std::string Shown(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

absl::Status Jumped(Sentence sentence) {
  return domain::MakeError(absl::StatusCode::kUnavailable, "CLOCK_JUMPED", std::move(sentence));
}

}  // namespace

absl::Time TimeSinceBoot() {
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return absl::TimeFromTimespec(now);
}

ClockWatch::ClockWatch(Clock wall, Clock steady, absl::Time newest)
    : wall_(std::move(wall)),
      steady_(std::move(steady)),
      newest_(newest),
      wall_then_(wall_()),
      steady_then_(steady_()) {}

absl::Status ClockWatch::Check() {
  const std::lock_guard lock(mutex_);
  const absl::Time wall = wall_();
  const absl::Time steady = steady_();
  if (wall < newest_ - kMostOff) {
    return Jumped(
        Sentence("The machine's clock shows $0, and the newest record was made at $1. Nothing is "
                 "written until the clock is right. If it is right now, say so on the machine: "
                 "kirikaed clock accept",
                 {Shown(wall), Shown(newest_)}));
  }
  const absl::Time expected = wall_then_ + (steady - steady_then_);
  if (absl::AbsDuration(wall - expected) > kMostOff) {
    return Jumped(
        Sentence("The machine's clock shows $0, and it should show $1. Nothing is written until "
                 "the clock is right. If it is right now, say so on the machine: kirikaed clock "
                 "accept",
                 {Shown(wall), Shown(expected)}));
  }
  wall_then_ = wall;
  steady_then_ = steady;
  return absl::OkStatus();
}

void ClockWatch::Accept() {
  const std::lock_guard lock(mutex_);
  wall_then_ = wall_();
  steady_then_ = steady_();
  newest_ = absl::InfinitePast();
}

}  // namespace kirikae::server
