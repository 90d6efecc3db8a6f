// Writes a plan as an iCalendar file.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "service/app/plans/document.h"
#include "service/catalogue/catalogue.h"

namespace kirikae::app {

/// iCalendar (RFC 5545) for devices sorted by day, slot and team. Each (day, slot, team) is an
/// all-day event with its devices in the description. The event's UID consists of the rollout, the
/// day, the slot and the team, so a calendar that reads a later file updates the event. `now` is
/// the DTSTAMP.
std::string ToIcs(const std::string& rollout, const std::vector<PlannedDevice>& devices,
                  catalogue::Language language, absl::Time now);

/// A content line with its line end, folded at 75 octets (RFC 5545, section 3.1) but never inside a
/// character. `text` is UTF-8 without line breaks.
std::string IcsLine(const std::string& text);

/// A value of the type TEXT (RFC 5545, section 3.3.11): backslashes, semicolons, commas and line
/// breaks are escaped; carriage returns and other control characters, which no value may have, are
/// removed.
std::string IcsText(const std::string& text);

}  // namespace kirikae::app
