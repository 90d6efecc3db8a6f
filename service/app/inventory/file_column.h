// The columns of files as named texts. Imports keep and merge them; exports write them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "service/absl_view.h"

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

/// How a member of a row is written as a text and read back.
template <typename Member>
struct CellText;

template <>
struct CellText<std::string> {
  static std::string Get(const std::string& member) { return member; }
  static bool Set(std::string_view text, std::string& member) {
    member = std::string(text);
    return true;
  }
};

/// "" for an absent day.
template <>
struct CellText<std::optional<absl::CivilDay>> {
  static std::string Get(const std::optional<absl::CivilDay>& member) {
    return member.has_value() ? absl::FormatCivilTime(*member) : std::string();
  }
  static bool Set(std::string_view text, std::optional<absl::CivilDay>& member) {
    absl::CivilDay day;
    if (!text.empty() && !absl::ParseCivilTime(AbslView(text), &day)) return false;
    member = text.empty() ? std::nullopt : std::optional<absl::CivilDay>(day);
    return true;
  }
};

/// File readers split cells at line breaks and drop empty entries, so no entry has a line break.
template <>
struct CellText<std::vector<std::string>> {
  static std::string Get(const std::vector<std::string>& member) {
    return absl::StrJoin(member, "\n");
  }
  static bool Set(std::string_view text, std::vector<std::string>& member) {
    member = absl::StrSplit(AbslView(text), '\n', absl::SkipEmpty());
    return true;
  }
};

template <auto member>
struct RowMember;
template <typename Row, typename Value, Value Row::*member>
struct RowMember<member> {
  using Owner = Row;
  using Text = CellText<Value>;
  static std::optional<std::string> Get(const Row& row) { return Text::Get(row.*member); }
  static bool Set(Row& row, std::string_view text) { return Text::Set(text, row.*member); }
};

/// The table's row for a member that every file has a column for.
template <auto member>
constexpr auto Column(std::string_view name, std::string_view field) {
  using Member = RowMember<member>;
  return FileColumn<typename Member::Owner>{name, field, &Member::Get, &Member::Set};
}

template <auto member>
struct OptionalRowMember;
template <typename Row, typename Value, std::optional<Value> Row::*member>
struct OptionalRowMember<member> {
  using Owner = Row;
  using Text = CellText<Value>;
  static std::optional<std::string> Get(const Row& row) {
    if (!(row.*member).has_value()) return std::nullopt;
    return Text::Get(*(row.*member));
  }
  static bool Set(Row& row, std::string_view text) {
    Value value;
    if (!Text::Set(text, value)) return false;
    row.*member = std::move(value);
    return true;
  }
};

/// The same for a member that is nullopt when the file has no column for it.
template <auto member>
constexpr auto OptionalColumn(std::string_view name, std::string_view field) {
  using Member = OptionalRowMember<member>;
  return FileColumn<typename Member::Owner>{name, field, &Member::Get, &Member::Set};
}

}  // namespace kirikae::app
