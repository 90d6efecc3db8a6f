// The members of rows as texts: the form in which a stored preview keeps what a file gave.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "service/absl_view.h"

namespace kirikae::tabular {

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

/// "" for no day.
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

/// The readers of files split cells at line breaks, so that no entry has one, and drop empty
/// entries.
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

/// A member that every row has.
template <auto member>
struct RowMember;
template <typename Row, typename Value, Value Row::*member>
struct RowMember<member> {
  using Owner = Row;
  using Text = CellText<Value>;
  static std::optional<std::string> Get(const Row& row) { return Text::Get(row.*member); }
  static bool Set(Row& row, std::string_view text) { return Text::Set(text, row.*member); }
};

/// A member that is nullopt where the file has no column for it.
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

}  // namespace kirikae::tabular
