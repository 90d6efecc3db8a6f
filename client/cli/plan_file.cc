#include "client/cli/plan_file.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "client/cli/catalogue.h"
#include "client/cli/paging.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

std::vector<std::string> Headers() {
  return {Tr("day"),        Tr("slot"), Tr("team"),  Tr("tag"),  Tr("host"),
          Tr("department"), Tr("site"), Tr("floor"), Tr("users")};
}

std::vector<std::string> Cells(const PlannedDevice& device) {
  return {device.day,        device.slot, device.team,  device.asset_tag, device.host_name,
          device.department, device.site, device.floor, device.users};
}

// TEXT of RFC 5545, section 3.3.11.
std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') escaped += '\\';
    if (c == '\n') {
      escaped += "\\n";
    } else if (c != '\r') {
      escaped += c;
    }
  }
  return escaped;
}

// A content line folded at 75 octets (section 3.1), never inside a character.
std::string Line(const std::string& text) {
  constexpr size_t kMost = 75;
  std::string folded;
  size_t start = 0;
  size_t room = kMost;
  while (text.size() - start > room) {
    size_t end = start + room;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    folded += text.substr(start, end - start) + "\r\n ";
    start = end;
    room = kMost - 1;  // the space counts
  }
  return folded + text.substr(start) + "\r\n";
}

// `2025-05-01` as `20250501`.
std::string Date(const std::string& day) {
  return day.substr(0, 4) + day.substr(5, 2) + day.substr(8, 2);
}

// `2025-04-01T00:00:00Z` as `20250401T000000Z`.
std::string Stamp(const std::string& instant) {
  std::string stamp;
  for (const char c : instant.substr(0, 19)) {
    if (c != '-' && c != ':') stamp += c;
  }
  return stamp + "Z";
}

}  // namespace

std::vector<PlannedDevice> PlannedDevices(Session& session, const v1::Plan& plan) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListDevicesRequest, v1::ListDevicesResponse>(
      session, {}, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListDevices(context, asked, page);
      });
  std::map<std::string, const v1::Device*> by_tag;
  for (const v1::Device& device : all.devices()) by_tag[device.asset_tag()] = &device;
  std::vector<PlannedDevice> devices;
  for (const v1::PlanPlacement& placement : plan.solution().placements()) {
    PlannedDevice row{
        placement.day(), placement.slot(), placement.team(), placement.item(), "", "", "", "", ""};
    if (const auto found = by_tag.find(placement.item()); found != by_tag.end()) {
      const v1::Device& device = *found->second;
      row.host_name = device.host_name();
      row.department = device.department();
      row.site = device.site();
      row.floor = device.floor();
      for (const v1::DeviceUser& user : device.users()) {
        row.users += (row.users.empty() ? "" : ", ") + user.name();
      }
    }
    devices.push_back(std::move(row));
  }
  std::sort(devices.begin(), devices.end(), [](const PlannedDevice& a, const PlannedDevice& b) {
    return std::tie(a.day, a.slot, a.team, a.asset_tag) <
           std::tie(b.day, b.slot, b.team, b.asset_tag);
  });
  return devices;
}

std::string ToIcs(const v1::Plan& plan, const std::vector<PlannedDevice>& devices) {
  std::string file = Line("BEGIN:VCALENDAR") + Line("VERSION:2.0") +
                     Line("PRODID:-//Kirikae//Kirikae//JA") + Line("CALSCALE:GREGORIAN");
  const std::string rollout = plan.name().substr(0, plan.name().find("/plans/"));
  for (size_t first = 0; first < devices.size();) {
    const PlannedDevice& wave = devices[first];
    std::string description;
    size_t last = first;
    for (; last < devices.size() && devices[last].day == wave.day &&
           devices[last].slot == wave.slot && devices[last].team == wave.team;
         ++last) {
      const PlannedDevice& device = devices[last];
      description += device.asset_tag + " " + device.host_name + " " + device.department + " " +
                     device.site + " " + device.floor + "\n";
    }
    const std::string title =
        Tr("Team $0, $1: $2 devices", {wave.team, wave.slot, std::to_string(last - first)});
    file +=
        Line("BEGIN:VEVENT") +
        Line("UID:" + rollout + "/" + wave.day + "/" + wave.slot + "/" + wave.team + "@kirikae") +
        Line("DTSTAMP:" + Stamp(plan.create_time())) +
        Line("DTSTART;VALUE=DATE:" + Date(wave.day)) + Line("SUMMARY:" + Escaped(title)) +
        Line("DESCRIPTION:" + Escaped(description)) + Line("TRANSP:TRANSPARENT") +
        Line("END:VEVENT");
    first = last;
  }
  return file + Line("END:VCALENDAR");
}

std::string ToCsv(const std::vector<PlannedDevice>& devices) {
  std::string file = "\xEF\xBB\xBF";
  const auto add = [&](const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) file += (i == 0 ? "" : ",") + CsvCell(cells[i]);
    file += "\r\n";
  };
  add(Headers());
  for (const PlannedDevice& device : devices) add(Cells(device));
  return file;
}

bool WriteXlsx(const std::string& path, const std::vector<PlannedDevice>& devices) {
  lxw_workbook* const workbook = workbook_new(path.c_str());
  if (workbook == nullptr) return false;
  lxw_worksheet* const sheet = workbook_add_worksheet(workbook, Tr("plan").c_str());
  const auto add = [&](lxw_row_t row, const std::vector<std::string>& cells) {
    for (size_t i = 0; i < cells.size(); ++i) {
      worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), cells[i].c_str(), nullptr);
    }
  };
  add(0, Headers());
  for (size_t i = 0; i < devices.size(); ++i) add(static_cast<lxw_row_t>(i + 1), Cells(devices[i]));
  worksheet_freeze_panes(sheet, 1, 0);
  return workbook_close(workbook) == LXW_NO_ERROR;
}

}  // namespace kirikae::cli
