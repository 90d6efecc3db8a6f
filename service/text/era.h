// Reads Japanese dates in the forms that an office's tables and letters use.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/text/note.h"

namespace kirikae::text {

/// The date, and warnings about how it was written.
struct ParsedDay {
  absl::CivilDay day;
  std::vector<Note> notes;  ///< warnings
};

/// Reads `2025-05-01`, `2025/5/1`, `2025.5.1`, `20250501`, `2025年5月1日`, `令和7年5月1日`,
/// `R7.5.1` (M, T, S, H, R), each with full-width characters, kanji numerals (令和七年五月一日,
/// 二〇二五年五月一日), 元年, an optional weekday (`(木)`, `木曜日`) and an optional time after it
/// (`9:30`, `T09:30:00.000+09:00`, `午前9時30分`, `9:30 AM`), which is dropped. Two-digit years
/// without an era, and years before 1000, are not read.
///
/// Warnings: ERA_ENDED (平成31年5月1日 is read as 2019-05-01), ERA_NOT_BEGUN, WEEKDAY_DIFFERS.
/// InvalidArgument for anything else and for days that don't exist; `*fault`, if not null, is
/// then NOT_A_DATE or NO_SUCH_DAY with the text as given as $0.
absl::StatusOr<ParsedDay> ParseDay(std::string_view text, Note* fault = nullptr);

/// Whether ParseDay reads the text as a day.
bool IsDay(std::string_view text);

/// `2025-05-01`.
std::string IsoDate(absl::CivilDay day);

}  // namespace kirikae::text
