// How each kind of file finds, merges and writes its records.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kirikae/v1/import_service.pb.h"
#include "service/app/imports/merge.h"
#include "service/app/inventory/search_keys.h"
#include "service/store/store.h"
#include "service/tabular/device_rows.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/staff_rows.h"

namespace kirikae::app {

/// A list of devices. The members are the same for every kind: a row's key; the record of a key;
/// the record with what a row gives; notes for a row, said where something of it is not taken; the
/// edit that writes a record in the place of what was found, which holds from `effective`.
struct DeviceImport {
  using Record = domain::Device;
  using Row = tabular::DeviceRow;
  using Reader = tabular::DeviceRowReader;
  static constexpr bool kCreates = true;
  static constexpr std::string_view kCollection = "devices/";

  static const std::string& Key(const Row& row) { return row.asset_tag; }
  static auto Find(store::ReadView& view, const std::string& key) { return view.FindDevice(key); }
  static auto Merged(const Record& old, const Row& row, store::ReadView& view) {
    return Merge(old, row, view);
  }
  static bool NeedsLookUp(const Row& row) { return LooksUpStaff(row); }
  static void AddNotes(const Row& row, const Record& merged, v1::ImportRow& shown);
  /// INVALID_ARGUMENT where a file that holds from `effective` would set a method that has changed
  /// since: a list says what is, and only a mark tells of what was.
  static absl::Status CheckTime(const Record& found, const Record& merged, absl::Time effective);
  store::Edit ToEdit(Record record, std::optional<Record> found, absl::Time effective);

  SearchKeyMaker keys;
};

/// A list of staff or of something about them.
template <typename StaffLikeRow, typename RowReader, bool creates>
struct StaffLikeImport {
  using Record = domain::Staff;
  using Row = StaffLikeRow;
  using Reader = RowReader;
  static constexpr bool kCreates = creates;
  static constexpr std::string_view kCollection = "staff/";

  static const std::string& Key(const Row& row) { return row.staff_number; }
  static auto Find(store::ReadView& view, const std::string& key) { return view.FindStaff(key); }
  static absl::StatusOr<Record> Merged(const Record& old, const Row& row, store::ReadView&) {
    return Merge(old, row);
  }
  static bool NeedsLookUp(const Row&) { return false; }
  static void AddNotes(const Row&, const Record&, v1::ImportRow&) {}
  static absl::Status CheckTime(const Record&, const Record&, absl::Time) {
    return absl::OkStatus();
  }
  static store::Edit ToEdit(Record record, const std::optional<Record>&, absl::Time) {
    return record;
  }
};

using StaffImport = StaffLikeImport<tabular::StaffRow, tabular::StaffRowReader, true>;
using EnrolmentImport = StaffLikeImport<tabular::EnrolmentRow, tabular::EnrolmentRowReader, false>;

/// What a staff list says of the devices of one who moves: FOLLOW, STAY or nothing.
inline std::string DevicesOf(const tabular::StaffRow& row) { return row.devices.value_or(""); }
inline std::string DevicesOf(const tabular::EnrolmentRow&) { return ""; }

/// Whether no row of the file stands behind a preview's row: a missing device, or one that follows
/// a person.
bool IsSideRow(v1::ImportKind kind, const v1::ImportRow& row);

}  // namespace kirikae::app
