#include "service/app/audit/undo_record.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/time/civil_time.h"
#include "service/app/inventory/device_edit.h"
#include "service/app/inventory/device_source.h"
#include "service/app/inventory/method_change.h"
#include "service/app/rollouts/waves.h"
#include "service/domain/device_history.h"
#include "service/domain/errors.h"
#include "service/domain/placement_states.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/domain/rollout_states.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using Edits = std::vector<store::Edit>;

bool IsMark(std::string_view name) {
  const std::optional<domain::Act> act = domain::FromName<domain::Act>(name);
  return act.has_value() && domain::TraitsOf(*act).is_mark;
}

// Whether the set made the record.
bool Made(const FieldChanges& changes) {
  return changes.front().field == "exists" && changes.front().old_value.empty();
}

bool IsMethod(const domain::Change& change) {
  return change.field == "auth_method_since" || change.field.ends_with("auth_method");
}

bool IsPast(const domain::Change& change) { return change.field.starts_with(domain::kPastPrefix); }

// What was entered late was never in the record, so that there is nothing to put back; the history
// says that it is undone.
store::PastChange TakenBack(const domain::Change& change) {
  return {SubjectOf(change.record),
          {change.record, change.field, change.new_value, change.old_value}};
}

// Whether the device may be where its placement is: what is still to do needs a wave that was not
// cancelled since, in a rollout that is not over.
absl::StatusOr<bool> HasWave(store::ReadView& view, const domain::Placement& placement) {
  if (!domain::IsOpen(placement.state)) return true;
  ASSIGN_OR_RETURN(const auto rollout, view.FindRollout(placement.rollout));
  ASSIGN_OR_RETURN(const auto wave, view.FindWave(placement.rollout, placement.wave));
  return rollout.has_value() && !domain::IsOver(rollout->state) && wave.has_value() &&
         wave->state != domain::WaveState::kCancelled;
}

}  // namespace

std::string SubjectOf(const std::string& record) {
  const std::optional<domain::RecordName> name = domain::ReadRecordName(record);
  const bool placed = name.has_value() && name->kind == domain::RecordKind::kPlacement;
  return placed ? domain::DeviceName(name->id) : record;
}

Undoer::Undoer(store::ReadView& view, domain::ChangeSet set) : view_(view), set_(std::move(set)) {}

absl::Status Undoer::Undo(const std::string& record, const FieldChanges& changes, Edits& edits) {
  const std::optional<domain::RecordName> name = domain::ReadRecordName(record);
  if (!name.has_value()) return NotUndoable();
  switch (name->kind) {
    case domain::RecordKind::kDevice:
      return UndoDevice(name->id, changes, edits);
    case domain::RecordKind::kStaff:
      return UndoStaff(name->id, changes, edits);
    case domain::RecordKind::kImport:
      return UndoImport(name->number, changes, edits);
    case domain::RecordKind::kCalendarDay:
      return UndoCalendarDay(name->id, changes, edits);
    case domain::RecordKind::kPlacement:
      return UndoPlacement(name->rollout, name->id, changes, edits);
    case domain::RecordKind::kWave:
    case domain::RecordKind::kPhase:
      // The states of a mark's wave and phase are worked out anew from the placements. A hold stays
      // until a person releases it.
      if (IsMark(set_.act)) return absl::OkStatus();
      break;
    default:
      break;
  }
  return NotUndoable();
}

absl::Status Undoer::NotUndoable() const {
  return domain::NotUndoable(std::to_string(set_.id), set_.act);
}

void Undoer::Conflict(const std::string& record, const std::string& field) {
  conflicts_.push_back(
      {record + "." + field, domain::Sentence("$0 of $1 was changed since.", {field, record})});
}

void Undoer::Conflict(const std::string& record) {
  conflicts_.push_back({record, domain::Sentence("$0 was changed since, or is gone.", {record})});
}

// Puts the old values back. The method's time is worked out, not put back: see PutMethodBack.
template <typename Record>
absl::Status Undoer::PutBack(Record& record, const FieldChanges& changes, Edits& edits) {
  const domain::Fields now = domain::FieldsOf(record);
  for (const domain::Change& change : changes) {
    if (IsPast(change)) {
      edits.emplace_back(TakenBack(change));
    } else if (change.field == "auth_method_since") {
      continue;
    } else if (domain::FieldText(now, change.field) != change.new_value) {
      Conflict(change.record, change.field);
    } else {
      RETURN_IF_ERROR(domain::SetField(record, change.field, change.old_value));
    }
  }
  return absl::OkStatus();
}

// A record that the set made may go if nothing has changed it since.
template <typename Record>
void Undoer::TakeAway(Record record, const FieldChanges& changes, Edits& edits) {
  if (record.version == 1) {
    edits.emplace_back(store::Removal{std::move(record)});
  } else {
    Conflict(changes.front().record);
  }
}

