// A plan for calendars.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "service/app/plans/document.h"
#include "service/catalogue/catalogue.h"

namespace kirikae::app {

/// iCalendar (RFC 5545) of devices sorted by day, slot and team: an all-day event for each of
/// these, its devices in the description. The UID of an event is made of the rollout, the day, the
/// slot and the team, so that a calendar which reads a later file updates the event. `now` is the
/// DTSTAMP.
std::string ToIcs(const std::string& rollout, const std::vector<PlannedDevice>& devices,
                  catalogue::Language language, absl::Time now);

/// A content line with its end, folded at 75 octets (RFC 5545, section 3.1), never inside a
/// character. `text` is UTF-8 without line breaks.
std::string IcsLine(const std::string& text);

/// A value of the type TEXT (RFC 5545, section 3.3.11): backslashes, semicolons, commas and line
/// breaks are escaped; carriage returns and other control characters, which no value may have, are
/// left out.
std::string IcsText(const std::string& text);

}  // namespace kirikae::app
