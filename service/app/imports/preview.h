// What a file would do to the inventory, as a preview to store.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "kirikae/v1/import_service.pb.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Rows in a part of a stored preview.
inline constexpr int kRowsOfAPart = 1000;

/// A preview and its parts, each a serialised stored::ImportPart.
struct BuiltPreview {
  stored::ImportPreview preview;
  std::vector<std::string> parts;
};

/// Reads the file and compares each row with the inventory as `view` shows it. INVALID_ARGUMENT
/// when the file as a whole can't be read; a row's faults are in the row.
absl::StatusOr<BuiltPreview> BuildPreview(const v1::ImportHeader& header,
                                          const std::string& content, store::ReadView& view);

/// The hash over a preview's parts, up to and with `part`; `before` is that of the parts before it,
/// "" for the first.
std::string HashOfParts(const std::string& before, const std::string& part);

}  // namespace kirikae::app
