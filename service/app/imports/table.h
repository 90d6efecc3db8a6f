// An uploaded file as typed rows, one by one.
#pragma once

#include <optional>
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

namespace kirikae::app {

/// The kind of table for a kind of import; devices for an unset one.
tabular::TableKind TableKindOf(v1::ImportKind kind);

/// INVALID_ARGUMENT with every problem of the header line; OK without an error among them.
absl::Status CheckHeaderProblems(const std::vector<tabular::Problem>& problems);

/// The profile that the header names, built in or the ward's own; where it names none, the built-in
/// one that fits the columns. INVALID_ARGUMENT where there is none of that name for the kind.
absl::StatusOr<tabular::Profile> ProfileFor(const v1::ImportHeader& header,
                                            const std::vector<std::string>& columns,
                                            store::ReadView& view);

/// Decodes and splits the file, and gives its table to `sink` a row at a time; the encoding it was
/// read as. INVALID_ARGUMENT where it as a whole can't be read; errors of the sink.
absl::StatusOr<std::string> StreamImportTable(const v1::ImportHeader& header,
                                              const std::string& content,
                                              const tabular::TableSink& sink);

/// Reads the file's rows with their problems and gives each to `take`, a function of
/// `tabular::TypedRow<Reader::Row>` that returns a status; the encoding it was read as.
template <typename Reader, typename Take>
absl::StatusOr<std::string> ReadImportRows(const v1::ImportHeader& header,
                                           const std::string& content, store::ReadView& view,
                                           const Take& take) {
  tabular::Profile profile;
  tabular::Binding binding;
  std::optional<Reader> reader;
  const tabular::TableSink sink{
      [&](const tabular::Table& table) -> absl::Status {
        ASSIGN_OR_RETURN(profile, ProfileFor(header, table.header, view));
        binding = tabular::Bind(profile, table.header);
        RETURN_IF_ERROR(CheckHeaderProblems(binding.problems));
        reader.emplace(table, profile, binding);
        return absl::OkStatus();
      },
      [&](const tabular::TableRow& row) { return take(reader->Read(row)); }};
  return StreamImportTable(header, content, sink);
}

}  // namespace kirikae::app
