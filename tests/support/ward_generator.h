// Generates the files of an invented ward, in the forms of an asset tool and a spreadsheet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace kirikae::testing {

/// The four files of a ward, as bytes.
struct WardFiles {
  std::string devices_csv;     ///< CP932, comma, CRLF, quoted line breaks
  std::string staff_tsv;       ///< UTF-16LE with byte order mark, tab, CRLF
  std::string enrolments_csv;  ///< UTF-8 with byte order mark, comma, CRLF
  std::string truth_json;      ///< counts to check against
};

/// Makes a ward of `devices` devices (1 to 1,000,000) with invented people only. The same arguments
/// give the same bytes on every machine. InvalidArgument for another size.
/// Asset tags begin with TSM-00001 and get longer above 99,999. Heads of divisions come first, then
/// each section's manager, promotion officers and shared counter terminals, then other staff.
absl::StatusOr<WardFiles> MakeWard(size_t devices, uint64_t seed);

/// Writes devices.csv, staff.tsv, enrolments.csv and truth.json into `directory`, creating it if
/// needed.
absl::Status WriteWard(const WardFiles& files, const std::string& directory);

}  // namespace kirikae::testing
