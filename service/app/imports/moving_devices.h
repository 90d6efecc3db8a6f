// What a staff list means for the devices of those who move.
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

/// Adds a row for every device that follows a moving person or loses that person. The members are
/// those of MissingDevices. `view` outlives it.
class MovingDevices {
 public:
  explicit MovingDevices(store::ReadView& view) : view_(view), moves_(view) {}

  absl::Status Notice(const tabular::TypedRow<tabular::StaffRow>& row,
                      const std::optional<domain::Staff>& found);
  /// A registered face moves nobody.
  absl::Status Notice(const tabular::TypedRow<tabular::EnrolmentRow>& row,
                      const std::optional<domain::Staff>& found);
  /// Notes in the summary how many stored persons the file does not name, too.
  absl::Status AddRows(const stored::ImportHeader& header, PreviewParts& parts);

 private:
  store::ReadView& view_;
  PersonnelMoves moves_;
  int64_t named_ = 0;
};

/// Moves the devices. The same rows over the same records give the same edits. The members are
/// those of RetiringDevices. `view` outlives it.
class FollowingDevices {
 public:
  explicit FollowingDevices(store::ReadView& view) : moves_(view) {}

  // The moves are known only once all rows were seen, and must be found before any is written.
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
