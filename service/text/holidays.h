// Japan's public holidays, by law and as published by the Cabinet Office.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

namespace kirikae::text {

enum class HolidayKind {
  kNational,    ///< 国民の祝日, and a holiday by a one-off law
  kSubstitute,  ///< 振替休日, for a national holiday on a Sunday
  kBetween,     ///< 国民の休日, between two national holidays
};

struct Holiday {
  std::string_view name;  ///< Japanese; lives as long as the program
  HolidayKind kind = HolidayKind::kNational;
};

/// The years whose rules HolidayOn knows.
inline constexpr int kFirstHolidayYear = 2000;
inline constexpr int kLastHolidayYear = 2099;

/// The holiday on `day`, if any, by the Act on National Holidays (国民の祝日に関する法律,
/// 昭和23年法律第178号) as amended up to 2018, with the equinoxes by the National Observatory's
/// usual approximation, and the one-off laws for 2019 to 2021. Outside the known years: nullopt. An
/// equinox is fixed only by the notice of the preceding February, so a published file overrides
/// this.
std::optional<Holiday> HolidayOn(absl::CivilDay day);

/// Whether a list's name for a day means the law's holiday on it. Lists call substitute and
/// in-between days 休日 or by their full name, write the day that is substituted beside it, and
/// name the days of one-off laws 休日（祝日扱い）.
bool IsNameOf(std::string_view listed, absl::CivilDay day, const Holiday& by_law);

/// A line of the Cabinet Office's list.
struct PublishedHoliday {
  absl::CivilDay day;
  std::string name;  ///< as published; substitute and in-between days are both called 休日

  bool operator==(const PublishedHoliday&) const = default;
};

/// Why a list can't be read. kTwice: a day has two names.
enum class HolidayFaultKind { kEncoding, kNotALine, kNoSuchDay, kNoName, kTwice, kEmpty };

/// The first fault of a list and its line.
struct HolidayFault {
  HolidayFaultKind kind = HolidayFaultKind::kEmpty;
  size_t line = 1;   ///< 1-based
  std::string text;  ///< what stands there
};

/// Reads the bytes of `syukujitsu.csv` (CP932 as published, or another encoding that Decode finds):
/// lines of a day and a name, with a comma or a tab between, quoted or not. Lines before the first
/// day may be a title and a header; a file without these loses no day. The result is sorted by day;
/// a line that stands there twice is taken once. InvalidArgument with the line number for any other
/// content, for a day with two names, and for a file without holidays; then fills `*fault` if it
/// isn't null.
absl::StatusOr<std::vector<PublishedHoliday>> ParsePublishedHolidays(std::string_view bytes,
                                                                     HolidayFault* fault = nullptr);

}  // namespace kirikae::text
