// Reads the cells of a table's rows by field, noting every problem of each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/civil_time.h"
#include "service/tabular/enumerations.h"
#include "service/tabular/problem.h"
#include "service/tabular/profile.h"
#include "service/tabular/table.h"

namespace kirikae::tabular {

/// A row as typed values, and all that is wrong with it.
template <typename T>
struct TypedRow {
  size_t line = 0;  ///< 1-based line of the file, or row of the sheet, where the row starts
  T value;
  std::vector<Problem> problems;

  /// Whether `value` may be used: there are at most warnings.
  bool usable() const { return !HasError(problems); }
};

/// One pass over a table's rows. Each getter gives nullopt where the file has no column for the
/// field, and adds what it finds wrong to the row's problems. Not thread-safe.
class RowReader {
 public:
  /// All must outlive the reader; of the table, only the header is looked at.
  RowReader(const Table& table, const Profile& profile, const Binding& binding);

  /// Turns to `row`; its problems go to `*problems`. A row whose cells don't fit the header is
  /// not worth reading field by field.
  void Turn(const TableRow& row, std::vector<Problem>* problems);

  bool Has(std::string_view field) const;

  /// The header of the field as given, or the field's name.
  std::string Header(std::string_view field) const;

  /// The cell without white space around it.
  std::optional<std::string> Text(std::string_view field);

  /// The cell folded (FoldIdentifier). Error where a spreadsheet has spoiled it.
  std::optional<std::string> Identifier(std::string_view field);

  /// The identifiers in the cell, between semicolons, commas or line breaks. Warning, and one
  /// kept, for one that stands there twice.
  std::optional<std::vector<std::string>> Identifiers(std::string_view field);

  /// The day in the cell; the inner optional is empty for an empty cell or a bad date.
  std::optional<std::optional<absl::CivilDay>> Day(std::string_view field);

  /// The canonical value, or "" for an empty cell or an unknown word.
  std::optional<std::string> Value(std::string_view field);

  /// The row's key: error where it is empty, spoiled, or was in an earlier row. Empty where
  /// there is none.
  std::string Key(std::string_view field);

  /// `department` as given, or else `division` and `section` with `/` between.
  std::optional<std::string> Department();

 private:
  std::optional<std::string_view> Cell(std::string_view field) const;
  std::string_view Raw(std::string_view field) const;
  void Check(std::string_view field, std::string_view value);
  std::string Folded(std::string_view field, std::string_view value);
  Enumeration& EnumerationOf(std::string_view field);

  const Table& table_;
  const Profile& profile_;
  const Binding& binding_;
  const TableRow* row_ = nullptr;
  std::vector<Problem>* problems_ = nullptr;
  absl::flat_hash_map<std::string, Enumeration> enumerations_;
  absl::flat_hash_map<std::string, size_t> line_of_key_;
};

}  // namespace kirikae::tabular
