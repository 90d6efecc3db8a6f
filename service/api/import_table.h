// An uploaded file as typed rows.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/v1/import_service.pb.h"
#include "service/status_macros.h"
#include "service/store/store.h"
#include "service/tabular/device_rows.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/profile.h"
#include "service/tabular/staff_rows.h"
#include "service/tabular/table.h"

namespace kirikae::api {

/// A table and the profile that fits it.
struct ImportTable {
  tabular::Table table;
  tabular::Profile profile;
};

/// The kind of table for a kind of import; devices for an unset one.
tabular::TableKind TableKindOf(v1::ImportKind kind);

/// Decodes and splits the file; a profile of the ward's own is looked up. INVALID_ARGUMENT where it
/// as a whole can't be read.
absl::StatusOr<ImportTable> ReadImportTable(const v1::ImportHeader& header,
                                            const std::string& content, store::ReadView& view);

/// INVALID_ARGUMENT with every problem of the header line; OK without an error among them.
absl::Status CheckHeaderProblems(const std::vector<tabular::Problem>& problems);

inline auto ReadRows(const ImportTable& in, const tabular::DeviceRow*) {
  return tabular::ReadDeviceRows(in.table, in.profile);
}
inline auto ReadRows(const ImportTable& in, const tabular::StaffRow*) {
  return tabular::ReadStaffRows(in.table, in.profile);
}
inline auto ReadRows(const ImportTable& in, const tabular::EnrolmentRow*) {
  return tabular::ReadEnrolmentRows(in.table, in.profile);
}

/// All rows of the file with their problems; `encoding` is what it was read as.
template <typename Row>
absl::StatusOr<std::vector<tabular::TypedRow<Row>>> ReadImportRows(const v1::ImportHeader& header,
                                                                   const std::string& content,
                                                                   store::ReadView& view,
                                                                   std::string& encoding) {
  ASSIGN_OR_RETURN(const ImportTable in, ReadImportTable(header, content, view));
  encoding = in.table.encoding;
  tabular::TypedRows<Row> read = ReadRows(in, static_cast<const Row*>(nullptr));
  RETURN_IF_ERROR(CheckHeaderProblems(read.header_problems));
  return std::move(read.rows);
}

}  // namespace kirikae::api
