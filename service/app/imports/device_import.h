// Imports of device lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/device_checks.h"
#include "service/app/imports/missing_devices.h"
#include "service/app/inventory/device_columns.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/record_name.h"
#include "service/store/store.h"
#include "service/tabular/device_rows.h"

namespace kirikae::app {

/// The kind IMPORT_KIND_DEVICES. Every kind has the members of this struct; not thread-safe.
struct DeviceImport {
  using Record = domain::Device;
  using Row = tabular::DeviceRow;
  using Reader = tabular::DeviceRowReader;  ///< makes rows of cells
  using Derived = MissingDevices;           ///< the derived rows of a preview
  using DerivedEdits = RetiringDevices;     ///< and what applying makes of them
  using Checks = DeviceChecks;              ///< problems that only the inventory shows
  static constexpr domain::ImportKind kKind = domain::ImportKind::kDevices;
  static constexpr tabular::TableKind kTable = tabular::TableKind::kDevices;
  static constexpr bool kCreates = true;  ///< whether a row may create its record
  static constexpr std::string Row::*kKey = &Row::asset_tag;

  static std::string RecordName(std::string_view key) { return domain::DeviceName(key); }
  /// The stored record with this key.
  static absl::StatusOr<std::optional<Record>> Find(store::ReadView& view, const std::string& key) {
    return view.FindDevice(key);
  }
  /// `old` with the row's values; `old` is empty for a new record. A method that a mark has set
  /// stays. Users without a name or kana in the file get them from the staff list.
  static absl::StatusOr<Record> Merged(const Record& old, const Row& row, store::ReadView& view);
  /// Whether merging a new record reads the store.
  static bool NeedsLookUp(const Row& row);
  /// Adds a warning to `shown` when `merged` lacks a value of the row.
  static void AddNotes(const Row& row, const Record& merged, stored::ImportRow& shown);
  /// The edit that writes `record` in place of `found`; a new device has its method from
  /// `effective`.
  store::Edit ToEdit(Record record, std::optional<Record> found, absl::Time effective);

  SearchKeyMaker keys;
};

}  // namespace kirikae::app
