#include "service/app/audit/undo.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/api/call/request_text.h"
#include "service/app/inventory/device_edit.h"
#include "service/app/inventory/device_source.h"
#include "service/app/inventory/method_change.h"
#include "service/app/rollouts/reconcile.h"
#include "service/domain/device_history.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/domain/wave_states.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr int kBatch = 10'000;
constexpr size_t kMostRecords = 1'000;

// The record under which a change of `record` is listed: a placement goes with its device.
std::string SubjectOf(const std::string& record) {
  const std::optional<domain::RecordName> name = domain::ReadRecordName(record);
  const bool placed = name.has_value() && name->kind == domain::RecordKind::kPlacement;
  return placed ? domain::DeviceName(name->id) : record;
}

// An act of a newer program is unknown: its records decide.
bool IsUndoable(std::string_view name) {
  const std::optional<domain::Act> act = domain::FromName<domain::Act>(name);
  return !act.has_value() || domain::TraitsOf(*act).undoable;
}

bool IsMark(std::string_view name) {
  const std::optional<domain::Act> act = domain::FromName<domain::Act>(name);
  return act.has_value() && domain::TraitsOf(*act).is_mark;
}

// What a change set did to one record.
using FieldChanges = std::vector<domain::Change>;

// Makes the inverse of a change set, record by record, and collects what stands against it.
class Undoer {
 public:
  Undoer(store::ReadView& view, const domain::ChangeSet& set, store::Draft& draft)
      : view_(view), set_(set), draft_(draft) {}

  absl::Status Undo(const std::string& record, const FieldChanges& changes) {
    const std::optional<domain::RecordName> name = domain::ReadRecordName(record);
    if (!name.has_value()) return NotUndoable();
    switch (name->kind) {
      case domain::RecordKind::kDevice:
        return UndoDevice(name->id, changes);
      case domain::RecordKind::kStaff:
        return UndoStaff(name->id, changes);
      case domain::RecordKind::kImport:
        return UndoImport(name->number, changes);
      case domain::RecordKind::kCalendarDay:
        return UndoCalendarDay(name->id, changes);
      case domain::RecordKind::kPlacement:
        return UndoPlacement(name->rollout, name->id, changes);
      case domain::RecordKind::kWave:
      case domain::RecordKind::kPhase:
        // What a mark made of its wave and phase is settled anew; a hold stays for a person to
        // release.
        if (IsMark(set_.act)) return absl::OkStatus();
        break;
      default:
        break;
    }
    return NotUndoable();
  }

  bool has_conflicts() const { return !conflicts_.empty(); }
  std::vector<domain::Violation> TakeConflicts() { return std::move(conflicts_); }

 private:
  absl::Status NotUndoable() const {
    return domain::NotUndoable(std::to_string(set_.id), set_.act);
  }

  void Conflict(const std::string& record, const std::string& field) {
    conflicts_.push_back({record, Sentence("$0 of $1 was changed since.", {field, record})});
  }

  static bool Made(const FieldChanges& changes) {
    return changes.front().field == "exists" && changes.front().old_value.empty();
  }

  // The method is that of all that stays believed, so it is not put back but worked out.
  static bool IsMethod(const domain::Change& change) {
    return change.field == "auth_method_since" || change.field.ends_with("auth_method");
  }
  static bool IsPast(const domain::Change& change) {
    return change.field.starts_with(domain::kPastPrefix);
  }

