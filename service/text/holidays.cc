#include "service/text/holidays.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "service/status_macros.h"
#include "service/text/encoding.h"
#include "service/text/era.h"
#include "service/text/fold.h"

namespace kirikae::text {
namespace {

using Name = std::optional<std::string_view>;

int VernalEquinox(int years_since_1980) {
  return static_cast<int>(20.8431 + 0.242194 * years_since_1980) - years_since_1980 / 4;
}

int AutumnalEquinox(int years_since_1980) {
  return static_cast<int>(23.2488 + 0.242194 * years_since_1980) - years_since_1980 / 4;
}

bool IsNthMonday(absl::CivilDay day, int nth) {
  return absl::GetWeekday(day) == absl::Weekday::monday && (day.day() - 1) / 7 == nth - 1;
}

// Laws of their own moved days for the summer games and for the accession.
struct OneOff {
  absl::CivilDay day;
  std::string_view name;
};

constexpr std::string_view kMarine = "海の日";
constexpr std::string_view kMountain = "山の日";
constexpr std::string_view kSports = "スポーツの日";

const std::vector<OneOff>& OneOffs() {
  static const std::vector<OneOff>& days = *new std::vector<OneOff>{
      {absl::CivilDay(2019, 5, 1), "天皇の即位の日"},
      {absl::CivilDay(2019, 10, 22), "即位礼正殿の儀の行われる日"},
      {absl::CivilDay(2020, 7, 23), kMarine},
      {absl::CivilDay(2020, 7, 24), kSports},
      {absl::CivilDay(2020, 8, 10), kMountain},
      {absl::CivilDay(2021, 7, 22), kMarine},
      {absl::CivilDay(2021, 7, 23), kSports},
      {absl::CivilDay(2021, 8, 8), kMountain},
  };
  return days;
}

Name InJanuaryToMarch(absl::CivilDay day, int year) {
  const int month = day.month();
  if (month == 1 && day.day() == 1) return "元日";
  if (month == 1 && IsNthMonday(day, 2)) return "成人の日";
  if (month == 2 && day.day() == 11) return "建国記念の日";
  if (month == 2 && day.day() == 23 && year >= 2020) return "天皇誕生日";
  if (month == 3 && day.day() == VernalEquinox(year - 1980)) return "春分の日";
  return std::nullopt;
}

Name InAprilAndMay(absl::CivilDay day, int year) {
  if (day.month() == 4) {
    if (day.day() != 29) return std::nullopt;
    return year >= 2007 ? "昭和の日" : "みどりの日";
  }
  if (day.day() == 3) return "憲法記念日";
  if (day.day() == 4 && year >= 2007) return "みどりの日";
  if (day.day() == 5) return "こどもの日";
  return std::nullopt;
}

Name InJulyToSeptember(absl::CivilDay day, int year) {
  const bool moved = year == 2020 || year == 2021;
  if (day.month() == 7 && !moved && (year >= 2003 ? IsNthMonday(day, 3) : day.day() == 20)) {
    return kMarine;
  }
  if (day.month() == 8 && !moved && year >= 2016 && day.day() == 11) return kMountain;
  if (day.month() == 9 && (year >= 2003 ? IsNthMonday(day, 3) : day.day() == 15)) {
    return "敬老の日";
  }
  if (day.month() == 9 && day.day() == AutumnalEquinox(year - 1980)) return "秋分の日";
  return std::nullopt;
}

Name InOctoberToDecember(absl::CivilDay day, int year) {
  const bool moved = year == 2020 || year == 2021;
  if (day.month() == 10 && !moved && IsNthMonday(day, 2))
    return year >= 2020 ? kSports : "体育の日";
  if (day.month() == 11 && day.day() == 3) return "文化の日";
  if (day.month() == 11 && day.day() == 23) return "勤労感謝の日";
  if (day.month() == 12 && day.day() == 23 && year <= 2018) return "天皇誕生日";
  return std::nullopt;
}

Name NationalHoliday(absl::CivilDay day) {
  for (const OneOff& once : OneOffs()) {
    if (once.day == day) return once.name;
  }
  const int year = static_cast<int>(day.year());
  switch (day.month()) {
    case 1:
    case 2:
    case 3:
      return InJanuaryToMarch(day, year);
    case 4:
    case 5:
      return InAprilAndMay(day, year);
    case 7:
    case 8:
    case 9:
      return InJulyToSeptember(day, year);
    case 10:
    case 11:
    case 12:
      return InOctoberToDecember(day, year);
    default:
      return std::nullopt;
  }
}

bool IsSunday(absl::CivilDay day) { return absl::GetWeekday(day) == absl::Weekday::sunday; }

// Article 3(2): until 2006 the following Monday; since 2007 the next day that is not itself a
// holiday.
bool IsSubstitute(absl::CivilDay day) {
  if (day.year() < 2007) {
    return absl::GetWeekday(day) == absl::Weekday::monday && NationalHoliday(day - 1).has_value();
  }
  for (absl::CivilDay before = day - 1; NationalHoliday(before).has_value(); --before) {
    if (IsSunday(before)) return true;
  }
  return false;
}

struct Line {
  size_t number;
  PublishedHoliday holiday;
};

std::string_view Words(HolidayFaultKind kind) {
  switch (kind) {
    case HolidayFaultKind::kEncoding:
      return "neither CP932 nor UTF-8";
    case HolidayFaultKind::kNotALine:
      return "not a date and a name";
    case HolidayFaultKind::kNoSuchDay:
      return "no such day";
    case HolidayFaultKind::kNoName:
      return "no name";
    case HolidayFaultKind::kTwice:
      return "a day is named twice";
    case HolidayFaultKind::kEmpty:
      return "no holiday in the file";
  }
  return "";
}

absl::Status ToStatus(const HolidayFault& fault) {
  const std::string_view words = Words(fault.kind);
  return absl::InvalidArgumentError(absl::StrCat(
      "line ", fault.line, ": ", absl::string_view(words.data(), words.size()), ": ", fault.text));
}

std::string_view WithoutQuotes(std::string_view cell) {
  constexpr std::string_view kSpace = " \t";
  while (!cell.empty() && kSpace.find(cell.front()) != std::string_view::npos)
    cell.remove_prefix(1);
  while (!cell.empty() && kSpace.find(cell.back()) != std::string_view::npos) cell.remove_suffix(1);
  if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"') {
    cell = cell.substr(1, cell.size() - 2);
  }
  return cell;
}

// The cells of a line, without empty ones at its end.
std::vector<std::string_view> Cells(std::string_view line) {
  const char delimiter = line.find('\t') == std::string_view::npos ? ',' : '\t';
  std::vector<std::string_view> cells;
  while (true) {
    const size_t end = line.find(delimiter);
    cells.push_back(WithoutQuotes(line.substr(0, end)));
    if (end == std::string_view::npos) break;
    line.remove_prefix(end + 1);
  }
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  return cells;
}

// Whether a line that is no holiday may stand above the list: it has no number where a day would
// be.
bool MayStandAbove(const std::vector<std::string_view>& cells) {
  return cells.empty() || cells.front().find_first_of("0123456789") == std::string_view::npos;
}

std::optional<HolidayFault> ParseLine(std::string_view line, size_t number,
                                      PublishedHoliday& holiday) {
  const std::vector<std::string_view> cells = Cells(line);
  if (cells.empty() || cells.size() > 2) {
    return HolidayFault{HolidayFaultKind::kNotALine, number, std::string(line)};
  }
  const std::string date(cells.front());
  Note note;
  const absl::StatusOr<ParsedDay> day = ParseDay(date, &note);
  if (!day.ok()) {
    return note.code == "NO_SUCH_DAY"
               ? HolidayFault{HolidayFaultKind::kNoSuchDay, number, date}
               : HolidayFault{HolidayFaultKind::kNotALine, number, std::string(line)};
  }
  if (cells.size() < 2) {
    const bool comma = line.find_first_of(",\t") != std::string_view::npos;
    return HolidayFault{comma ? HolidayFaultKind::kNoName : HolidayFaultKind::kNotALine, number,
                        comma ? date : std::string(line)};
  }
  holiday = {day->day, std::string(cells[1])};
  return std::nullopt;
}

std::optional<HolidayFault> ParseLines(std::string_view text, std::vector<Line>& lines) {
  for (size_t number = 1; !text.empty(); ++number) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (Cells(line).empty()) continue;
    PublishedHoliday holiday;
    if (auto fault = ParseLine(line, number, holiday)) {
      if (lines.empty() && MayStandAbove(Cells(line))) continue;
      return fault;
    }
    lines.push_back({number, std::move(holiday)});
  }
  if (lines.empty()) return HolidayFault{HolidayFaultKind::kEmpty, 1, ""};
  std::stable_sort(lines.begin(), lines.end(),
                   [](const Line& a, const Line& b) { return a.holiday.day < b.holiday.day; });
  lines.erase(std::unique(lines.begin(), lines.end(),
                          [](const Line& a, const Line& b) { return a.holiday == b.holiday; }),
              lines.end());
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].holiday.day != lines[i - 1].holiday.day) continue;
    return HolidayFault{HolidayFaultKind::kTwice, lines[i].number, IsoDate(lines[i].holiday.day)};
  }
  return std::nullopt;
}

