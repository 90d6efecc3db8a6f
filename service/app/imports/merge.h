// Merges a file's row into a record, and lists the fields that differ.
#pragma once

#include <string>
#include <vector>

#include "kirikae/stored/import.pb.h"
#include "service/app/inventory/file_column.h"
#include "service/domain/record_fields.h"

namespace kirikae::app {

/// A column and the field of the record that it stands for.
template <typename Record, typename Row>
struct ColumnOfField {
  const FileColumn<Row>* column;
  const domain::Field<Record>* field;
};

/// The columns of a row that stand for a field of the record.
template <typename Record, typename Row>
std::vector<ColumnOfField<Record, Row>> ColumnsOfFields() {
  std::vector<ColumnOfField<Record, Row>> columns;
  for (const FileColumn<Row>& column : FileColumns<Row>()) {
    const domain::Field<Record>* const field = domain::FindField<Record>(column.field);
    if (field != nullptr) columns.push_back({&column, field});
  }
  return columns;
}

/// Sets the fields of `record` to the values of the row's columns. A field without a column stays.
/// So does a word of a closed set whose cell is empty.
template <typename Record, typename Row>
void TakeColumns(const Row& row, Record& record) {
  static const auto& columns = *new auto(ColumnsOfFields<Record, Row>());
  for (const auto& [column, field] : columns) {
    const std::optional<std::string> text = column->get(row);
    if (!text.has_value()) continue;
    if (text->empty() && field->kind == domain::ValueKind::kWord) continue;
    field->set(record, *text);
  }
}

/// The fields that files have columns for and that differ, each with both values in readable form.
std::vector<stored::ImportChange> Differences(const domain::Device& old, const domain::Device& now);
std::vector<stored::ImportChange> Differences(const domain::Staff& old, const domain::Staff& now);

}  // namespace kirikae::app
