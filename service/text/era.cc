#include "service/text/era.h"

#include <array>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "service/text/fold.h"
#include "service/text/utf8.h"

namespace kirikae::text {
namespace {

struct Era {
  std::u32string_view name;
  char32_t letter;
  int first_year;  // the Gregorian year of 元年
  absl::CivilDay begins;
  absl::CivilDay ends;  // the last day
};

// From the cabinet orders on era names. A new era begins on the day after the change, except Taisho
// and Showa, which began on the day itself.
const std::array<Era, 5>& Eras() {
  static const std::array<Era, 5> eras = {{
      {U"明治", U'M', 1868, absl::CivilDay(1868, 10, 23), absl::CivilDay(1912, 7, 29)},
      {U"大正", U'T', 1912, absl::CivilDay(1912, 7, 30), absl::CivilDay(1926, 12, 24)},
      {U"昭和", U'S', 1926, absl::CivilDay(1926, 12, 25), absl::CivilDay(1989, 1, 7)},
      {U"平成", U'H', 1989, absl::CivilDay(1989, 1, 8), absl::CivilDay(2019, 4, 30)},
      {U"令和", U'R', 2019, absl::CivilDay(2019, 5, 1), absl::CivilDay::max()},
  }};
  return eras;
}

// Records keep a year in four digits without leading zeros.
constexpr int kFirstYear = 1000;

constexpr std::u32string_view kWeekdays = U"月火水木金土日";

int WeekdayIndex(absl::CivilDay day) { return static_cast<int>(absl::GetWeekday(day)); }

// `月` … `日`.
std::string_view JapaneseWeekday(absl::CivilDay day) {
  constexpr std::string_view kNames[] = {"月", "火", "水", "木", "金", "土", "日"};
  return kNames[WeekdayIndex(day)];
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

// Reads one date from folded characters, from left to right.
class Reader {
 public:
  explicit Reader(std::u32string_view text) : rest_(text) {}

  bool Take(std::u32string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }

  bool TakeAnyOf(std::u32string_view set) {
    if (rest_.empty() || set.find(rest_.front()) == std::u32string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::optional<int> Number(size_t max_digits) {
    size_t digits = 0;
    int value = 0;
    while (digits < rest_.size() && digits < max_digits && IsDigit(rest_[digits])) {
      value = value * 10 + static_cast<int>(rest_[digits++] - U'0');
    }
    if (digits == 0 || (digits < rest_.size() && IsDigit(rest_[digits]))) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }

  size_t LeadingDigits() const {
    size_t digits = 0;
    while (digits < rest_.size() && IsDigit(rest_[digits])) ++digits;
    return digits;
  }

  std::optional<int> Weekday() {
    const bool bracket = Take(U"(");
    if (rest_.empty()) return std::nullopt;
    const size_t index = kWeekdays.find(rest_.front());
    if (index == std::u32string_view::npos) return std::nullopt;
    rest_.remove_prefix(1);
    if (Take(U"曜")) Take(U"日");
    if (bracket && !Take(U")")) return std::nullopt;
    return static_cast<int>(index);
  }

  bool AtEnd() const { return rest_.empty(); }

 private:
  std::u32string_view rest_;
};

struct Fields {
  const Era* era = nullptr;
  int year = 0;  // Gregorian
  int month = 0;
  int day = 0;
  std::optional<int> weekday;  // 0 is Monday
};

// Half width, upper case, without spaces and without a midnight time.
std::u32string FoldDate(std::string_view text) {
  const std::string folded = FoldIdentifier(text);
  std::string_view date = folded;
  for (std::string_view midnight :
       {" 00:00:00", " 0:00:00", " 00:00", " 0:00", "T00:00:00", "T00:00"}) {
    if (!date.ends_with(midnight)) continue;
    date.remove_suffix(midnight.size());
    break;
  }
  std::u32string out = CodePoints(date);
  std::erase(out, U' ');
  return out;
}

const Era* TakeEra(Reader& reader) {
  for (const Era& era : Eras()) {
    if (reader.Take(era.name) || reader.Take(era.name.substr(0, 1)) ||
        reader.TakeAnyOf(std::u32string_view(&era.letter, 1))) {
      return &era;
    }
  }
  return nullptr;
}

bool TakeYear(Reader& reader, Fields& fields) {
  fields.era = TakeEra(reader);
  if (fields.era == nullptr) {
    if (reader.LeadingDigits() != 4) return false;
    fields.year = *reader.Number(4);
    return true;
  }
  int year = 1;
  if (!reader.Take(U"元")) {
    const std::optional<int> number = reader.Number(3);
    if (!number || *number == 0) return false;
    year = *number;
  }
  fields.year = fields.era->first_year + year - 1;
  return true;
}

void TakeEightDigits(Reader& reader, Fields& fields) {
  const int number = *reader.Number(8);
  fields.year = number / 10000;
  fields.month = number / 100 % 100;
  fields.day = number % 100;
}

bool TakeMonthAndDay(Reader& reader, Fields& fields) {
  std::u32string_view after_month;
  std::u32string_view after_day;
  if (reader.Take(U"年")) {
    after_month = U"月";
    after_day = U"日";
  } else if (reader.Take(U"-")) {
    after_month = U"-";
  } else if (reader.Take(U"/")) {
    after_month = U"/";
  } else if (reader.Take(U".")) {
    after_month = U".";
  } else {
    return false;
  }
  const std::optional<int> month = reader.Number(2);
  if (!month || !reader.Take(after_month)) return false;
  const std::optional<int> day = reader.Number(2);
  if (!day || !reader.Take(after_day)) return false;
  fields.month = *month;
  fields.day = *day;
  return true;
}

std::optional<Fields> ReadFields(std::string_view text) {
  const std::u32string folded = FoldDate(text);
  Reader reader(folded);
  Fields fields;
  if (reader.LeadingDigits() == 8) {
    TakeEightDigits(reader, fields);
  } else if (!TakeYear(reader, fields) || !TakeMonthAndDay(reader, fields)) {
    return std::nullopt;
  }
  if (!reader.AtEnd()) {
    fields.weekday = reader.Weekday();
    if (!fields.weekday || !reader.AtEnd()) return std::nullopt;
  }
  return fields;
}

absl::Status Refuse(Note found, Note* fault) {
  absl::Status status = absl::InvalidArgumentError(found.sentence.English());
  if (fault != nullptr) *fault = std::move(found);
  return status;
}

Note NotADate(std::string_view text) {
  return {"NOT_A_DATE", {"Not a date: $0.", {std::string(text)}}};
}

Note NoSuchDay(std::string_view text) {
  return {"NO_SUCH_DAY", {"There is no such day: $0.", {std::string(text)}}};
}

Note EraEnded(std::string_view text, absl::CivilDay day) {
  return {"ERA_ENDED",
          {"The era of $0 had ended by then; read as $1.", {std::string(text), IsoDate(day)}}};
}

Note EraNotBegun(std::string_view text, absl::CivilDay day) {
  return {"ERA_NOT_BEGUN",
          {"The era of $0 had not begun by then; read as $1.", {std::string(text), IsoDate(day)}}};
}

Note WeekdayDiffers(std::string_view text, absl::CivilDay day) {
  return {"WEEKDAY_DIFFERS",
          {"The weekday in $0 is not that day's; $1 is $2.",
           {std::string(text), IsoDate(day), std::string(JapaneseWeekday(day))}}};
}

}  // namespace

absl::StatusOr<ParsedDay> ParseDay(std::string_view text, Note* fault) {
  const std::optional<Fields> fields = ReadFields(text);
  if (!fields || fields->year < kFirstYear) return Refuse(NotADate(text), fault);
  const absl::CivilDay day(fields->year, fields->month, fields->day);
  if (day.year() != fields->year || day.month() != fields->month || day.day() != fields->day) {
    return Refuse(NoSuchDay(text), fault);
  }
  ParsedDay out{.day = day, .notes = {}};
  if (fields->era != nullptr && day > fields->era->ends) {
    out.notes.push_back(EraEnded(text, day));
  }
  if (fields->era != nullptr && day < fields->era->begins) {
    out.notes.push_back(EraNotBegun(text, day));
  }
  if (fields->weekday && *fields->weekday != WeekdayIndex(day)) {
    out.notes.push_back(WeekdayDiffers(text, day));
  }
  return out;
}

std::string IsoDate(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

}  // namespace kirikae::text
