// Converts field values to texts and back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::domain {

/// RFC 3339 in UTC with microseconds, the precision of stored rows: an undo compares a row with the
/// value in its history.
std::string InstantText(absl::Time time);
/// Reads such a text. For a text that is no instant: false, and `time` is unchanged.
bool ReadInstant(std::string_view text, absl::Time& time);

/// Writes and reads `2025-04-01`. For a text that is no day: false, and `day` is unchanged.
std::string DayText(absl::CivilDay day);
bool ReadDay(std::string_view text, absl::CivilDay& day);

/// Reads decimal digits; "" is 0. For a text that is no number: false, and `number` is unchanged.
bool ReadNumber(std::string_view text, int64_t& number);

/// The history's text for bytes that it does not repeat: their size and a checksum; "" for none.
std::string Digest(std::string_view bytes);

/// A line per user: number, name and kana, separated by tabs. Role and enrolment are left out.
std::string UsersText(const std::vector<DeviceUser>& users);
/// Reads such a text. For a text with a malformed line: false, and `users` is unchanged.
bool ReadUsers(std::string_view text, std::vector<DeviceUser>& users);

}  // namespace kirikae::domain
