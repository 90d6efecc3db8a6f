#include "service/text/era.h"

#include <algorithm>
#include <array>
#include <string>

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

// The numeral of a kanji, 0 to 9, or 10 for 十; nullopt for another character.
std::optional<int> Numeral(char32_t c) {
  constexpr std::u32string_view kNumerals = U"〇一二三四五六七八九十";
  if (c == U'零') return 0;
  const size_t at = kNumerals.find(c);
  return at == std::u32string_view::npos ? std::nullopt : std::optional(static_cast<int>(at));
}

// Kanji numerals before 年, 月 and 日 as digits: 二〇二五, 三十一, 十.
std::u32string WithDigits(std::u32string_view text) {
  constexpr int kTen = 10;
  std::u32string out;
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && Numeral(text[end]).has_value()) ++end;
    // A weekday or another word is no number.
    const bool number = end > i && end < text.size() &&
                        (text[end] == U'年' || text[end] == U'月' || text[end] == U'日');
    if (!number) {
      out.append(text.substr(i, std::max<size_t>(end - i, 1)));
      i = std::max(end, i + 1);
      continue;
    }
    const std::u32string_view numerals = text.substr(i, end - i);
    const size_t ten = numerals.find(U'十');
    if (ten == std::u32string_view::npos) {
      for (const char32_t c : numerals) out.push_back(U'0' + static_cast<char32_t>(*Numeral(c)));
    } else if (ten <= 1 && numerals.size() <= ten + 2 &&
               numerals.find(U'十', ten + 1) == std::u32string_view::npos) {
      const int tens = ten == 0 ? 1 : *Numeral(numerals[0]);
      const int ones = numerals.size() > ten + 1 ? *Numeral(numerals[ten + 1]) : 0;
      for (const char c : std::to_string(tens * kTen + ones))
        out.push_back(static_cast<char32_t>(c));
    } else {
      out.append(numerals);
    }
    i = end;
  }
  return out;
}

// A time of day from left to right.
class ClockReader {
 public:
  explicit ClockReader(std::string_view text) : rest_(text) {}

  bool Read() {
    for (const std::string_view half : {"午前", "午後", "AM", "PM"}) {
      if (Take(half)) break;
    }
    Take(" ");
    constexpr int kMostHours = 24;
    constexpr int kMostMinutes = 59;
    constexpr int kMostSeconds = 60;
    if (!Number(kMostHours)) return false;
    if (Take("時")) {
      if (Number(kMostMinutes) && !Take("分")) return false;
      if (Number(kMostSeconds) && !Take("秒")) return false;
      return rest_.empty();
    }
    if (!Take(":") || !Number(kMostMinutes)) return false;
    if (Take(":") && !Number(kMostSeconds)) return false;
    if (Take(".") || Take(",")) Digits();
    Take(" ");
    if (Take("AM") || Take("PM") || Take("Z") || Take("JST")) return rest_.empty();
    if (Take("+") || Take("-")) return Zone();
    return rest_.empty();
  }

 private:
  bool Take(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }
  size_t Digits() {
    size_t digits = 0;
    while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') ++digits;
    rest_.remove_prefix(digits);
    return digits;
  }
  bool Number(int most) {
    int value = 0;
    const std::string_view before = rest_;
    const size_t digits = Digits();
    if (digits < 1 || digits > 2) return false;
    for (size_t i = 0; i < digits; ++i) value = value * 10 + (before[i] - '0');
    return value <= most;
  }
  // `09:00`, `0900` or `09`.
  bool Zone() {
    constexpr size_t kWhole = 4;
    const size_t digits = Digits();
    if (digits == kWhole) return rest_.empty();
    if (digits == 0 || digits > 2) return false;
    if (Take(":")) Digits();
    return rest_.empty();
  }

  std::string_view rest_;
};

// Without a time of day behind the day.
std::string_view WithoutTime(std::string_view date) {
  for (size_t at = 1; at < date.size(); ++at) {
    const bool between = date[at] == ' ' || date[at] == 'T';
    const std::string_view rest = date.substr(at);
    const bool half = rest.starts_with("午前") || rest.starts_with("午後");
    const bool after_day = date.substr(0, at).ends_with("日");
    if (!between && !half && !after_day) continue;
    std::string_view time = rest.substr(between ? 1 : 0);
    while (time.starts_with(' ')) time.remove_prefix(1);
    if (ClockReader(time).Read()) return date.substr(0, at);
  }
  return date;
}

// Without spaces, but for those between digits: `1 9` is not 19.
std::u32string WithoutSpaces(const std::u32string& text) {
  std::u32string out;
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != U' ') {
      out.push_back(text[at]);
      continue;
    }
    const size_t next = text.find_first_not_of(U' ', at);
    const bool between =
        !out.empty() && next != std::u32string::npos && IsDigit(out.back()) && IsDigit(text[next]);
    if (between) out.push_back(U' ');
  }
  return out;
}

// Half width, upper case, without spaces and without a time, kanji numerals as digits.
std::u32string FoldDate(std::string_view text) {
  const std::string folded = FoldIdentifier(text);
  if (IsAscii(folded)) return WithoutSpaces(CodePoints(WithoutTime(folded)));
  return WithDigits(WithoutSpaces(CodePoints(WithoutTime(folded))));
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

// Whether an ASCII text begins with neither a digit nor an era's letter and a digit. Most
// identifiers do, and need no folding to be known for no date.
bool BeginsUnlikeDate(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  if (!IsAscii(text)) return false;
  const size_t first = text.find_first_not_of(" \t\n\v\f\r");
  if (first == std::string_view::npos) return true;
  if (kDigits.find(text[first]) != std::string_view::npos) return false;
  constexpr std::string_view kEraLetters = "MTSHRmtshr";
  if (kEraLetters.find(text[first]) == std::string_view::npos) return true;
  const size_t next = text.find_first_not_of(' ', first + 1);
  return next == std::string_view::npos || kDigits.find(text[next]) == std::string_view::npos;
}

bool Exists(const Fields& fields) {
  const absl::CivilDay day(fields.year, fields.month, fields.day);
  return day.year() == fields.year && day.month() == fields.month && day.day() == fields.day;
}

std::optional<Fields> ReadFields(std::string_view text) {
  if (BeginsUnlikeDate(text)) return std::nullopt;
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
  if (!Exists(*fields)) return Refuse(NoSuchDay(text), fault);
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

bool IsDay(std::string_view text) {
  const std::optional<Fields> fields = ReadFields(text);
  return fields && fields->year >= kFirstYear && Exists(*fields);
}

std::string IsoDate(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

}  // namespace kirikae::text
