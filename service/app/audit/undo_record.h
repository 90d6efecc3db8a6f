// What undoes a change set's changes of one record.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "service/domain/error_detail.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What a change set did to one record, in its order.
using FieldChanges = std::vector<domain::Change>;

/// The record under which a change of `record` is listed: of a placement its device, else itself.
std::string SubjectOf(const std::string& record);

/// Makes the edits that undo a change set, record by record, and collects what stands against it.
/// Not thread-safe; the view outlives it.
class Undoer {
 public:
  Undoer(store::ReadView& view, domain::ChangeSet set);

  /// Adds the edits that undo `changes`, which are all of `record`, to `edits`. A field that is not
  /// what the set made it is a conflict and is left out. FAILED_PRECONDITION for a record that
  /// can't be undone.
  absl::Status Undo(const std::string& record, const FieldChanges& changes,
                    std::vector<store::Edit>& edits);

  /// A violation for each field that was changed since, `devices/TSM-00123.note`, and for each
  /// record that the change set made and that can't be taken away.
  const std::vector<domain::Violation>& conflicts() const { return conflicts_; }

 private:
  absl::Status NotUndoable() const;
  void Conflict(const std::string& record, const std::string& field);
  void Conflict(const std::string& record);
  template <typename Record>
  absl::Status PutBack(Record& record, const FieldChanges& changes,
                       std::vector<store::Edit>& edits);
  template <typename Record>
  void TakeAway(Record record, const FieldChanges& changes, std::vector<store::Edit>& edits);
  absl::Status PutMethodBack(domain::Device& device) const;

  absl::Status UndoDevice(const std::string& tag, const FieldChanges& changes,
                          std::vector<store::Edit>& edits);
  absl::Status UndoStaff(const std::string& number, const FieldChanges& changes,
                         std::vector<store::Edit>& edits);
  absl::Status UndoPlacement(const std::string& rollout, const std::string& tag,
                             const FieldChanges& changes, std::vector<store::Edit>& edits);
  absl::Status UndoCalendarDay(const std::string& id, const FieldChanges& changes,
                               std::vector<store::Edit>& edits);
  absl::Status UndoImport(int64_t number, const FieldChanges& changes,
                          std::vector<store::Edit>& edits);

  store::ReadView& view_;
  const domain::ChangeSet set_;
  std::vector<domain::Violation> conflicts_;
};

}  // namespace kirikae::app
