#include "service/store/sqlite/stored_record.h"

#include <charconv>
#include <vector>

#include "service/status_macros.h"

namespace kirikae::store {
namespace {

using Words = std::span<const std::string>;
using Found = absl::StatusOr<std::optional<Fields>>;

int64_t NumberOf(const std::string& word) {
  int64_t number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number);
  return number;
}

template <typename Record>
Found AsFields(const absl::StatusOr<std::optional<Record>>& record) {
  if (!record.ok()) return record.status();
  if (!record->has_value()) return std::optional<Fields>();
  return std::optional<Fields>(FieldsOf(**record));
}

Found FindToken(ReadView& view, Words words) {
  ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view.ListTokens());
  for (const domain::Token& token : tokens) {
    if (token.id == NumberOf(words[0])) return std::optional<Fields>(FieldsOf(token));
  }
  return std::optional<Fields>();
}

Found FindDay(ReadView& view, Words words) {
  absl::CivilDay day;
  if (!absl::ParseCivilTime(words[0], &day)) return std::optional<Fields>();
  return AsFields(view.FindCalendarDay(day));
}

constexpr RecordKind kKinds[] = {
    {"devices/*", "SELECT count(*) FROM devices",
     [](ReadView& view, Words words) { return AsFields(view.FindDevice(words[0])); }},
    {"staff/*", "SELECT count(*) FROM staff",
     [](ReadView& view, Words words) { return AsFields(view.FindStaff(words[0])); }},
    {"rollouts/*", "SELECT count(*) FROM rollouts",
     [](ReadView& view, Words words) { return AsFields(view.FindRollout(words[0])); }},
    {"rollouts/*/plans/*", "SELECT count(*) FROM plans",
     [](ReadView& view, Words words) {
       return AsFields(view.FindPlan(words[0], NumberOf(words[1])));
     }},
    {"rollouts/*/waves/*", "SELECT count(*) FROM waves",
     [](ReadView& view, Words words) {
       return AsFields(view.FindWave(words[0], NumberOf(words[1])));
     }},
    {"rollouts/*/placements/*", "SELECT count(*) FROM placements",
     [](ReadView& view, Words words) { return AsFields(view.FindPlacement(words[0], words[1])); }},
    {"rollouts/*/phases/*", "SELECT count(*) FROM phases",
     [](ReadView& view, Words words) { return AsFields(view.FindPhase(words[0], words[1])); }},
    {"tokens/*", "SELECT count(*) FROM tokens", FindToken},
    {"imports/*", "SELECT count(*) FROM imports",
     [](ReadView& view, Words words) { return AsFields(view.FindImport(NumberOf(words[0]))); }},
    {"importProfiles/*", "SELECT count(*) FROM import_profiles",
     [](ReadView& view, Words words) { return AsFields(view.FindImportProfile(words[0])); }},
    {"calendarDays/*", "SELECT count(*) FROM calendar_days", FindDay},
};

std::vector<std::string> Split(std::string_view path) {
  std::vector<std::string> parts;
  while (true) {
    const size_t slash = path.find('/');
    parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

std::span<const RecordKind> RecordKinds() { return kKinds; }

const RecordKind* KindOf(std::string_view name, std::vector<std::string>& words) {
  const std::vector<std::string> parts = Split(name);
  for (const RecordKind& kind : kKinds) {
    const std::vector<std::string> pattern = Split(kind.pattern);
    bool fits = pattern.size() == parts.size();
    words.clear();
    for (size_t i = 0; fits && i < parts.size(); ++i) {
      if (pattern[i] == "*") {
        words.push_back(parts[i]);
      } else {
        fits = pattern[i] == parts[i];
      }
    }
    if (fits) return &kind;
  }
  return nullptr;
}

}  // namespace kirikae::store
