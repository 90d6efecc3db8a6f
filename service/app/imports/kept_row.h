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

/// A row's texts by the names of the columns.
using GivenTexts = std::vector<std::pair<std::string, std::string>>;

/// The texts that `part` keeps for `stored`, a row of it, in the present form or in that of earlier
/// programs. DATA_LOSS where there is no row.
absl::StatusOr<GivenTexts> ReadGiven(const stored::ImportPart& part,
                                     const stored::ImportPartRow& stored);

/// DATA_LOSS: a preview lacks what its file gave.
absl::Status GivenRowLost();

/// Puts what a row gives into `stored`, a row of `part`; the row's key stands in what is shown. All
/// rows of a part are of one type.
template <typename Row>
void SetGiven(const Row& row, stored::ImportPart& part, stored::ImportPartRow& stored) {
  const auto columns = FileColumns<Row>();
  if (part.given_columns().empty()) {
    for (const FileColumn<Row>& column : columns) part.add_given_columns(std::string(column.name));
  }
  stored::GivenRow& given = *stored.mutable_given();
  for (size_t i = 0; i < columns.size(); ++i) {
    std::optional<std::string> text = columns[i].get(row);
    if (!text.has_value()) continue;
    given.add_columns(static_cast<int>(i));
    given.add_texts(*std::move(text));
  }
}

/// The kept row. `key` is the member that gets the row's key. DATA_LOSS where there is no row, or
/// one with a column or a value that this program does not know.
template <typename Row>
absl::StatusOr<Row> GetGiven(const stored::ImportPart& part, const stored::ImportPartRow& stored,
                             std::string Row::*key) {
  Row row;
  row.*key = stored.shown().key();
  ASSIGN_OR_RETURN(const GivenTexts texts, ReadGiven(part, stored));
  const auto columns = FileColumns<Row>();
  for (const auto& [name, text] : texts) {
    const auto column =
        std::find_if(columns.begin(), columns.end(),
                     [&](const FileColumn<Row>& each) { return each.name == name; });
    if (column == columns.end() || !column->set(row, text)) return GivenRowLost();
  }
  return row;
}

}  // namespace kirikae::app
