// The values of fields as texts, and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// RFC 3339 in UTC, to the microsecond, as rows keep it: an undo compares a row with what its
/// history says it was.
std::string InstantText(absl::Time time);
/// The way back; false, and `time` as it was, for a text that is no instant.
bool ReadInstant(std::string_view text, absl::Time& time);

/// `2025-04-01`, and the way back; false, and `day` as it was, for a text that is no day.
std::string DayText(absl::CivilDay day);
bool ReadDay(std::string_view text, absl::CivilDay& day);

/// Decimal digits; "" reads as 0. False, and `number` as it was, for a text that is no number.
bool ReadNumber(std::string_view text, int64_t& number);

/// What stands for bytes that the history does not repeat: their size and a checksum; "" for none.
std::string Digest(std::string_view bytes);

/// A line a user: number, name and kana with tabs between. Role and enrolment are not in it.
std::string UsersText(const std::vector<DeviceUser>& users);
/// The way back; false, and `users` as they were, for a text with a line of other parts.
bool ReadUsers(std::string_view text, std::vector<DeviceUser>& users);

}  // namespace kirikae::domain
