// The inventory as a file that can be imported again.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/app/inventory/device_filter.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

enum class FileKind {
  kCsv,       ///< UTF-8 with a byte order mark
  kCsvCp932,  ///< characters that CP932 lacks are written as `?` and reported
  kXlsx,      ///< all cells text
};

/// A character of a device that the file could not express.
struct LostCharacter {
  std::string asset_tag;
  std::string column;  ///< header
  std::string cell;    ///< as it is stored
  char32_t code_point = 0;

  bool operator==(const LostCharacter&) const = default;
};

/// A finished file, and what it lacks.
struct ExportedFile {
  std::string bytes;
  std::vector<LostCharacter> lost;
};

/// Calls `each` for every stored device that matches, by asset tag. Errors of `each` end it.
absl::Status ForEachDevice(store::ReadView& view, const DeviceFilter& filter,
                           const std::function<absl::Status(const domain::Device&)>& each);

/// The devices that match, by asset tag, with the columns of the profile `ward`. UNAVAILABLE where
/// the temporary file of a workbook can't be written.
absl::StatusOr<ExportedFile> ExportDevices(store::ReadView& view, const DeviceFilter& filter,
                                           FileKind kind);

}  // namespace kirikae::app
