// What an import's rows make of records: the new record, and which fields differ.
#pragma once

#include <string>
#include <vector>

#include "kirikae/v1/import_service.pb.h"
#include "service/domain/records.h"
#include "service/store/store.h"
#include "service/tabular/device_rows.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"

namespace kirikae::app {

/// `old` with what the row gives; columns that the file has not stay, and so does a method that a
/// mark has set. Users without a name in the
/// file get theirs from the staff list.
absl::StatusOr<domain::Device> Merge(const domain::Device& old, const tabular::DeviceRow& row,
                                     store::ReadView& view);
/// Whether a user of the row lacks a name or its reading, so that the staff list is asked.
bool LooksUpStaff(const tabular::DeviceRow& row);
domain::Staff Merge(const domain::Staff& old, const tabular::StaffRow& row);
domain::Staff Merge(const domain::Staff& old, const tabular::EnrolmentRow& row);

/// The fields that differ, each with both values as people read them.
std::vector<v1::FieldChange> Differences(const domain::Device& old, const domain::Device& now);
std::vector<v1::FieldChange> Differences(const domain::Staff& old, const domain::Staff& now);

}  // namespace kirikae::app
