#include "service/domain/spoken_time.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "service/domain/instant.h"
#include "service/text/era.h"
#include "service/text/fold.h"

namespace kirikae::domain {
namespace {

// A text that is read from left to right.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  bool Take(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }
  bool TakeAnyOf(std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [this](auto word) { return Take(word); });
  }
  void SkipSpaces() {
    while (Take(" ")) {
    }
  }
  // A number of one or two digits.
  std::optional<int> Number() {
    size_t digits = 0;
    int value = 0;
    while (digits < rest_.size() && rest_[digits] >= '0' && rest_[digits] <= '9') {
      value = value * 10 + (rest_[digits++] - '0');
      if (digits > 2) return std::nullopt;
    }
    if (digits == 0) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
  }
  std::string_view rest() const { return rest_; }
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<absl::CivilDay> ReadWord(std::string_view text, absl::CivilDay today) {
  constexpr std::pair<std::string_view, int> kWords[] = {
      {"TODAY", 0},    {"今日", 0},       {"本日", 0},   {"きょう", 0},  {"TOMORROW", 1},
      {"明日", 1},     {"翌日", 1},       {"あした", 1}, {"あす", 1},    {"明後日", 2},
      {"あさって", 2}, {"YESTERDAY", -1}, {"昨日", -1},  {"きのう", -1}, {"前日", -1},
      {"一昨日", -2},  {"おととい", -2}};
  for (const auto& [word, days] : kWords) {
    if (text == word) return today + days;
  }
  return std::nullopt;
}

std::optional<absl::CivilDay> ReadWhole(const std::string& text) {
  const auto read = text::ParseDay(text);
  if (!read.ok()) return std::nullopt;
  for (const text::Note& note : read->notes) {
    if (note.code == "WEEKDAY_DIFFERS") return std::nullopt;
  }
  return read->day;
}

// Whether `a` is the better of two years of a day without a year.
bool IsBetter(absl::CivilDay a, absl::CivilDay b, absl::CivilDay today, Toward toward) {
  const auto distance = [today](absl::CivilDay day) {
    return day < today ? today - day : day - today;
  };
  const auto allowed = [&](absl::CivilDay day) {
    return toward == Toward::kNearest || (toward == Toward::kPast ? day <= today : day >= today);
  };
  if (allowed(a) != allowed(b)) return allowed(a);
  return distance(a) < distance(b);
}

// `4/20`, `4-20`, `4.20` or `4月20日`, perhaps with a weekday.
std::optional<absl::CivilDay> ReadWithoutYear(std::string_view text, absl::CivilDay today,
                                              Toward toward) {
  Reader reader(text);
  const std::optional<int> month = reader.Number();
  const bool kanji = month.has_value() && reader.Take("月");
  if (!month.has_value() || (!kanji && !reader.TakeAnyOf({"/", "-", "."}))) return std::nullopt;
  const std::optional<int> day = reader.Number();
  if (!day.has_value() || (kanji && !reader.Take("日"))) return std::nullopt;
  const auto in_year = [&](absl::civil_year_t year) {
    return std::to_string(year) + "/" + std::to_string(*month) + "/" + std::to_string(*day);
  };
  // 29 February comes every four years.
  constexpr int kYears = 4;
  std::optional<absl::CivilDay> best;
  for (int years = -kYears; years <= kYears; ++years) {
    const std::optional<absl::CivilDay> read = ReadWhole(in_year(today.year() + years));
    if (read.has_value() && (!best.has_value() || IsBetter(*read, *best, today, toward))) {
      best = read;
    }
  }
  if (!best.has_value()) return best;
  // A weekday does not choose the year: it has to be right.
  return ReadWhole(in_year(best->year()) + std::string(reader.rest()));
}

// A time of the day in seconds.
std::optional<int> ReadClock(std::string_view text) {
  Reader reader(text);
  const bool afternoon = reader.TakeAnyOf({"午後", "PM "});
  const bool morning = !afternoon && reader.TakeAnyOf({"午前", "AM "});
  reader.SkipSpaces();
  std::optional<int> hour = reader.Number();
  if (!hour.has_value()) return std::nullopt;
  int minute = 0;
  int second = 0;
  const auto take = [&reader](int& into) {
    const std::optional<int> number = reader.Number();
    into = number.value_or(-1);
    return number.has_value();
  };
  if (reader.Take(":")) {
    if (!take(minute) || (reader.Take(":") && !take(second))) return std::nullopt;
  } else if (!reader.Take("時")) {
    return std::nullopt;
  } else if (reader.Take("半")) {
    minute = 30;
  } else if (!reader.AtEnd()) {
    if (!take(minute) || !reader.Take("分")) return std::nullopt;
  }
  if (!reader.AtEnd() || *hour > 23 || minute > 59 || second > 59) return std::nullopt;
  if ((afternoon || morning) && *hour > 12) return std::nullopt;
  if (afternoon && *hour < 12) *hour += 12;
  if (morning && *hour == 12) *hour = 0;
  return (*hour * 60 + minute) * 60 + second;
}

// The day and the time of a text, of which either may be empty.
std::pair<std::string_view, std::string_view> Split(std::string_view text) {
  if (ReadClock(text).has_value()) return {"", text};
  for (size_t at = text.size(); at-- > 0;) {
    const bool separates = text[at] == ' ' || text[at] == 'T';
    if (!separates || !ReadClock(text.substr(at + 1)).has_value()) continue;
    std::string_view day = text.substr(0, at);
    while (day.ends_with(' ')) day.remove_suffix(1);
    return {day, text.substr(at + 1)};
  }
  // 4月20日15時: nothing stands between.
  constexpr std::string_view kDay = "日";
  if (const size_t at = text.rfind(kDay); at != std::string_view::npos) {
    const std::string_view time = text.substr(at + kDay.size());
    if (ReadClock(time).has_value()) return {text.substr(0, at + kDay.size()), time};
  }
  return {text, ""};
}

}  // namespace

std::optional<absl::CivilDay> ReadSpokenDay(std::string_view text, absl::CivilDay today,
                                            Toward toward) {
  const std::string folded = text::FoldIdentifier(text);
  if (const auto word = ReadWord(folded, today)) return word;
  if (const auto whole = ReadWhole(folded)) return whole;
  return ReadWithoutYear(folded, today, toward);
}

std::optional<absl::Time> ReadSpokenTime(std::string_view text, absl::Time now,
                                         const absl::TimeZone& zone) {
  if (const auto time = ReadRfc3339(text)) return time;
  const std::string folded = text::FoldIdentifier(text);
  if (const auto time = ReadRfc3339(folded)) return time;
  if (folded.empty()) return std::nullopt;
  if (folded == "NOW" || folded == "今" || folded == "いま") return now;
  const auto [day_text, clock_text] = Split(folded);
  const absl::CivilDay today = absl::ToCivilDay(now, zone);
  absl::CivilDay day = today;
  if (!day_text.empty()) {
    const auto read = ReadSpokenDay(day_text, today, Toward::kPast);
    if (!read.has_value()) return std::nullopt;
    day = *read;
  }
  absl::Time time;
  if (clock_text.empty()) {
    time = absl::FromCivil(day + 1, zone) - absl::Seconds(1);
    if (day == today) time = std::min(time, now);
  } else {
    time = absl::FromCivil(absl::CivilSecond(day) + ReadClock(clock_text).value_or(0), zone);
  }
  if (time < EarliestInstant()) return std::nullopt;
  return time;
}

}  // namespace kirikae::domain
