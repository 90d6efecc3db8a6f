#include "service/app/rollouts/yaml_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/string_view.h"
#include "service/text/era.h"
#include "service/text/similar.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2199;
constexpr size_t kMostKeys = 1'000;
constexpr size_t kMostEntries = 10'000;

std::optional<absl::CivilDay> ToDay(const std::string& text) {
  const auto read = text::ParseDay(text);
  if (!read.ok() || !read->notes.empty()) return std::nullopt;
  const absl::CivilDay day = read->day;
  // A calendar that reaches far beyond a rollout would be huge.
  if (day.year() < kFirstYear || day.year() > kLastYear) return std::nullopt;
  return day;
}

std::optional<double> ToNumber(const std::string& text) {
  double number = 0;
  // NaN and infinity are refused.
  if (!absl::SimpleAtod(text, &number) || !(number >= 0 && number <= 1'000'000)) {
    return std::nullopt;
  }
  return number;
}

Sentence NotANumber(const std::string& text) {
  return Sentence("$0 is not a number from 0 to 1,000,000.", {text});
}

std::optional<absl::Weekday> ToWeekday(const std::string& text) {
  constexpr const char* kNames[] = {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
  const auto* const found = std::find(std::begin(kNames), std::end(kNames), text);
  if (found == std::end(kNames)) return std::nullopt;
  return static_cast<absl::Weekday>(found - std::begin(kNames));
}

Sentence NotAWeekday(const std::string& text) {
  return Sentence("$0 is not a weekday; use MON to SUN.", {text});
}

Sentence NotADay(const std::string& text) {
  return Sentence("$0 is not a day; write it like 2025-05-01.", {text});
}

}  // namespace

YamlReader::YamlReader(const YAML::Node& map, std::string path,
                       std::vector<domain::Violation>& violations)
    : map_(map), path_(std::move(path)), violations_(violations) {
  if (map_.IsDefined() && !map_.IsNull() && !map_.IsMap()) {
    violations_.push_back({path_, Sentence("Keys with values are expected here.")});
    map_.reset();
    return;
  }
  // When a key occurs twice, yaml-cpp keeps both entries and reads the first. Such a map is
  // refused.
  std::set<std::string> keys;
  if (!map_.IsDefined() || !map_.IsMap()) return;
  // A key is looked for among all keys of its map.
  if (map_.size() > kMostKeys) {
    violations_.push_back(
        {path_, Sentence("There are $0 keys here; at most $1 are allowed.",
                         {std::to_string(map_.size()), std::to_string(kMostKeys)})});
    map_.reset();
    return;
  }
  for (const auto& entry : map_) {
    if (entry.first.IsScalar() && !keys.insert(entry.first.Scalar()).second) {
      Fault(entry.first.Scalar(), Sentence("This key is there twice."));
    }
  }
}

