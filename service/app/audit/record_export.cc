#include "service/app/audit/record_export.h"

#include <optional>
#include <utility>
#include <vector>

#include "service/domain/errors.h"
#include "service/proof/export_lines.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr size_t kPart = 64U * 1024;
constexpr int kRecordsAtATime = 100;

}  // namespace

absl::StatusOr<std::string> RecordExport::Next(store::ReadView& view) {
  std::string lines;
  if (place_.change_set == 0) lines = proof::FirstLine(origin_);
  while (lines.size() < kPart && !ended_) {
    if (in_set_ || place_.change_set < last_) {
      RETURN_IF_ERROR(AddSet(view, lines));
    } else {
      lines += proof::LastLine(last_);
      ended_ = true;
    }
  }
  return lines;
}

absl::Status RecordExport::AddSet(store::ReadView& view, std::string& lines) {
  if (!in_set_) {
    place_ = {place_.change_set + 1, 0};
    ASSIGN_OR_RETURN(const std::optional<domain::ChangeSet> set,
                     view.FindChangeSet(place_.change_set));
    // A set that is missing is left out: who checks the export finds that.
    if (!set.has_value()) return absl::OkStatus();
    lines += proof::SetLine(*set);
    in_set_ = true;
  }
  ASSIGN_OR_RETURN(std::vector<store::RecordChanges> changes,
                   view.StoredChangesOf(place_, kRecordsAtATime));
  for (store::RecordChanges& change : changes) {
    place_.position = change.position + 1;
    lines += proof::ChangesLine(
        {std::move(change.subject), std::move(change.record), std::move(change.packed)});
  }
  in_set_ = changes.size() == static_cast<size_t>(kRecordsAtATime);
  return absl::OkStatus();
}

}  // namespace kirikae::app
