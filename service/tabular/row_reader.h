// Reads a table's rows cell by cell, by field, and collects every problem.
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

/// A row as typed values, with its problems.
template <typename T>
struct TypedRow {
  size_t line = 0;  ///< 1-based line of the file, or row of the sheet, where the row starts
  T value;
  std::vector<Problem> problems;

  /// Whether `value` may be used: it has no error, at most warnings.
  bool usable() const { return !HasError(problems); }
};

/// Longest text of a cell, in characters; an edit takes no longer ones.
inline constexpr size_t kMostCharacters = 500;
/// Most users of a device.
inline constexpr size_t kMostUsers = 50;

/// Reads the rows of a table in one pass. Each getter returns nullopt when the file has no column
/// for the field, and adds the problems of the cell to the row's problems. Not thread-safe.
class RowReader {
 public:
  /// All arguments must outlive the reader. Of the table, it uses only the header.
  RowReader(const Table& table, const Profile& profile, const Binding& binding);

  /// Moves to `row`; its problems go to `*problems`. Don't read the fields of a row whose cells
  /// don't fit the header.
  void Turn(const TableRow& row, std::vector<Problem>* problems);

  bool Has(std::string_view field) const;

  /// The field's header as in the file, or else the field's name.
  std::string Header(std::string_view field) const;

  /// The cell without white space at its ends. Error when it has more than `limit` characters.
  std::optional<std::string> Text(std::string_view field, size_t limit = kMostCharacters);

  /// The cell folded by FoldIdentifier. Error when a spreadsheet has damaged it.
  std::optional<std::string> Identifier(std::string_view field);

  /// The identifiers in the cell (see SplitIdentifiers). An identifier
  /// that occurs twice is kept once, with a warning.
  std::optional<std::vector<std::string>> Identifiers(std::string_view field);

  /// The day in the cell; the inner optional is empty for an empty cell or a bad date.
  std::optional<std::optional<absl::CivilDay>> Day(std::string_view field);

  /// The canonical value; "" for an empty cell or an unknown word.
  std::optional<std::string> Value(std::string_view field);

  /// The row's key. Error, and "", when it is empty, damaged, or the key of an earlier row.
  std::string Key(std::string_view field);

  /// `department` as given, or else `division` and `section` joined by `/`.
  std::optional<std::string> Department();

 private:
  // The number of the field's column; remembers the last answer, because a cell's getters ask
  // often.
  std::optional<size_t> ColumnOf(std::string_view field) const;
  std::optional<std::string_view> Cell(std::string_view field) const;
  std::string_view Raw(std::string_view field) const;
  void Check(std::string_view field, std::string_view value, size_t limit);
  void CheckCharacters(std::string_view field, std::string_view value);
  void AddNotes(std::string_view field);
  std::string_view Plain(std::string_view field, std::string_view cell) const;
  std::string Folded(std::string_view field, std::string_view value);
  Enumeration& EnumerationOf(std::string_view field);

  const Table& table_;
  const Profile& profile_;
  const Binding& binding_;
  mutable std::string last_field_;
  mutable std::optional<size_t> last_column_;
  const TableRow* row_ = nullptr;
  std::vector<Problem>* problems_ = nullptr;
  absl::flat_hash_map<std::string, Enumeration> enumerations_;
  absl::flat_hash_map<std::string, size_t> line_of_key_;
};

}  // namespace kirikae::tabular
