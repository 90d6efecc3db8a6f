#include "service/app/calendar/holiday_list.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/domain/errors.h"
#include "service/domain/office_day.h"
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
                    Sentence("Line $0 is not in one known encoding. Take the list as the Cabinet "
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
    if (is_listed == by_law.has_value() &&
        (!is_listed || text::IsNameOf(in_list->second, day, *by_law))) {
      continue;
    }
    differences.push_back({day, is_listed ? in_list->second : std::string(),
                           by_law.has_value() ? std::string(by_law->name) : std::string()});
  }
  return differences;
}

// Whether the office would work on a holiday by law that the list lacks.
bool WouldOpen(absl::CivilDay day) {
  return domain::Judge({.day = day, .holiday = "", .ward = std::nullopt}).open;
}

// The years of the list that have fewer holidays than by law, so that working days come of it:
// parts of the list may be missing.
std::vector<std::string> YearsWithFewer(const std::map<absl::CivilDay, std::string>& listed) {
  std::map<int64_t, int> counts;
  for (const auto& [day, name] : listed) ++counts[day.year()];
  std::vector<std::string> years;
  for (const auto& [year, count] : counts) {
    int by_law = 0;
    bool opens = false;
    for (absl::CivilDay day(year, 1, 1); day.year() == year; ++day) {
      if (!text::HolidayOn(day).has_value()) continue;
      ++by_law;
      opens = opens || (!listed.contains(day) && WouldOpen(day));
    }
    if (count < by_law && opens) {
      years.push_back(absl::StrCat(year, " (", count, "/", by_law, ")"));
    }
  }
  return years;
}

}  // namespace

absl::StatusOr<HolidayImport> ReadHolidayList(std::string_view bytes, const OfficeCalendar& stored,
                                              bool accept_fewer) {
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
  const std::vector<std::string> fewer = YearsWithFewer(listed);
  if (!fewer.empty() && !accept_fewer) {
    const std::string years = absl::StrJoin(fewer, ", ");
    return domain::InvalidField(
        "accept_fewer",
        Sentence(
            "The list has fewer holidays than the law in these years: $0. The days that it lacks "
            "would become working days.",
            {years}),
        {{"problem", "FEWER_THAN_BY_LAW"}, {"years", years}});
  }
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
