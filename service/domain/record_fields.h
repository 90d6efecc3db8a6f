// Devices, staff, placements and calendar days as named text fields, and back: the form their
// history is kept in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "service/domain/records.h"

namespace kirikae::domain {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Before the name of a field in a change of what was, entered when later values were known
/// already: it is part of the history and leaves the record as it is.
inline constexpr std::string_view kPastPrefix = "past.";

/// All fields of a record, always the same ones in the same order. Users are a line each: number,
/// name and kana with tabs between; labels are `key=value`, a line each; times are RFC 3339 in UTC.
Fields FieldsOf(const Device& device);
Fields FieldsOf(const Staff& staff);
Fields FieldsOf(const Placement& placement);
Fields FieldsOf(const CalendarDay& day);

/// Sets a field to the value of that text; "" is the empty value. INVALID_ARGUMENT for an unknown
/// field or a text that is no value of it.
absl::Status SetField(Device& device, std::string_view field, std::string_view text);
absl::Status SetField(Staff& staff, std::string_view field, std::string_view text);
absl::Status SetField(Placement& placement, std::string_view field, std::string_view text);
absl::Status SetField(CalendarDay& day, std::string_view field, std::string_view text);

/// An exception as one text: method, from, until, by whom and why, with tabs between; "" for none.
std::string PackException(const std::optional<MethodException>& exception);
/// The way back; none for "" and for what is no such text.
std::optional<MethodException> UnpackException(std::string_view text);

/// The text of a field; "" when the record has no such field.
std::string FieldText(const Fields& fields, std::string_view field);

}  // namespace kirikae::domain
