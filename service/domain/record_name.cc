#include "service/domain/record_name.h"

#include <array>
#include <charconv>

#include "service/domain/errors.h"

namespace kirikae::domain {
namespace {

// The form of a kind's names; a child of a rollout has `rollouts/ID/` before `collection`.
struct Form {
  RecordKind kind;
  std::string_view collection;
  bool child;
  bool numbered;
};

constexpr std::string_view kRollouts = "rollouts";
constexpr std::array<Form, 13> kForms = {{
    {RecordKind::kDevice, "devices", false, false},
    {RecordKind::kStaff, "staff", false, false},
    {RecordKind::kRollout, kRollouts, false, false},
    {RecordKind::kPlan, "plans", true, true},
    {RecordKind::kWave, "waves", true, true},
    {RecordKind::kPhase, "phases", true, false},
    {RecordKind::kPlacement, "placements", true, false},
    {RecordKind::kToken, "tokens", false, true},
    {RecordKind::kImport, "imports", false, true},
    {RecordKind::kImportProfile, "importProfiles", false, false},
    {RecordKind::kCalendarDay, "calendarDays", false, false},
    {RecordKind::kChangeSet, "changeSets", false, true},
    {RecordKind::kProposal, "proposals", true, true},
}};

const Form& FormOf(RecordKind kind) { return kForms[static_cast<size_t>(kind) - 1]; }

std::string Make(RecordKind kind, std::string_view id) {
  return std::string(FormOf(kind).collection) + "/" + std::string(id);
}

std::string MakeChild(RecordKind kind, std::string_view rollout, std::string_view id) {
  return Make(RecordKind::kRollout, rollout) + "/" + Make(kind, id);
}

// Takes the text up to the next slash, and the slash, off `rest`.
std::string_view TakePart(std::string_view& rest) {
  const size_t slash = rest.find('/');
  const std::string_view part = rest.substr(0, slash);
  rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash + 1);
  return part;
}

bool ReadNumber(std::string_view text, int64_t& number) {
  if (text.empty() || text.front() < '1' || text.front() > '9') return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

std::string PatternOf(RecordKind kind) {
  const Form& form = FormOf(kind);
  const std::string_view last = form.numbered ? "N" : "ID";
  return form.child ? MakeChild(kind, "ID", last) : Make(kind, last);
}

}  // namespace

std::string DeviceName(std::string_view asset_tag) { return Make(RecordKind::kDevice, asset_tag); }
std::string StaffName(std::string_view staff_number) {
  return Make(RecordKind::kStaff, staff_number);
}
std::string RolloutName(std::string_view id) { return Make(RecordKind::kRollout, id); }
std::string PlanName(std::string_view rollout, int64_t n) {
  return MakeChild(RecordKind::kPlan, rollout, std::to_string(n));
}
std::string WaveName(std::string_view rollout, int64_t n) {
  return MakeChild(RecordKind::kWave, rollout, std::to_string(n));
}
std::string ProposalName(std::string_view rollout, int64_t n) {
  return MakeChild(RecordKind::kProposal, rollout, std::to_string(n));
}
std::string PhaseName(std::string_view rollout, std::string_view id) {
  return MakeChild(RecordKind::kPhase, rollout, id);
}
std::string PlacementName(std::string_view rollout, std::string_view asset_tag) {
  return MakeChild(RecordKind::kPlacement, rollout, asset_tag);
}
std::string TokenName(int64_t id) { return Make(RecordKind::kToken, std::to_string(id)); }
std::string ImportName(int64_t id) { return Make(RecordKind::kImport, std::to_string(id)); }
std::string ImportProfileName(std::string_view name) {
  return Make(RecordKind::kImportProfile, name);
}
std::string CalendarDayName(absl::CivilDay day) {
  return Make(RecordKind::kCalendarDay, absl::FormatCivilTime(day));
}
std::string ChangeSetName(int64_t id) { return Make(RecordKind::kChangeSet, std::to_string(id)); }

std::optional<RecordName> ReadRecordName(std::string_view name) {
  std::string_view rest = name;
  std::string_view collection = TakePart(rest);
  RecordName parts;
  const bool child = collection == kRollouts && rest.find('/') != std::string_view::npos;
  if (child) {
    parts.rollout = TakePart(rest);
    collection = TakePart(rest);
    if (parts.rollout.empty()) return std::nullopt;
  }
  parts.id = rest;
  if (parts.id.empty() || parts.id.find('/') != std::string::npos) return std::nullopt;
  for (const Form& form : kForms) {
    if (form.collection != collection || form.child != child) continue;
    if (form.numbered && !ReadNumber(parts.id, parts.number)) return std::nullopt;
    parts.kind = form.kind;
    return parts;
  }
  return std::nullopt;
}

absl::StatusOr<RecordName> ParseName(RecordKind kind, std::string_view name,
                                     std::string_view field) {
  std::optional<RecordName> parts = ReadRecordName(name);
  if (parts.has_value() && parts->kind == kind) return *std::move(parts);
  if (name.empty()) {
    return InvalidField(field, Sentence("A name of the form $0 is missing.", {PatternOf(kind)}));
  }
  return InvalidField(
      field, Sentence("$0 is not a name of the form $1.", {std::string(name), PatternOf(kind)}));
}

}  // namespace kirikae::domain
