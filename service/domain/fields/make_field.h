// Makes rows of the field tables from members of records.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "service/domain/fields/value_text.h"
#include "service/domain/labels.h"
#include "service/domain/record_fields.h"

namespace kirikae::domain {

/// Writes and reads a member of a type: `Text(value)`, and `Read(text, value)`. For a text that is
/// no value, Read returns false and leaves `value`. Read gets "" only for types in which "" is a
/// value.
template <typename Value, typename = void>
struct ValueText;

template <>
struct ValueText<std::string> {
  static constexpr ValueKind kKind = ValueKind::kText;
  static std::string Text(const std::string& value) { return value; }
  static bool Read(std::string_view text, std::string& value) {
    value = std::string(text);
    return true;
  }
};

template <>
struct ValueText<bool> {
  static constexpr ValueKind kKind = ValueKind::kFlag;
  static std::string Text(bool value) { return value ? "true" : ""; }
  static bool Read(std::string_view text, bool& value) {
    value = text == "true";
    return true;
  }
};

template <>
struct ValueText<int64_t> {
  static constexpr ValueKind kKind = ValueKind::kNumber;
  static std::string Text(int64_t value) { return std::to_string(value); }
  static bool Read(std::string_view text, int64_t& value) { return ReadNumber(text, value); }
};

template <>
struct ValueText<absl::Time> {
  static constexpr ValueKind kKind = ValueKind::kInstant;
  static std::string Text(absl::Time value) { return InstantText(value); }
  static bool Read(std::string_view text, absl::Time& value) { return ReadInstant(text, value); }
};

template <>
struct ValueText<absl::CivilDay> {
  static constexpr ValueKind kKind = ValueKind::kDay;
  static std::string Text(absl::CivilDay value) { return DayText(value); }
  static bool Read(std::string_view text, absl::CivilDay& value) { return ReadDay(text, value); }
};

template <typename Enum>
struct ValueText<Enum, std::enable_if_t<std::is_enum_v<Enum>>> {
  static constexpr ValueKind kKind = ValueKind::kWord;
  static std::string Text(Enum value) { return std::string(Name(value)); }
  static bool Read(std::string_view text, Enum& value) {
    const std::optional<Enum> read = FromName<Enum>(text);
    if (read.has_value()) value = *read;
    return read.has_value();
  }
};

template <>
struct ValueText<std::vector<DeviceUser>> {
  static constexpr ValueKind kKind = ValueKind::kUsers;
  static std::string Text(const std::vector<DeviceUser>& value) { return UsersText(value); }
  static bool Read(std::string_view text, std::vector<DeviceUser>& value) {
    return ReadUsers(text, value);
  }
};

template <>
struct ValueText<std::map<std::string, std::string>> {
  static constexpr ValueKind kKind = ValueKind::kLabels;
  static std::string Text(const std::map<std::string, std::string>& value) {
    return PackLabels(value);
  }
  static bool Read(std::string_view text, std::map<std::string, std::string>& value) {
    value = UnpackLabels(text);
    return true;
  }
};

template <>
struct ValueText<MethodException> {
  static constexpr ValueKind kKind = ValueKind::kException;
  static std::string Text(const MethodException& value) { return PackException(value); }
  static bool Read(std::string_view text, MethodException& value) {
    std::optional<MethodException> read = UnpackException(text);
    if (!read.has_value()) return false;
    value = *std::move(read);
    return true;
  }
};

/// "" for an absent value.
template <typename Value>
struct ValueText<std::optional<Value>> {
  static constexpr ValueKind kKind = ValueText<Value>::kKind;
  static std::string Text(const std::optional<Value>& value) {
    return value.has_value() ? ValueText<Value>::Text(*value) : std::string();
  }
  static bool Read(std::string_view text, std::optional<Value>& value) {
    Value read{};
    if (!ValueText<Value>::Read(text, read)) return false;
    value = std::move(read);
    return true;
  }
};

/// The closed set of a type's values; null for a type that has none.
template <typename Value>
struct ClosedSet {
  static constexpr const TermSet& (*kTerms)() = nullptr;
};
template <typename Enum>
requires std::is_enum_v<Enum>
struct ClosedSet<Enum> {
  static constexpr const TermSet& (*kTerms)() = &TermsOf<Enum>;
};
template <typename Value>
struct ClosedSet<std::optional<Value>> : ClosedSet<Value> {};

template <auto member>
struct MemberOf;
template <typename Record, typename Value, Value Record::*member>
struct MemberOf<member> {
  using Owner = Record;
  using Type = Value;
};

/// The row of a member whose type determines the kind of value. "" sets the member to its value in
/// a new record.
template <auto member>
constexpr auto FieldOf(std::string_view name, unsigned uses = 0) {
  using Record = typename MemberOf<member>::Owner;
  using Value = typename MemberOf<member>::Type;
  using Text = ValueText<Value>;
  return Field<Record>{name,
                       name,
                       Text::kKind,
                       uses,
                       [](const Record& record) { return Text::Text(record.*member); },
                       [](Record& record, std::string_view text) {
                         if (text.empty()) record.*member = Record().*member;
                         return text.empty() || Text::Read(text, record.*member);
                       },
                       ClosedSet<Value>::kTerms};
}

/// The same for a member with another kind (with the same texts) or another name in the API.
template <typename Record>
constexpr Field<Record> OfKind(ValueKind kind, Field<Record> field) {
  field.kind = kind;
  return field;
}
template <typename Record>
constexpr Field<Record> Called(std::string_view api_name, Field<Record> field) {
  field.api_name = api_name;
  return field;
}

/// The row of a number whose text is "" for 0.
template <auto member>
constexpr auto CountOf(std::string_view name, unsigned uses = 0) {
  using Record = typename MemberOf<member>::Owner;
  auto field = FieldOf<member>(name, uses);
  field.kind = ValueKind::kCount;
  field.get = [](const Record& record) {
    return record.*member == 0 ? std::string() : std::to_string(record.*member);
  };
  return field;
}

/// The row of bytes of which the history keeps only a digest.
template <auto member>
constexpr auto OpaqueOf(std::string_view name) {
  using Record = typename MemberOf<member>::Owner;
  auto field = FieldOf<member>(name);
  field.kind = ValueKind::kOpaque;
  field.get = [](const Record& record) { return Digest(record.*member); };
  field.set = nullptr;
  return field;
}

}  // namespace kirikae::domain
