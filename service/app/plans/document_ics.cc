#include "service/app/plans/document_ics.h"

#include "service/domain/record_name.h"

namespace kirikae::app {
namespace {

// `20250501`.
std::string Date(absl::CivilDay day) {
  std::string text = absl::FormatCivilTime(day);
  std::erase(text, '-');
  return text;
}

bool SameWave(const planner::Placement& a, const planner::Placement& b) {
  return a.day == b.day && a.slot == b.slot && a.team == b.team;
}

std::string DescriptionLine(const PlannedDevice& device) {
  return device.placement.item + " " + device.host_name + " " + device.department + " " +
         device.site + " " + device.floor +
         (device.conditions.empty() ? "" : " (" + device.conditions + ")") + "\n";
}

}  // namespace

std::string IcsText(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\n') {
      escaped += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      escaped += '\\';
      escaped += c;
    } else if (static_cast<unsigned char>(c) >= 0x20U || c == '\t') {
      escaped += c;
    }
  }
  return escaped;
}

std::string IcsLine(const std::string& text) {
  constexpr size_t kMost = 75;
  std::string folded;
  size_t start = 0;
  size_t most = kMost;
  while (text.size() - start > most) {
    size_t end = start + most;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    folded += text.substr(start, end - start) + "\r\n ";
    start = end;
    most = kMost - 1;  // the space that a folded line begins with is one of its octets
  }
  return folded + text.substr(start) + "\r\n";
}

std::string ToIcs(const IcsPlan& plan, catalogue::Language language, absl::Time now) {
  // The names of slots and teams must not be translated, so they are filled in after translation.
  const std::string title =
      catalogue::InLanguage(domain::Sentence("Team $0, $1: $2 devices").format, language);
  const std::string stamp = absl::FormatTime("%Y%m%dT%H%M%SZ", now, absl::UTCTimeZone());
  const std::vector<PlannedDevice>& devices = plan.devices;
  std::string file = IcsLine("BEGIN:VCALENDAR") + IcsLine("VERSION:2.0") +
                     IcsLine("PRODID:-//Kirikae//Kirikae//JA") + IcsLine("CALSCALE:GREGORIAN") +
                     IcsLine("METHOD:PUBLISH");
  const auto begin = [&](const IcsWave& wave, size_t count) {
    const std::string summary = domain::Fill(title, {wave.team, wave.slot, std::to_string(count)});
    file +=
        IcsLine("BEGIN:VEVENT") +
        IcsLine("UID:" + domain::RolloutName(plan.rollout) + "/" + absl::FormatCivilTime(wave.day) +
                "/" + wave.slot + "/" + wave.team + "@kirikae") +
        IcsLine("DTSTAMP:" + stamp) + IcsLine("DTSTART;VALUE=DATE:" + Date(wave.day)) +
        IcsLine("SEQUENCE:" + std::to_string(plan.number)) + IcsLine("SUMMARY:" + IcsText(summary));
  };
  for (size_t first = 0; first < devices.size();) {
    const planner::Placement& wave = devices[first].placement;
    std::string description;
    size_t end = first;
    for (; end < devices.size() && SameWave(devices[end].placement, wave); ++end) {
      description += DescriptionLine(devices[end]);
    }
    begin({wave.day, wave.slot, wave.team}, end - first);
    file += IcsLine("DESCRIPTION:" + IcsText(description)) + IcsLine("TRANSP:TRANSPARENT") +
            IcsLine("STATUS:CONFIRMED") + IcsLine("END:VEVENT");
    first = end;
  }
  for (const IcsWave& wave : plan.removed) {
    begin(wave, 0);
    file += IcsLine("STATUS:CANCELLED") + IcsLine("END:VEVENT");
  }
  return file + IcsLine("END:VCALENDAR");
}

}  // namespace kirikae::app
