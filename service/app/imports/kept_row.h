// What a file's row gives, as a stored preview keeps it: texts by the names of the columns.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/inventory/file_column.h"
#include "service/status_macros.h"

namespace kirikae::app {

/// Whether `stored` keeps a file's row.
bool HasGiven(const stored::ImportPartRow& stored);

/// The row that a preview keeps in the form of earlier programs. DATA_LOSS where there is none.
absl::StatusOr<stored::GivenRow> EarlierGiven(const stored::ImportPartRow& stored);

/// DATA_LOSS: a preview lacks what its file gave.
absl::Status GivenRowLost();

/// Puts what a row gives into `stored`; the row's key stands in what is shown.
template <typename Row>
void SetGiven(const Row& row, stored::ImportPartRow& stored) {
  stored::GivenRow& given = *stored.mutable_given();
  for (const FileColumn<Row>& column : FileColumns<Row>()) {
    std::optional<std::string> text = column.get(row);
    if (!text.has_value()) continue;
    stored::GivenField& field = *given.add_fields();
    field.set_name(std::string(column.name));
    field.set_text(*std::move(text));
  }
}

/// The kept row. `key` is the member that gets the row's key. DATA_LOSS where there is no row, or
/// one with a column or a value that this program does not know.
template <typename Row>
absl::StatusOr<Row> GetGiven(const stored::ImportPartRow& stored, std::string Row::*key) {
  Row row;
  row.*key = stored.shown().key();
  stored::GivenRow earlier;
  if (!stored.has_given()) {
    ASSIGN_OR_RETURN(earlier, EarlierGiven(stored));
  }
  const stored::GivenRow& given = stored.has_given() ? stored.given() : earlier;
  const auto columns = FileColumns<Row>();
  for (const stored::GivenField& field : given.fields()) {
    const auto column =
        std::find_if(columns.begin(), columns.end(),
                     [&](const FileColumn<Row>& each) { return each.name == field.name(); });
    if (column == columns.end() || !column->set(row, field.text())) return GivenRowLost();
  }
  return row;
}

}  // namespace kirikae::app
