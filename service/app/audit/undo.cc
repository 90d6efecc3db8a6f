#include "service/app/audit/undo.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "service/app/audit/undo_record.h"
#include "service/app/audit/undo_selection.h"
#include "service/app/rollouts/reconcile.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr int kBatch = 10'000;

// An act of a newer program is unknown here: its records decide.
bool IsUndoable(std::string_view name) {
  const std::optional<domain::Act> act = domain::FromName<domain::Act>(name);
  return !act.has_value() || domain::TraitsOf(*act).Undoable();
}

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

// Reads what a change set changed, one record at a time.
class RecordsOf {
 public:
  RecordsOf(store::ReadView& view, int64_t change_set) : view_(view), change_set_(change_set) {}

  // The changes of the next record; none after the last.
  absl::StatusOr<FieldChanges> Next() {
    FieldChanges changes;
    while (true) {
      if (at_ == batch_.size()) RETURN_IF_ERROR(ReadOn());
      const bool same =
          at_ < batch_.size() && (changes.empty() || changes.front().record == batch_[at_].record);
      if (!same) return changes;
      changes.push_back(std::move(batch_[at_++]));
    }
  }

 private:
  absl::Status ReadOn() {
    ASSIGN_OR_RETURN(batch_, view_.ChangesOf({change_set_, position_}, kBatch));
    if (!batch_.empty()) position_ = batch_.back().position + 1;
    at_ = 0;
    return absl::OkStatus();
  }

  store::ReadView& view_;
  const int64_t change_set_;
  int64_t position_ = 0;
  std::vector<domain::Change> batch_;
  size_t at_ = 0;
};

bool IsOfPlacement(const store::Edit& edit) {
  const auto* const removal = std::get_if<store::Removal>(&edit);
  return std::holds_alternative<domain::Placement>(edit) ||
         (removal != nullptr && std::holds_alternative<domain::Placement>(removal->record));
}

// Returns the edits that undo a change set, one by one.
class UndoStream {
 public:
  UndoStream(store::ReadView& view, const domain::ChangeSet& set, UndoSelection selection,
             store::Draft draft)
      : view_(view),
        change_set_(std::to_string(set.id)),
        selection_(std::move(selection)),
        undoer_(view, set),
        records_(view, set.id),
        last_(std::move(draft)) {}

  absl::StatusOr<std::optional<store::Edit>> Next() {
    while (given_ == edits_.size()) {
      if (ended_) return std::nullopt;
      given_ = 0;
      ASSIGN_OR_RETURN(edits_, EditsOfNext());
    }
    return std::move(edits_[given_++]);
  }

 private:
  absl::StatusOr<std::vector<store::Edit>> EditsOfNext() {
    ASSIGN_OR_RETURN(const FieldChanges changes, records_.Next());
    if (changes.empty()) return End();
    std::vector<store::Edit> edits;
    const std::string& record = changes.front().record;
    if (selection_.Takes(record)) RETURN_IF_ERROR(undoer_.Undo(record, changes, edits));
    any_ = any_ || !edits.empty();
    // After a conflict nothing will be written: the rest is read for further conflicts only.
    if (!undoer_.conflicts().empty()) return std::vector<store::Edit>();
    // The placements come last: what follows from them for waves and phases is worked out over all.
    const auto held = std::stable_partition(
        edits.begin(), edits.end(), [](const store::Edit& edit) { return !IsOfPlacement(edit); });
    std::move(held, edits.end(), std::back_inserter(last_.edits));
    edits.erase(held, edits.end());
    return edits;
  }

  absl::StatusOr<std::vector<store::Edit>> End() {
    ended_ = true;
    RETURN_IF_ERROR(selection_.CheckAllFound());
    if (!undoer_.conflicts().empty()) {
      return domain::UndoConflicts(change_set_, undoer_.conflicts());
    }
    if (!any_) return domain::AllUndone(change_set_);
    RETURN_IF_ERROR(ReconcileWavesAndPhases(view_, last_));
    return std::move(last_.edits);
  }

  store::ReadView& view_;
  const std::string change_set_;
  UndoSelection selection_;
  Undoer undoer_;
  RecordsOf records_;
  store::Draft last_;               // with the edits of placements
  std::vector<store::Edit> edits_;  // of one record
  size_t given_ = 0;
  bool any_ = false;
  bool ended_ = false;
};

}  // namespace

absl::StatusOr<store::Draft> UndoDraft(store::ReadView& view, int64_t change_set,
                                       const std::vector<std::string>& records,
                                       const WriteContext& context) {
  ASSIGN_OR_RETURN(const std::optional<domain::ChangeSet> set, view.FindChangeSet(change_set));
  RETURN_IF_ERROR(CheckUndoable(set, change_set, context));
  ASSIGN_OR_RETURN(UndoSelection selection, UndoSelection::Make(view, *set, records));
  store::Draft draft = context.NewDraft(domain::Act::kUndo);
  draft.undoes = change_set;
  draft.partial = !records.empty();
  auto stream = std::make_shared<UndoStream>(view, *set, std::move(selection), draft);
  draft.more = [stream] { return stream->Next(); };
  return draft;
}

}  // namespace kirikae::app