// The device has the method that follows from all that is still believed without this set.
absl::Status Undoer::PutMethodBack(domain::Device& device) const {
  ASSIGN_OR_RETURN(std::vector<domain::HistoryEntry> history,
                   WholeHistory(view_, device.asset_tag));
  std::erase_if(history, [this](const domain::HistoryEntry& entry) {
    return entry.change_set.id == set_.id;
  });
  ASSIGN_OR_RETURN(const std::vector<domain::MethodSpan> methods,
                   domain::MethodsOf(device.asset_tag, history, domain::AllKnown()));
  if (methods.empty()) return absl::DataLossError("a device has no method in its history");
  device.auth_method = methods.back().method;
  device.auth_method_since = methods.back().since;
  return absl::OkStatus();
}

absl::Status Undoer::UndoDevice(const std::string& tag, const FieldChanges& changes, Edits& edits) {
  ASSIGN_OR_RETURN(std::optional<domain::Device> device, view_.FindDevice(tag));
  if (!device.has_value()) {
    Conflict(domain::DeviceName(tag));
    return absl::OkStatus();
  }
  if (Made(changes)) {
    ASSIGN_OR_RETURN(const auto placements, view_.PlacementsOf(tag));
    if (placements.empty()) {
      TakeAway(*std::move(device), changes, edits);
    } else {
      Conflict(domain::DeviceName(tag), "placement");
    }
    return absl::OkStatus();
  }
  const domain::Fields before = domain::FieldsOf(*device);
  RETURN_IF_ERROR(PutBack(*device, changes, edits));
  if (std::any_of(changes.begin(), changes.end(), IsMethod)) {
    RETURN_IF_ERROR(PutMethodBack(*device));
  }
  if (domain::FieldsOf(*device) == before) {
    // A later change hides what the set did to the method; the history says that it is undone.
    const auto method = std::find_if(changes.begin(), changes.end(), [](const auto& change) {
      return change.field == "auth_method";
    });
    if (method != changes.end()) {
      edits.emplace_back(PastChangeOf(tag, domain::DeviceName(tag), "auth_method",
                                      method->new_value, method->old_value));
    }
  }
  edits.emplace_back(ToEdit(*std::move(device)));
  return absl::OkStatus();
}

absl::Status Undoer::UndoStaff(const std::string& number, const FieldChanges& changes,
                               Edits& edits) {
  ASSIGN_OR_RETURN(std::optional<domain::Staff> staff, view_.FindStaff(number));
  if (!staff.has_value()) {
    Conflict(domain::StaffName(number));
  } else if (Made(changes)) {
    TakeAway(*std::move(staff), changes, edits);
  } else {
    RETURN_IF_ERROR(PutBack(*staff, changes, edits));
    edits.emplace_back(*std::move(staff));
  }
  return absl::OkStatus();
}

absl::Status Undoer::UndoPlacement(const std::string& rollout, const std::string& tag,
                                   const FieldChanges& changes, Edits& edits) {
  ASSIGN_OR_RETURN(std::optional<domain::Placement> placement, view_.FindPlacement(rollout, tag));
  if (!placement.has_value()) {
    Conflict(changes.front().record);
    return absl::OkStatus();
  }
  if (Made(changes)) {
    TakeAway(*std::move(placement), changes, edits);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(PutBack(*placement, changes, edits));
  ASSIGN_OR_RETURN(const bool has_wave, HasWave(view_, *placement));
  if (!has_wave) {
    *placement = Dropped(*placement);
  } else if (placement->state == domain::PlacementState::kPlanned) {
    ASSIGN_OR_RETURN(const auto wave, view_.FindWave(rollout, placement->wave));
    const bool begun = wave.has_value() && (wave->state == domain::WaveState::kInProgress ||
                                            wave->state == domain::WaveState::kDone);
    const auto due = domain::AfterEvent(placement->state, domain::PlacementEvent::kWaveStarts);
    if (begun && due.has_value()) placement->state = *due;
  }
  edits.emplace_back(*std::move(placement));
  return absl::OkStatus();
}

absl::Status Undoer::UndoCalendarDay(const std::string& id, const FieldChanges& changes,
                                     Edits& edits) {
  absl::CivilDay key;
  if (!absl::ParseCivilTime(id, &key)) return NotUndoable();
  ASSIGN_OR_RETURN(std::optional<domain::CalendarDay> day, view_.FindCalendarDay(key));
  if (!day.has_value()) {
    Conflict(changes.front().record);
  } else if (Made(changes)) {
    TakeAway(*std::move(day), changes, edits);
  } else {
    RETURN_IF_ERROR(PutBack(*day, changes, edits));
    edits.emplace_back(*std::move(day));
  }
  return absl::OkStatus();
}

// The preview may be applied again. Making a preview changed nothing that could be undone.
absl::Status Undoer::UndoImport(int64_t number, const FieldChanges& changes, Edits& edits) {
  if (changes.size() != 1 || changes.front().field != "change_set") return NotUndoable();
  ASSIGN_OR_RETURN(std::optional<domain::ImportPreview> import, view_.FindImport(number));
  if (!import.has_value()) return absl::DataLossError("a preview that was applied is gone");
  import->change_set = 0;
  edits.emplace_back(*std::move(import));
  return absl::OkStatus();
}

}  // namespace kirikae::app
