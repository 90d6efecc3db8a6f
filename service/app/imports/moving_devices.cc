#include "service/app/imports/moving_devices.h"

#include <utility>

#include "service/app/imports/merge.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

absl::Status Take(const tabular::StaffRow& row, const domain::Staff& found, size_t line,
                  PersonnelMoves& moves) {
  const std::string department = row.department.value_or(found.department);
  return moves.Take(found, department, row.devices.value_or(""), line);
}

}  // namespace

absl::Status MovingDevices::Notice(const tabular::TypedRow<tabular::StaffRow>& row,
                                   const std::optional<domain::Staff>& found) {
  if (!found.has_value()) return absl::OkStatus();
  ++named_;
  return Take(row.value, *found, row.line, moves_);
}

absl::Status MovingDevices::Notice(const tabular::TypedRow<tabular::EnrolmentRow>&,
                                   const std::optional<domain::Staff>& found) {
  if (found.has_value()) ++named_;
  return absl::OkStatus();
}

absl::Status MovingDevices::AddRows(const stored::ImportHeader&, PreviewParts& parts) {
  for (const auto& [tag, moved] : moves_.devices()) {
    stored::ImportPartRow& row = parts.Add();
    stored::ImportRow& shown = *row.mutable_shown();
    shown.set_line(static_cast<int>(moved.line));
    shown.set_key(tag);
    shown.set_record(domain::DeviceName(tag));
    shown.set_action(stored::IMPORT_ACTION_UPDATE);
    for (stored::ImportChange& change : Differences(moved.before, moved.after)) {
      *shown.add_changes() = std::move(change);
    }
    row.set_version(moved.before.version);
  }
  ASSIGN_OR_RETURN(const int64_t stored, view_.CountStaff());
  parts.summary().set_missing(static_cast<int>(stored - named_));
  return absl::OkStatus();
}

absl::Status FollowingDevices::Notice(const tabular::StaffRow& row, const domain::Staff& found,
                                      int line) {
  return Take(row, found, static_cast<size_t>(line), moves_);
}

absl::StatusOr<std::optional<store::Edit>> FollowingDevices::Apply(
    const stored::ImportPartRow& row, std::vector<std::string>& changed) {
  shown_.insert(row.shown().key());
  const auto moved = moves_.devices().find(row.shown().key());
  if (moved == moves_.devices().end() || moved->second.before.version != row.version()) {
    changed.push_back(row.shown().record());
    return std::nullopt;
  }
  std::vector<store::SearchKey> keys = SearchKeysOf(moved->second.after);
  return store::DeviceEdit{moved->second.after, std::move(keys),
                           store::DeviceBefore{moved->second.before}};
}

void FollowingDevices::AddUnshown(std::vector<std::string>& changed) {
  for (const auto& [tag, moved] : moves_.devices()) {
    if (!shown_.contains(tag)) changed.push_back(domain::DeviceName(tag));
  }
}

}  // namespace kirikae::app
