// The values of a file's row as a stored preview keeps them: texts by column name.
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

/// Whether `stored` keeps values of a file's row.
bool HasGiven(const stored::ImportPartRow& stored);

/// A row's texts by column name.
using GivenTexts = std::vector<std::pair<std::string, std::string>>;

/// The texts that `part` keeps for `stored`, one of its rows, in the present form or in the form of
/// earlier programs. DATA_LOSS when it keeps none.
absl::StatusOr<GivenTexts> ReadGiven(const stored::ImportPart& part,
                                     const stored::ImportPartRow& stored);

/// DATA_LOSS: a preview lacks the values of its file.
absl::Status GivenRowLost();

/// Puts the values of `row` into `stored`, a row of `part`. The row's key is in the shown row. All
/// rows of a part have one type.
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

/// The kept row. `key` is the member that gets the row's key. DATA_LOSS when none is kept, or one
/// has a column or a value that this program does not know.
template <typename Row>
absl::StatusOr<Row> GetGiven(const stored::ImportPart& part, const stored::ImportPartRow& stored,
                             std::string Row::*key) {
  Row row;
  row.*key = stored.shown().key();
  ASSIGN_OR_RETURN(const GivenTexts texts, ReadGiven(part, stored));
  const auto columns = FileColumns<Row>();
  for (const auto& given : texts) {
    const auto column =
        std::find_if(columns.begin(), columns.end(),
                     [&](const FileColumn<Row>& each) { return each.name == given.first; });
    if (column == columns.end() || !column->set(row, given.second)) return GivenRowLost();
  }
  return row;
}

}  // namespace kirikae::app
