#include "service/app/calendar/holiday_list.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/text/encoding.h"
#include "service/text/holidays.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr size_t kSizeLimit = size_t{1} << 20U;
constexpr int kFirstYear = 1948;
constexpr int kLastYear = 2099;

absl::Status Refuse(Sentence sentence, domain::Metadata metadata = {}) {
  return domain::InvalidField("content", std::move(sentence), std::move(metadata));
}

absl::Status ToError(const text::HolidayFault& fault) {
  const std::string line = std::to_string(fault.line);
  const auto refuse = [&line](const char* problem, Sentence sentence) {
    return Refuse(std::move(sentence), {{"problem", problem}, {"line", line}});
  };
  switch (fault.kind) {
    case text::HolidayFaultKind::kEncoding:
      return refuse("UNDECODABLE_BYTES",
                    Sentence("Line $0 is neither CP932 nor UTF-8. Take the list as the Cabinet "
                             "Office publishes it.",
                             {line}));
    case text::HolidayFaultKind::kNotALine:
      return refuse("NOT_A_HOLIDAY",
                    Sentence("Line $0 is not a day and a name with a comma between: $1. Is this "
                             "the Cabinet Office's syukujitsu.csv?",
                             {line, fault.text}));
    case text::HolidayFaultKind::kNoSuchDay:
      return refuse("NO_SUCH_DAY", Sentence("Line $0: there is no day $1.", {line, fault.text}));
    case text::HolidayFaultKind::kNoName:
      return refuse("NO_NAME",
                    Sentence("Line $0: the holiday on $1 has no name.", {line, fault.text}));
    case text::HolidayFaultKind::kTwice:
      return refuse("DAY_TWICE",
                    Sentence("Line $0: the day $1 is there twice.", {line, fault.text}));
    case text::HolidayFaultKind::kEmpty:
      return Refuse(Sentence("There is no holiday in the file. Is this the Cabinet Office's "
                             "syukujitsu.csv?"),
                    {{"problem", "NO_HOLIDAY"}});
  }
  return absl::InternalError("an unknown fault of a list of holidays");
}

// The list calls both substitute holidays and days between two holidays 休日.
bool IsSameName(const std::string& listed, const text::Holiday& by_law) {
  if (by_law.kind != text::HolidayKind::kNational) return listed == "休日";
  return listed == by_law.name;
}

std::vector<HolidayDifference> CompareWithLaw(const std::map<absl::CivilDay, std::string>& listed,
                                              absl::CivilDay first, absl::CivilDay last) {
  // A year that is missing in the list keeps the law's holidays.
  std::set<absl::CivilYear> years;
  for (const auto& [day, name] : listed) years.insert(absl::CivilYear(day));
  const absl::CivilDay from = std::max(first, absl::CivilDay(text::kFirstHolidayYear, 1, 1));
  std::vector<HolidayDifference> differences;
  for (absl::CivilDay day = from; day <= last; ++day) {
    if (!years.contains(absl::CivilYear(day))) continue;
    const auto in_list = listed.find(day);
    const std::optional<text::Holiday> by_law = text::HolidayOn(day);
    const bool is_listed = in_list != listed.end();
    if (is_listed == by_law.has_value() && (!is_listed || IsSameName(in_list->second, *by_law))) {
      continue;
    }
    differences.push_back({day, is_listed ? in_list->second : std::string(),
                           by_law.has_value() ? std::string(by_law->name) : std::string()});
  }
  return differences;
}

}  // namespace

absl::StatusOr<HolidayImport> ReadHolidayList(std::string_view bytes,
                                              const OfficeCalendar& stored) {
  if (bytes.size() > kSizeLimit) {
    return Refuse(Sentence("A list of holidays may hold at most 1 MiB."),
                  {{"problem", "FILE_TOO_LARGE"}, {"limit", std::to_string(kSizeLimit)}});
  }
  text::HolidayFault fault;
  const auto holidays = text::ParsePublishedHolidays(bytes, &fault);
  if (!holidays.ok()) return ToError(fault);
  const absl::CivilDay first(holidays->front().day.year(), 1, 1);
  const absl::CivilDay last(holidays->back().day.year(), 12, 31);
  if (first.year() < kFirstYear || last.year() > kLastYear) {
    return Refuse(Sentence("The list goes from $0 to $1; holidays are known from $2 to $3.",
                           {std::to_string(first.year()), std::to_string(last.year()),
                            std::to_string(kFirstYear), std::to_string(kLastYear)}),
                  {{"problem", "YEAR_NOT_KNOWN"}});
  }
  HolidayImport import;
  std::map<absl::CivilDay, std::string> listed;
  for (const text::PublishedHoliday& holiday : *holidays) listed[holiday.day] = holiday.name;
  import.holidays = static_cast<int>(listed.size());
  import.first_year = static_cast<int>(first.year());
  import.last_year = static_cast<int>(last.year());
  for (absl::CivilDay day = first; day <= last; ++day) {
    const auto in_list = listed.find(day);
    const std::string name = in_list == listed.end() ? std::string() : in_list->second;
    const domain::CalendarDay* const old = stored.Find(day);
    domain::CalendarDay now = old == nullptr ? domain::CalendarDay() : *old;
    if (now.holiday == name) continue;
    now.day = day;
    now.holiday = name;
    import.edits.push_back(std::move(now));
  }
  import.differences = CompareWithLaw(listed, first, last);
  return import;
}

}  // namespace kirikae::app