  // Puts the old values back; a field that is not what the set made it is a conflict.
  template <typename Record>
  absl::Status PutBack(Record& record, const FieldChanges& changes) {
    const domain::Fields now = domain::FieldsOf(record);
    for (const domain::Change& change : changes) {
      if (IsPast(change)) {
        TakeBack(change);
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

  // What was entered late was never true; there is nothing to put back, but the undo is on record.
  void TakeBack(const domain::Change& change) {
    const std::string subject = SubjectOf(change.record);
    draft_.edits.emplace_back(store::PastChange{
        subject, {change.record, change.field, change.new_value, change.old_value}});
  }

  // Gives the device the method of what stays believed.
  absl::Status PutMethodBack(domain::Device& device) {
    ASSIGN_OR_RETURN(std::vector<domain::HistoryEntry> history,
                     WholeHistory(view_, device.asset_tag));
    std::erase_if(history, [this](const domain::HistoryEntry& entry) {
      return entry.change_set.id == set_.id;
    });
    ASSIGN_OR_RETURN(const std::vector<domain::MethodSpan> methods,
                     domain::MethodsOf(device.asset_tag, history, draft_.recorded_time));
    if (methods.empty()) return absl::DataLossError("a device has no method in its history");
    device.auth_method = methods.back().method;
    device.auth_method_since = methods.back().since;
    return absl::OkStatus();
  }

  // A record the set made may go if nothing has touched it since.
  template <typename Record>
  absl::Status TakeAway(Record record, const FieldChanges& changes) {
    if (record.version != 1) {
      Conflict(changes.front().record, "exists");
      return absl::OkStatus();
    }
    draft_.edits.emplace_back(store::Removal{std::move(record)});
    return absl::OkStatus();
  }

  absl::Status UndoDevice(const std::string& tag, const FieldChanges& changes) {
    ASSIGN_OR_RETURN(std::optional<domain::Device> device, view_.FindDevice(tag));
    if (!device.has_value()) {
      Conflict(domain::DeviceName(tag), "exists");
      return absl::OkStatus();
    }
    if (Made(changes)) {
      ASSIGN_OR_RETURN(const auto placements, view_.PlacementsOf(tag));
      if (!placements.empty()) {
        Conflict(domain::DeviceName(tag), "placement");
        return absl::OkStatus();
      }
      return TakeAway(*std::move(device), changes);
    }
    const domain::Fields before = domain::FieldsOf(*device);
    RETURN_IF_ERROR(PutBack(*device, changes));
    if (std::any_of(changes.begin(), changes.end(), IsMethod)) {
      RETURN_IF_ERROR(PutMethodBack(*device));
    }
    if (domain::FieldsOf(*device) == before) {
      // A later change hides what the set did; that it is undone is on record all the same.
      const auto method = std::find_if(changes.begin(), changes.end(), [](const auto& change) {
        return change.field == "auth_method";
      });
      if (method != changes.end()) {
        draft_.edits.emplace_back(PastChangeOf(tag, domain::DeviceName(tag), "auth_method",
                                               method->new_value, method->old_value));
      }
    }
    draft_.edits.emplace_back(ToEdit(*std::move(device)));
    return absl::OkStatus();
  }

  absl::Status UndoStaff(const std::string& number, const FieldChanges& changes) {
    ASSIGN_OR_RETURN(std::optional<domain::Staff> staff, view_.FindStaff(number));
    if (!staff.has_value()) {
      Conflict(domain::StaffName(number), "exists");
      return absl::OkStatus();
    }
    if (Made(changes)) return TakeAway(*std::move(staff), changes);
    RETURN_IF_ERROR(PutBack(*staff, changes));
    draft_.edits.emplace_back(*std::move(staff));
    return absl::OkStatus();
  }

  absl::Status UndoPlacement(const std::string& rollout, const std::string& tag,
                             const FieldChanges& changes) {
    ASSIGN_OR_RETURN(std::optional<domain::Placement> placement, view_.FindPlacement(rollout, tag));
    if (!placement.has_value()) {
      Conflict(changes.front().record, "exists");
      return absl::OkStatus();
    }
    if (Made(changes)) return TakeAway(*std::move(placement), changes);
    RETURN_IF_ERROR(PutBack(*placement, changes));
    if (placement->state == domain::PlacementState::kPlanned) {
      ASSIGN_OR_RETURN(const auto wave, view_.FindWave(rollout, placement->wave));
      const bool begun = wave.has_value() && (wave->state == domain::WaveState::kInProgress ||
                                              wave->state == domain::WaveState::kDone);
      const auto due = domain::AfterEvent(placement->state, domain::PlacementEvent::kWaveStarts);
      if (begun && due.has_value()) placement->state = *due;
    }
    draft_.edits.emplace_back(*std::move(placement));
    return absl::OkStatus();
  }

  absl::Status UndoCalendarDay(const std::string& id, const FieldChanges& changes) {
    ASSIGN_OR_RETURN(const absl::CivilDay key, api::ParseDay(id, "name"));
    ASSIGN_OR_RETURN(std::optional<domain::CalendarDay> day, view_.FindCalendarDay(key));
    if (!day.has_value()) {
      Conflict(changes.front().record, "exists");
      return absl::OkStatus();
    }
    if (Made(changes)) return TakeAway(*std::move(day), changes);
    RETURN_IF_ERROR(PutBack(*day, changes));
    draft_.edits.emplace_back(*std::move(day));
    return absl::OkStatus();
  }

  // Its preview counts as not applied again; making a preview changed nothing to undo.
  absl::Status UndoImport(int64_t number, const FieldChanges& changes) {
    if (changes.size() != 1 || changes.front().field != "change_set") return NotUndoable();
    ASSIGN_OR_RETURN(std::optional<domain::ImportPreview> import, view_.FindImport(number));
    if (!import.has_value()) return absl::DataLossError("a preview that was applied is gone");
    import->change_set = 0;
    draft_.edits.emplace_back(*std::move(import));
    return absl::OkStatus();
  }

  store::ReadView& view_;
  const domain::ChangeSet& set_;
  store::Draft& draft_;
  std::vector<domain::Violation> conflicts_;
};

// Which records of a change set are to be undone: those asked for, or all that are not undone yet.
class Selection {
 public:
  static absl::StatusOr<Selection> Make(store::ReadView& view, const domain::ChangeSet& set,
                                        const std::vector<std::string>& records) {
    if (records.size() > kMostRecords) {
      return domain::InvalidField(
          "records", Sentence("Name at most $0 records.", {std::to_string(kMostRecords)}));
    }
    Selection selection(std::to_string(set.id));
    ASSIGN_OR_RETURN(const std::vector<std::string> undone, view.UndoneSubjects(set.id));
    selection.undone_.insert(undone.begin(), undone.end());
    for (const std::string& record : records) {
      if (selection.undone_.contains(record)) {
        return domain::RecordAlreadyUndone(selection.change_set_, record);
      }
      selection.missing_.insert(record);
    }
    selection.asked_ = selection.missing_;
    return selection;
  }

  // Whether to undo what the set did to `record`.
  bool Takes(const std::string& record) {
    const std::string subject = SubjectOf(record);
    missing_.erase(subject);
    return asked_.empty() ? !undone_.contains(subject) : asked_.contains(subject);
  }

  absl::Status CheckAllFound() const {
    if (missing_.empty()) return absl::OkStatus();
    return domain::NotInChangeSet(change_set_, *missing_.begin());
  }

  absl::Status NothingLeft() const { return domain::AllUndone(change_set_); }

 private:
  explicit Selection(std::string change_set) : change_set_(std::move(change_set)) {}

  std::string change_set_;
  std::set<std::string> undone_;
  std::set<std::string> asked_;
  std::set<std::string> missing_;
};

absl::Status CheckUndoable(const std::optional<domain::ChangeSet>& set, int64_t id,
                           const WriteContext& context) {
  const std::string name = std::to_string(id);
  if (!set.has_value()) return domain::ChangeSetNotFound(id);
  if (!IsUndoable(set->act)) return domain::NotUndoable(name, set->act);
  if (set->undone_by != 0) {
    return domain::AlreadyUndone(name, domain::ChangeSetName(set->undone_by));
  }
  if (context.caller.role != domain::Role::kAdmin && context.caller.actor != set->actor) {
    return domain::UndoOfAnothers(name, set->actor);
  }
  return absl::OkStatus();
}

// Goes through what a change set did, a record at a time, and gives the edits that undo it.
class UndoStream {
 public:
  UndoStream(store::ReadView& view, domain::ChangeSet set, Selection selection, store::Draft draft)
      : view_(view),
        set_(std::move(set)),
        selection_(std::move(selection)),
        draft_(std::move(draft)),
        undoer_(view_, set_, draft_) {}
  UndoStream(const UndoStream&) = delete;
  UndoStream& operator=(const UndoStream&) = delete;

  absl::StatusOr<std::optional<store::Edit>> Next() {
    while (given_ == draft_.edits.size()) {
      draft_.edits.clear();
      given_ = 0;
      if (ended_) return std::nullopt;
      ASSIGN_OR_RETURN(const bool any, TakeRecord());
      if (!any) RETURN_IF_ERROR(End());
      any_given_ = any_given_ || !draft_.edits.empty();
      // Once there is a conflict, the others are only looked for.
      if (undoer_.has_conflicts()) draft_.edits.clear();
      if (any) HoldBackPlacements();
    }
    return std::move(draft_.edits[given_++]);
  }

 private:
  // What follows from placements for waves and phases is worked out over all of them.
  void HoldBackPlacements() {
    const auto held = std::stable_partition(
        draft_.edits.begin(), draft_.edits.end(), [](const store::Edit& edit) {
          const auto* const removal = std::get_if<store::Removal>(&edit);
          return !std::holds_alternative<domain::Placement>(edit) &&
                 (removal == nullptr ||
                  !std::holds_alternative<domain::Placement>(removal->record));
        });
    std::move(held, draft_.edits.end(), std::back_inserter(placements_));
    draft_.edits.erase(held, draft_.edits.end());
  }

  // Makes the edits of the next record; false after the last.
  absl::StatusOr<bool> TakeRecord() {
    FieldChanges changes;
    while (true) {
      if (at_ == batch_.size()) RETURN_IF_ERROR(ReadOn());
      const bool same =
          at_ < batch_.size() && (changes.empty() || changes.front().record == batch_[at_].record);
      if (!same) break;
      changes.push_back(std::move(batch_[at_++]));
    }
    if (changes.empty()) return false;
    const std::string record = changes.front().record;
    if (selection_.Takes(record)) RETURN_IF_ERROR(undoer_.Undo(record, changes));
    return true;
  }

  absl::Status ReadOn() {
    ASSIGN_OR_RETURN(batch_, view_.ChangesOf(set_.id, offset_, kBatch));
    offset_ += static_cast<int64_t>(batch_.size());
    at_ = 0;
    return absl::OkStatus();
  }

  absl::Status End() {
    ended_ = true;
    RETURN_IF_ERROR(selection_.CheckAllFound());
    std::vector<domain::Violation> conflicts = undoer_.TakeConflicts();
    if (!conflicts.empty()) {
      return domain::UndoConflicts(std::to_string(set_.id), std::move(conflicts));
    }
    if (!any_given_) return selection_.NothingLeft();
    draft_.edits = std::move(placements_);
    return ReconcileWavesAndPhases(view_, draft_);
  }

  store::ReadView& view_;
  const domain::ChangeSet set_;
  Selection selection_;
  store::Draft draft_;  // of one record at a time; of the placements at the end
  Undoer undoer_;
  std::vector<domain::Change> batch_;
  size_t at_ = 0;
  int64_t offset_ = 0;
  size_t given_ = 0;
  std::vector<store::Edit> placements_;
  bool any_given_ = false;
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<store::Draft> UndoDraft(store::ReadView& view, int64_t change_set,
                                       const std::vector<std::string>& records,
                                       const WriteContext& context) {
  ASSIGN_OR_RETURN(const std::optional<domain::ChangeSet> set, view.FindChangeSet(change_set));
  RETURN_IF_ERROR(CheckUndoable(set, change_set, context));
  ASSIGN_OR_RETURN(Selection selection, Selection::Make(view, *set, records));
  store::Draft draft = context.NewDraft(domain::Act::kUndo);
  draft.undoes = change_set;
  draft.partial = !records.empty();
  auto stream = std::make_shared<UndoStream>(view, *set, std::move(selection), draft);
  draft.more = [stream] { return stream->Next(); };
  return draft;
}

}  // namespace kirikae::app
