// What a list of devices means for devices that it does not name.
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

  /// Takes a row of the file, and the stored record that it is about.
  absl::Status Notice(const tabular::TypedRow<tabular::DeviceRow>& row,
                      const std::optional<domain::Device>& found);
  /// Adds the derived rows, once all rows of the file were noticed. FAILED_PRECONDITION where more
  /// devices than domain::MayRetireMissing allows would be retired and the header does not force
  /// it.
  absl::Status AddRows(const stored::ImportHeader& header, PreviewParts& parts);

 private:
  store::ReadView& view_;
  absl::flat_hash_set<std::string> named_;
};

/// Retires the missing devices, where a preview says so. `view` outlives it.
class RetiringDevices {
 public:
  explicit RetiringDevices(store::ReadView& view) : view_(view) {}

  /// Whether Notice must see all rows of the file before an edit is made.
  static constexpr bool kLooksAhead = false;

  /// The edit of a derived row; nothing where it changes nothing. A device that changed since the
  /// preview is added to `changed`, and there is no edit.
  absl::StatusOr<std::optional<store::Edit>> Apply(const stored::ImportPartRow& row,
                                                   std::vector<std::string>& changed);
  /// Adds to `changed` what would have a derived row now and had none in the preview.
  void AddUnshown(std::vector<std::string>&) {}

 private:
  store::ReadView& view_;
};

}  // namespace kirikae::app
