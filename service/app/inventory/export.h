// Exports the inventory as a file that can be imported again.
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
  kCsvCp932,  ///< characters that CP932 lacks or has in another form are reported
  kXlsx,      ///< all cells text
};

/// A character of a device's field that the file has in another form or not at all, or a cell that
/// was cut.
struct LostCharacter {
  std::string asset_tag;
  std::string column;       ///< header
  std::string cell;         ///< as it is stored
  char32_t code_point = 0;  ///< 0: the cell was cut
  std::string written;      ///< what the file has in its place

  bool operator==(const LostCharacter&) const = default;
};

/// A finished file, and the characters that it lacks.
struct ExportedFile {
  std::string bytes;
  std::vector<LostCharacter> lost;
};

/// Calls `each` for every stored device that matches, by asset tag. An error of `each` ends it.
absl::Status ForEachDevice(store::ReadView& view, const DeviceFilter& filter,
                           const std::function<absl::Status(const domain::Device&)>& each);

/// The matching devices, by asset tag, with the columns of the profile `ward`. UNAVAILABLE when a
/// workbook's temporary file can't be written.
absl::StatusOr<ExportedFile> ExportDevices(store::ReadView& view, const DeviceFilter& filter,
                                           FileKind kind);

}  // namespace kirikae::app