std::string YamlReader::PathOf(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

void YamlReader::Fault(std::string_view key, domain::Sentence sentence) {
  violations_.push_back({PathOf(key), std::move(sentence)});
}

YAML::Node YamlReader::Get(const char* key) {
  asked_.insert(key);
  if (!map_.IsMap()) return YAML::Node(YAML::NodeType::Undefined);
  return std::as_const(map_)[key];
}

bool YamlReader::IsTooLong(const char* key, const YAML::Node& list) {
  if (list.size() <= kMostEntries) return false;
  Fault(key, Sentence("The list has $0 entries; at most $1 are allowed.",
                      {std::to_string(list.size()), std::to_string(kMostEntries)}));
  return true;
}

std::string YamlReader::Text(const char* key, bool required) {
  const YAML::Node node = Get(key);
  if (node.IsDefined() && node.IsScalar()) {
    if (required && node.Scalar().empty()) Fault(key, Sentence("This is required."));
    return node.Scalar();
  }
  if (node.IsDefined() && !node.IsNull()) Fault(key, Sentence("A text is expected here."));
  if (required && (!node.IsDefined() || node.IsNull())) Fault(key, Sentence("This is required."));
  return "";
}

std::optional<int> YamlReader::Whole(const char* key) {
  const std::string text = Text(key);
  if (text.empty()) return std::nullopt;
  int number = 0;
  if (!absl::SimpleAtoi(text, &number) || number < 0 || number > 1'000'000) {
    Fault(key, Sentence("$0 is not a whole number from 0 to 1,000,000.", {text}));
    return std::nullopt;
  }
  return number;
}

std::optional<int> YamlReader::Signed(const char* key) {
  const std::string text = Text(key);
  if (text.empty()) return std::nullopt;
  int number = 0;
  if (!absl::SimpleAtoi(text, &number) || number < -1'000'000 || number > 1'000'000) {
    Fault(key, Sentence("$0 is not a whole number from -1,000,000 to 1,000,000.", {text}));
    return std::nullopt;
  }
  return number;
}

std::optional<double> YamlReader::Number(const char* key) {
  const std::string text = Text(key);
  if (text.empty()) return std::nullopt;
  const auto number = ToNumber(text);
  if (!number.has_value()) Fault(key, NotANumber(text));
  return number;
}

std::vector<double> YamlReader::Numbers(const char* key) {
  std::vector<double> numbers;
  for (const std::string& text : Texts(key)) {
    const auto number = ToNumber(text);
    if (number.has_value()) {
      numbers.push_back(*number);
    } else {
      Fault(key, NotANumber(text));
    }
  }
  return numbers;
}

bool YamlReader::Flag(const char* key) {
  const std::string text = Text(key);
  if (!text.empty() && text != "true" && text != "false") {
    Fault(key, Sentence("$0 is neither true nor false.", {text}));
  }
  return text == "true";
}

std::optional<absl::CivilDay> YamlReader::Day(const char* key) {
  const std::string text = Text(key);
  if (text.empty()) return std::nullopt;
  const auto day = ToDay(text);
  if (!day.has_value()) Fault(key, NotADay(text));
  return day;
}

std::vector<std::string> YamlReader::Texts(const char* key) {
  const YAML::Node list = Get(key);
  std::vector<std::string> texts;
  if (!list.IsDefined() || list.IsNull()) return texts;
  if (!list.IsSequence()) {
    Fault(key, Sentence("A list is expected here."));
    return texts;
  }
  if (IsTooLong(key, list)) return texts;
  for (const YAML::Node& node : list) {
    if (node.IsScalar()) {
      texts.push_back(node.Scalar());
    } else {
      Fault(key, Sentence("A text is expected here."));
    }
  }
  return texts;
}

std::vector<absl::CivilDay> YamlReader::Days(const char* key) {
  std::vector<absl::CivilDay> days;
  for (const std::string& text : Texts(key)) {
    if (const auto day = ToDay(text)) {
      days.push_back(*day);
    } else {
      Fault(key, NotADay(text));
    }
  }
  return days;
}

std::vector<absl::Weekday> YamlReader::Weekdays(const char* key) {
  std::vector<absl::Weekday> weekdays;
  for (const std::string& text : Texts(key)) {
    if (const auto weekday = ToWeekday(text)) {
      weekdays.push_back(*weekday);
    } else {
      Fault(key, NotAWeekday(text));
    }
  }
  return weekdays;
}

std::optional<absl::Weekday> YamlReader::Weekday(const char* key) {
  const std::string text = Text(key);
  if (text.empty()) return std::nullopt;
  const auto weekday = ToWeekday(text);
  if (!weekday.has_value()) Fault(key, NotAWeekday(text));
  return weekday;
}

bool YamlReader::Has(const char* key) {
  const YAML::Node node = Get(key);
  return node.IsDefined() && !node.IsNull();
}

std::optional<double> YamlReader::Share(const char* key, bool required) {
  std::string text = Text(key, required);
  if (text.empty()) return std::nullopt;
  const bool percent = text.back() == '%';
  const std::string given = text;
  if (percent) text.pop_back();
  double share = 0;
  if (!absl::SimpleAtod(text, &share)) share = -1;
  if (percent) share /= 100;
  if (!(share >= 0 && share <= 1)) {
    Fault(key, Sentence("$0 is not a share; write it like 34%.", {given}));
    return std::nullopt;
  }
  return share;
}

void YamlReader::Each(const char* key, const std::function<void(YamlReader&)>& visit) {
  const YAML::Node list = Get(key);
  if (!list.IsDefined() || list.IsNull()) return;
  if (!list.IsSequence()) {
    Fault(key, Sentence("A list is expected here."));
    return;
  }
  if (IsTooLong(key, list)) return;
  for (size_t i = 0; i < list.size(); ++i) {
    YamlReader entry(list[i], PathOf(key) + "[" + std::to_string(i) + "]", violations_);
    visit(entry);
    entry.RefuseUnknown();
  }
}

YamlReader YamlReader::Map(const char* key) {
  const YAML::Node node = Get(key);
  return YamlReader(node.IsDefined() ? node : YAML::Node(), PathOf(key), violations_);
}

std::vector<std::pair<std::string, std::string>> YamlReader::Pairs() {
  std::vector<std::pair<std::string, std::string>> pairs;
  if (!map_.IsMap()) return pairs;
  for (const auto& entry : map_) {
    if (!entry.first.IsScalar()) continue;
    const std::string key = entry.first.Scalar();
    pairs.emplace_back(key, Text(key.c_str()));
  }
  return pairs;
}

void YamlReader::RefuseUnknown() {
  if (!map_.IsMap()) return;
  for (const auto& entry : map_) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "?";
    if (asked_.count(key) != 0) continue;
    const std::vector<std::string> keys(asked_.begin(), asked_.end());
    const std::string all = absl::StrJoin(keys, ", ");
    constexpr size_t kSlips = 3;
    if (const auto near = text::Nearest(key, keys, kSlips)) {
      Fault(key, Sentence("There is no such key here. Did you mean $0? The keys are: $1.",
                          {*near, all}));
    } else {
      Fault(key, Sentence("There is no such key here. The keys are: $0.", {all}));
    }
  }
}

}  // namespace kirikae::app
