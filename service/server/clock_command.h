// `kirikaed clock accept`: says that the clock is right though it has jumped.
#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/server/config.h"

namespace kirikae::server {

/// Leaves a note in the state directory that the clock is right as it is now; a daemon that serves
/// it, or the next one, takes the note. Gives the exit code.
int AcceptClockNow(const Config& config);

/// Takes the note away: the time that was accepted. NOT_FOUND without one.
absl::StatusOr<absl::Time> TakeAcceptedClock(const std::string& state_dir);

/// The clock of this configuration: the machine's, or one that started at --now and runs on.
/// FAILED_PRECONDITION where --now can't be read.
absl::StatusOr<std::function<absl::Time()>> ClockOf(const Config& config);

}  // namespace kirikae::server
