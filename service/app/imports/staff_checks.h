// What only the staff list shows about a row of a person.
#pragma once

#include "absl/status/status.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/staff_finder.h"
#include "service/domain/records.h"
#include "service/store/store.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"

namespace kirikae::app {

/// Not thread-safe; `view` must outlive it. It has the member of DeviceChecks.
class StaffChecks {
 public:
  explicit StaffChecks(store::ReadView& view) : staff_(view) {}

  absl::Status Check(const tabular::StaffRow& row, const domain::Staff* found,
                     stored::ImportRow& shown);
  /// A registered face belongs to a known person.
  absl::Status Check(const tabular::EnrolmentRow& row, const domain::Staff* found,
                     stored::ImportRow& shown);

 private:
  StaffFinder staff_;
};

}  // namespace kirikae::app
