#include "service/app/audit/undo_selection.h"

#include <utility>

#include "service/app/audit/undo_record.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr size_t kMostRecords = 1'000;

}  // namespace

UndoSelection::UndoSelection(std::string change_set) : change_set_(std::move(change_set)) {}

absl::StatusOr<UndoSelection> UndoSelection::Make(store::ReadView& view,
                                                  const domain::ChangeSet& set,
                                                  const std::vector<std::string>& records) {
  if (records.size() > kMostRecords) {
    return domain::InvalidField(
        "records", domain::Sentence("Name at most $0 records.", {std::to_string(kMostRecords)}));
  }
  UndoSelection selection(std::to_string(set.id));
  ASSIGN_OR_RETURN(const std::vector<std::string> undone, view.UndoneSubjects(set.id));
  selection.undone_.insert(undone.begin(), undone.end());
  for (const std::string& record : records) {
    if (selection.undone_.contains(record)) {
      return domain::RecordAlreadyUndone(selection.change_set_, record);
    }
    selection.asked_.insert(record);
  }
  selection.missing_ = selection.asked_;
  return selection;
}

bool UndoSelection::Takes(const std::string& record) {
  const std::string subject = SubjectOf(record);
  missing_.erase(subject);
  return asked_.empty() ? !undone_.contains(subject) : asked_.contains(subject);
}

absl::Status UndoSelection::CheckAllFound() const {
  if (missing_.empty()) return absl::OkStatus();
  return domain::NotInChangeSet(change_set_, *missing_.begin());
}

}  // namespace kirikae::app
