// Every record as a table of named fields. The history is stored in this form; filters, orders,
// edits, imports, exports and messages use the same tables.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "service/domain/records.h"
#include "service/domain/terms.h"

namespace kirikae::domain {

/// The kind of a field's value; it determines the form of its text.
enum class ValueKind {
  kText,        ///< as it is
  kIdentifier,  ///< a text that is compared in half width and upper case
  kDepartment,  ///< a path, `総務部/総務課`
  kWord,        ///< of a closed set, by its canonical name
  kDay,         ///< `2025-04-01`; "" = none
  kInstant,     ///< RFC 3339 in UTC, to the microsecond; "" = none
  kNumber,      ///< decimal digits
  kCount,       ///< decimal digits; "" for 0
  kFlag,        ///< `true`; "" for false
  kUsers,       ///< a line each: number, name and kana with tabs between
  kLabels,      ///< `key=value`, a line each, by key
  kException,   ///< method, from, until, by whom and why, with tabs between; "" = none
  kOpaque,      ///< bytes; the text has their size and a checksum only, and sets nothing
};

/// Uses of a field in addition to the history, as bits.
enum Use : unsigned {
  kInMessage = 1U << 0U,  ///< the API's message of the record has a field of this name
  kFiltered = 1U << 1U,   ///< filters may ask for it
  kOrdered = 1U << 2U,    ///< lists may be ordered by it
  kEdited = 1U << 3U,     ///< a mask of an update may name it
  kImported = 1U << 4U,   ///< a file may have a column for it
  kExported = 1U << 5U,   ///< an export has a column for it
};
inline constexpr unsigned kEverywhere =
    kInMessage | kFiltered | kOrdered | kEdited | kImported | kExported;

/// One field of a kind of record. Constant; thread-safe.
template <typename Record>
struct Field {
  std::string_view name;      ///< in the history; a name that is stored once never changes
  std::string_view api_name;  ///< in the API's messages, filters, orders and masks
  ValueKind kind;
  unsigned uses;  ///< bits of Use
  std::string (*get)(const Record&);
  /// Sets the value from its text; "" is the empty or default value. For a text that is no value:
  /// false, and the record is unchanged. Null for a field that can't be set.
  bool (*set)(Record&, std::string_view text);
  /// Its closed set; null where it has none. Every value of kWord is the name of a term of it.
  const TermSet& (*terms)();

  bool Is(Use use) const { return (uses & use) != 0; }
  /// The terms of its closed set; empty where it has none.
  std::span<const Term> Terms() const {
    return terms == nullptr ? std::span<const Term>() : terms().terms;
  }
};

/// All fields of a type of record, in the order of its history. The key and the version are not
/// fields.
template <typename Record>
std::span<const Field<Record>> FieldTable();

template <>
std::span<const Field<Device>> FieldTable<Device>();
template <>
std::span<const Field<Staff>> FieldTable<Staff>();
template <>
std::span<const Field<Rollout>> FieldTable<Rollout>();
template <>
std::span<const Field<Plan>> FieldTable<Plan>();
template <>
std::span<const Field<Proposal>> FieldTable<Proposal>();
template <>
std::span<const Field<Wave>> FieldTable<Wave>();
template <>
std::span<const Field<PhaseStatus>> FieldTable<PhaseStatus>();
template <>
std::span<const Field<Placement>> FieldTable<Placement>();
template <>
std::span<const Field<CalendarDay>> FieldTable<CalendarDay>();
template <>
std::span<const Field<Token>> FieldTable<Token>();
template <>
std::span<const Field<ImportPreview>> FieldTable<ImportPreview>();
template <>
std::span<const Field<ImportProfile>> FieldTable<ImportProfile>();

/// The field with this name in the history; null if none.
template <typename Record>
const Field<Record>* FindField(std::string_view name) {
  for (const Field<Record>& field : FieldTable<Record>()) {
    if (field.name == name) return &field;
  }
  return nullptr;
}

/// The field with this API name that has the use; null if none.
template <typename Record>
const Field<Record>* FindApiField(std::string_view api_name, Use use) {
  for (const Field<Record>& field : FieldTable<Record>()) {
    if (field.api_name == api_name && field.Is(use)) return &field;
  }
  return nullptr;
}

/// A record's fields as texts; the names are constants.
using Fields = std::vector<std::pair<std::string_view, std::string>>;

/// The prefix of the field's name in a past change that was entered when later values were already
/// known. Such a change is part of the history and does not change the record.
inline constexpr std::string_view kPastPrefix = "past.";

/// All fields of a record with their texts: always the same fields in the same order.
template <typename Record>
Fields FieldsOf(const Record& record) {
  Fields fields;
  fields.reserve(FieldTable<Record>().size());
  for (const Field<Record>& field : FieldTable<Record>()) {
    fields.emplace_back(field.name, field.get(record));
  }
  return fields;
}

/// Sets a field from its text; "" is the empty value. INVALID_ARGUMENT for an unknown field or a
/// text that is no value of it.
template <typename Record>
absl::Status SetField(Record& record, std::string_view name, std::string_view text) {
  const Field<Record>* const field = FindField<Record>(name);
  if (field == nullptr || field->set == nullptr) {
    return absl::InvalidArgumentError("no field " + std::string(name));
  }
  if (field->set(record, text)) return absl::OkStatus();
  return absl::InvalidArgumentError("not a value of " + std::string(name));
}

/// An exception as the text of kException.
std::string PackException(const std::optional<MethodException>& exception);
/// Reads such a text; absent for "" and for any other text.
std::optional<MethodException> UnpackException(std::string_view text);

/// The text of a field; "" when the record has no such field.
std::string FieldText(const Fields& fields, std::string_view field);

}  // namespace kirikae::domain
