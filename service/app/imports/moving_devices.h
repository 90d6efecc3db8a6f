// Handles the devices of persons who move according to a staff list.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/personnel_move.h"
#include "service/app/imports/preview_parts.h"
#include "service/domain/records.h"
#include "service/store/store.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"

namespace kirikae::app {

/// Adds a row for every device that follows a moving person or loses that person as a user. It has
/// the members of MissingDevices. `view` must outlive it.
class MovingDevices {
 public:
  explicit MovingDevices(store::ReadView& view) : view_(view), moves_(view) {}

  absl::Status Notice(const tabular::TypedRow<tabular::StaffRow>& row,
                      const std::optional<domain::Staff>& found);
  /// A registered face moves nobody.
  absl::Status Notice(const tabular::TypedRow<tabular::EnrolmentRow>& row,
                      const std::optional<domain::Staff>& found);
  /// Also counts in the summary the stored persons that the file does not name.
  absl::Status AddRows(const stored::ImportHeader& header, PreviewParts& parts);

 private:
  store::ReadView& view_;
  PersonnelMoves moves_;
  int64_t named_ = 0;
};

/// Moves the devices. The same rows over the same records give the same edits. It has the members
/// of RetiringDevices. `view` must outlive it.
class FollowingDevices {
 public:
  explicit FollowingDevices(store::ReadView& view) : moves_(view) {}

  // The moves are known only after all rows, and must be known before the first edit.
  static constexpr bool kLooksAhead = true;

  /// Takes a row of the file, the stored record that it is about, and the row's line.
  absl::Status Notice(const tabular::StaffRow& row, const domain::Staff& found, int line);
  static absl::Status Notice(const tabular::EnrolmentRow&, const domain::Staff&, int) {
    return absl::OkStatus();
  }

  absl::StatusOr<std::optional<store::Edit>> Apply(const stored::ImportPartRow& row,
                                                   std::vector<std::string>& changed);
  void AddUnshown(std::vector<std::string>& changed);

 private:
  PersonnelMoves moves_;
  std::set<std::string> shown_;  // asset tags of derived rows
};

}  // namespace kirikae::app