bool IsOneOff(absl::CivilDay day) {
  const std::vector<OneOff>& days = OneOffs();
  return std::any_of(days.begin(), days.end(),
                     [day](const OneOff& once) { return once.day == day; });
}

}  // namespace

std::optional<Holiday> HolidayOn(absl::CivilDay day) {
  if (day.year() < kFirstHolidayYear || day.year() > kLastHolidayYear) return std::nullopt;
  if (const Name name = NationalHoliday(day)) return Holiday{*name, HolidayKind::kNational};
  if (IsSubstitute(day)) return Holiday{"振替休日", HolidayKind::kSubstitute};
  const bool between = NationalHoliday(day - 1).has_value() && NationalHoliday(day + 1).has_value();
  if (between && !(day.year() < 2007 && IsSunday(day))) {
    return Holiday{"国民の休日", HolidayKind::kBetween};
  }
  return std::nullopt;
}

bool IsNameOf(std::string_view listed, absl::CivilDay day, const Holiday& by_law) {
  constexpr std::string_view kDayOff = "休日";
  const std::string plain = FoldSearch(listed);
  const std::string name = FoldSearch(by_law.name);
  if (plain == name) return true;
  if (by_law.kind != HolidayKind::kNational || IsOneOff(day)) {
    if (plain.find(kDayOff) != std::string::npos) return true;
  }
  // 体育の日（スポーツの日）: one of the two names.
  const size_t open = plain.find('(');
  if (open == std::string::npos) return false;
  const size_t close = std::min(plain.find(')', open), plain.size());
  return plain.substr(0, open) == name || plain.substr(open + 1, close - open - 1) == name;
}

absl::StatusOr<std::vector<PublishedHoliday>> ParsePublishedHolidays(std::string_view bytes,
                                                                     HolidayFault* fault) {
  DecodeFault undecoded;
  std::vector<Line> lines;
  std::optional<HolidayFault> found;
  const auto decoded = Decode(bytes, std::nullopt, &undecoded);
  if (!decoded.ok()) {
    found = HolidayFault{HolidayFaultKind::kEncoding, undecoded.line, ""};
  } else {
    found = ParseLines(decoded->text, lines);
  }
  if (found.has_value()) {
    const absl::Status status = ToStatus(*found);
    if (fault != nullptr) *fault = *std::move(found);
    return status;
  }
  std::vector<PublishedHoliday> holidays;
  holidays.reserve(lines.size());
  for (Line& line : lines) holidays.push_back(std::move(line.holiday));
  return holidays;
}

}  // namespace kirikae::text
