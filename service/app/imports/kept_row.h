// What a file's row gives, as a stored preview keeps it.
#pragma once

#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/tabular/device_rows.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"

namespace kirikae::app {

/// Puts what a row gives into `stored`; its key stands in what was shown.
void SetGiven(const tabular::DeviceRow& row, stored::ImportPartRow& stored);
void SetGiven(const tabular::StaffRow& row, stored::ImportPartRow& stored);
void SetGiven(const tabular::EnrolmentRow& row, stored::ImportPartRow& stored);

/// The way back, into an empty row. DATA_LOSS where it keeps no such row.
absl::Status GetGiven(const stored::ImportPartRow& stored, tabular::DeviceRow& row);
absl::Status GetGiven(const stored::ImportPartRow& stored, tabular::StaffRow& row);
absl::Status GetGiven(const stored::ImportPartRow& stored, tabular::EnrolmentRow& row);

}  // namespace kirikae::app
