// The clock that the daemon goes by.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/api/call/environment.h"
#include "service/server/clock_watch.h"
#include "service/store/store.h"

namespace kirikae::server {

/// The time of the newest record; the infinite past without one.
absl::StatusOr<absl::Time> NewestRecord(store::Store& store);

/// A clock that stands still where the machine's is set back by less than a minute. One that is set
/// back by more shows that: ClockWatch then stops the writes. Thread-safe, as `clock` is.
std::function<absl::Time()> NotQuiteBackwards(std::function<absl::Time()> clock);

/// Takes the clock as right where `kirikaed clock accept` was called for the time that it shows,
/// and keeps that in the record.
void AcceptClock(const std::string& state_dir, ClockWatch& watch, const api::Environment& env);

}  // namespace kirikae::server
