// Handles active devices that a device list does not name.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/preview_parts.h"
#include "service/domain/records.h"
#include "service/store/store.h"
#include "service/tabular/device_rows.h"

namespace kirikae::app {

/// Adds a row for every active device that the file does not name. `view` outlives it.
class MissingDevices {
 public:
  explicit MissingDevices(store::ReadView& view) : view_(view) {}

  /// Takes a row of the file and the stored record that it is about.
  absl::Status Notice(const tabular::TypedRow<tabular::DeviceRow>& row,
                      const std::optional<domain::Device>& found);
  /// Adds the derived rows; call it after Notice has seen all rows of the file. FAILED_PRECONDITION
  /// when more devices would be retired than domain::MayRetireMissing allows and the header does
  /// not force it.
  absl::Status AddRows(const stored::ImportHeader& header, PreviewParts& parts);

 private:
  store::ReadView& view_;
  absl::flat_hash_set<std::string> named_;
};

/// Retires the missing devices of a preview. `view` must outlive it.
class RetiringDevices {
 public:
  explicit RetiringDevices(store::ReadView& view) : view_(view) {}

  /// Whether Notice must see all rows of the file before the first edit is made.
  static constexpr bool kLooksAhead = false;

  /// The edit of a derived row; absent when it changes nothing. If the device changed since the
  /// preview, adds it to `changed` and returns no edit.
  absl::StatusOr<std::optional<store::Edit>> Apply(const stored::ImportPartRow& row,
                                                   std::vector<std::string>& changed);
  /// Adds to `changed` the records that would get a derived row now but had none in the preview.
  void AddUnshown(std::vector<std::string>&) {}

 private:
  store::ReadView& view_;
};

}  // namespace kirikae::app
