// Writes a plan as an iCalendar file.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/app/plans/document.h"
#include "service/catalogue/catalogue.h"

namespace kirikae::app {

/// A slot of a team on a day.
struct IcsWave {
  absl::CivilDay day;
  std::string slot;
  std::string team;

  bool operator<(const IcsWave& other) const {
    return std::tie(day, slot, team) < std::tie(other.day, other.slot, other.team);
  }
};

/// What a calendar file is about.
struct IcsPlan {
  std::string rollout;
  int64_t number = 0;                  ///< of the plan, the SEQUENCE of its events
  std::vector<PlannedDevice> devices;  ///< by day, slot and team
  std::vector<IcsWave> removed;        ///< that earlier plans had
};

/// iCalendar (RFC 5545) for a plan. Each (day, slot, team) is an all-day event with its devices in
/// the description. The event's UID consists of the rollout, the day, the slot and the team, and
/// its SEQUENCE is the plan's number, so a calendar that reads a later file updates the event.
/// Waves that earlier plans had are events with the status CANCELLED. `now` is the DTSTAMP.
std::string ToIcs(const IcsPlan& plan, catalogue::Language language, absl::Time now);

/// A content line with its line end, folded at 75 octets (RFC 5545, section 3.1) but never inside a
/// character. `text` is UTF-8 without line breaks.
std::string IcsLine(const std::string& text);

/// A value of the type TEXT (RFC 5545, section 3.3.11): backslashes, semicolons, commas and line
/// breaks are escaped; carriage returns and other control characters, which no value may have, are
/// removed.
std::string IcsText(const std::string& text);

}  // namespace kirikae::app
