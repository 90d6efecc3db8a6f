// A plan as a file: for calendars and spreadsheets.
#pragma once

#include <string>
#include <vector>

#include "client/cli/session.h"
#include "kirikae/v1/planning_service.pb.h"

namespace kirikae::cli {

/// One device of a plan, with what technicians need to find it.
struct PlannedDevice {
  std::string day;  ///< `YYYY-MM-DD`
  std::string slot;
  std::string team;
  std::string asset_tag;
  std::string host_name;
  std::string department;
  std::string site;
  std::string floor;
  std::string users;
};

/// The devices by day, slot, team and tag.
std::vector<PlannedDevice> PlannedDevices(Session& session, const v1::Plan& plan);

/// iCalendar (RFC 5545): an all-day event for each day, slot and team, its devices in the
/// description; the same event keeps its UID over exports, so that a calendar updates it.
std::string ToIcs(const v1::Plan& plan, const std::vector<PlannedDevice>& devices);

/// CSV in UTF-8 with a byte order mark; cells that a spreadsheet would run are neutralised.
std::string ToCsv(const std::vector<PlannedDevice>& devices);

/// Writes a workbook of one sheet with text cells; false where the file can't be written.
bool WriteXlsx(const std::string& path, const std::vector<PlannedDevice>& devices);

}  // namespace kirikae::cli
