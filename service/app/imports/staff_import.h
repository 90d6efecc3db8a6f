// Imports of staff lists and of registered faces.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/merge.h"
#include "service/app/imports/moving_devices.h"
#include "service/app/imports/staff_checks.h"
#include "service/app/inventory/file_column.h"
#include "service/domain/record_name.h"
#include "service/store/store.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"

namespace kirikae::app {

/// The column `devices` maps to no field: it says what happens to the person's devices.
template <>
std::span<const FileColumn<tabular::StaffRow>> FileColumns<tabular::StaffRow>();
template <>
std::span<const FileColumn<tabular::EnrolmentRow>> FileColumns<tabular::EnrolmentRow>();

/// What the kinds with one row per person share. The members are those of DeviceImport.
template <typename PersonRow, typename PersonRowReader>
struct PersonImport {
  using Record = domain::Staff;
  using Row = PersonRow;
  using Reader = PersonRowReader;
  using Derived = MovingDevices;
  using DerivedEdits = FollowingDevices;
  using Checks = StaffChecks;
  static constexpr std::string Row::*kKey = &Row::staff_number;

  static std::string RecordName(std::string_view key) { return domain::StaffName(key); }
  static absl::StatusOr<std::optional<Record>> Find(store::ReadView& view, const std::string& key) {
    return view.FindStaff(key);
  }
  static absl::StatusOr<Record> Merged(const Record& old, const Row& row, store::ReadView&) {
    Record staff = old;
    staff.staff_number = row.staff_number;
    TakeColumns(row, staff);
    return staff;
  }
  static bool NeedsLookUp(const Row&) { return false; }
  static void AddNotes(const Row&, const Record&, stored::ImportRow&) {}
  static store::Edit ToEdit(Record record, const std::optional<Record>&, absl::Time) {
    return record;
  }
};

/// The kind IMPORT_KIND_STAFF.
struct StaffImport : PersonImport<tabular::StaffRow, tabular::StaffRowReader> {
  static constexpr domain::ImportKind kKind = domain::ImportKind::kStaff;
  static constexpr tabular::TableKind kTable = tabular::TableKind::kStaff;
  static constexpr bool kCreates = true;
};

/// The kind IMPORT_KIND_ENROLMENTS. A face of a person who is not in the staff list is an error.
struct EnrolmentImport : PersonImport<tabular::EnrolmentRow, tabular::EnrolmentRowReader> {
  static constexpr domain::ImportKind kKind = domain::ImportKind::kEnrolments;
  static constexpr tabular::TableKind kTable = tabular::TableKind::kEnrolments;
  static constexpr bool kCreates = false;

  /// A registration of a person who withholds consent is not taken over.
  static absl::StatusOr<Record> Merged(const Record& old, const Row& row, store::ReadView& view) {
    if (IsAgainstConsent(old, row)) return old;
    return PersonImport::Merged(old, row, view);
  }
  /// Adds a warning where Merged does not take the row over.
  static void AddNotes(const Row& row, const Record& merged, stored::ImportRow& shown);

 private:
  static bool IsAgainstConsent(const Record& person, const Row& row) {
    return !person.consent_withheld.empty() && row.state == "ENROLLED";
  }
};

}  // namespace kirikae::app
