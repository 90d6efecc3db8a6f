#include "service/server/clock_command.h"

#include <unistd.h>

#include <fstream>
#include <iostream>
#include <string>

#include "service/domain/instant.h"
#include "service/server/failure.h"
#include "service/server/refused.h"
#include "service/server/said.h"
#include "service/server/state_files.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

std::string NoteOf(const std::string& state_dir) { return state_dir + "/clock.accepted"; }

}  // namespace

absl::StatusOr<std::function<absl::Time()>> ClockOf(const Config& config) {
  if (config.now.empty()) return std::function<absl::Time()>(absl::Now);
  const std::optional<absl::Time> start = domain::ReadRfc3339(config.now);
  if (!start.has_value()) {
    return Refused(
        Sentence("The time $0 can't be read; write it like 2025-05-01T09:00:00+09:00, "
                 "from the year 2000 on.",
                 {config.now}));
  }
  const absl::Duration shift = *start - absl::Now();
  if (config.clock_file.empty()) {
    return std::function<absl::Time()>([shift] { return absl::Now() + shift; });
  }
  // For tests: the file's seconds are added, so that the clock can be made to jump.
  return std::function<absl::Time()>([shift, path = config.clock_file] {
    int64_t seconds = 0;
    std::ifstream(path) >> seconds;
    return absl::Now() + shift + absl::Seconds(seconds);
  });
}

int AcceptClockNow(const Config& config) {
  const auto clock = ClockOf(config);
  if (!clock.ok()) return Fail(clock.status());
  const std::string now = absl::FormatTime(absl::RFC3339_full, (*clock)(), absl::UTCTimeZone());
  if (const absl::Status status = ReplaceFile(NoteOf(config.state_dir), now + "\n"); !status.ok()) {
    return Fail(status);
  }
  const Sentence sentence(
      "The clock shows $0 and is taken as right. The daemon writes again within "
      "seconds; its record says that the clock was accepted.",
      {now});
  Say(std::cout, sentence);
  return 0;
}

absl::StatusOr<absl::Time> TakeAcceptedClock(const std::string& state_dir) {
  std::string text;
  {
    std::ifstream note(NoteOf(state_dir));
    if (!(note >> text)) return absl::NotFoundError("no note");
  }
  unlink(NoteOf(state_dir).c_str());
  const std::optional<absl::Time> time = domain::ReadRfc3339(text);
  if (!time.has_value()) return absl::NotFoundError("the note can't be read");
  return *time;
}

}  // namespace kirikae::server
