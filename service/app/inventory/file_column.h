// The columns of files as named texts. Imports keep and merge them; exports write them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "service/tabular/row_member.h"

namespace kirikae::app {

/// A column of a file as a member of its rows' type and as a field of the record. Constant;
/// thread-safe.
template <typename Row>
struct FileColumn {
  std::string_view name;   ///< of the field in profiles and in stored previews; never changes
  std::string_view field;  ///< of the record in its history; "" = of none
  /// The text: a day is `2025-05-01`, a list has a line per entry. Nullopt when the file has no
  /// such column.
  std::optional<std::string> (*get)(const Row&);
  /// Sets the member to the value of the text. For a text that is no value: false, and the row
  /// stays as it was.
  bool (*set)(Row&, std::string_view text);
};

/// The columns of a type of row, without its key.
template <typename Row>
std::span<const FileColumn<Row>> FileColumns();

/// The row of the table for a member that every file has a column for.
template <auto member>
constexpr auto Column(std::string_view name, std::string_view field) {
  using Member = tabular::RowMember<member>;
  return FileColumn<typename Member::Owner>{name, field, &Member::Get, &Member::Set};
}

/// The same for a member that is nullopt where the file has no column for it.
template <auto member>
constexpr auto OptionalColumn(std::string_view name, std::string_view field) {
  using Member = tabular::OptionalRowMember<member>;
  return FileColumn<typename Member::Owner>{name, field, &Member::Get, &Member::Set};
}

}  // namespace kirikae::app
