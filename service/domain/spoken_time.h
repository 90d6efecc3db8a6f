// Days and times as people write them in a request.
#pragma once

#include <optional>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kirikae::domain {

/// Which year a day without a year is of.
enum class Toward {
  kNearest,  ///< the nearest one
  kPast,     ///< the last one up to today
  kFuture,   ///< the next one from today on
};

/// Reads a day in every form that files may have (text::ParseDay), and besides `4/20`, `4月20日`,
/// each with an optional weekday, and `today`, `tomorrow`, `yesterday`, 今日, 明日, 昨日, 明後日,
/// 一昨日. Nothing for any other text and for a weekday that is not that day's.
std::optional<absl::CivilDay> ReadSpokenDay(std::string_view text, absl::CivilDay today,
                                            Toward toward);

/// Reads RFC 3339, or a time of the ward: a day as above and a time after it (`15:00`, `15:00:30`,
/// `15時`, `午後3時半`), a time alone (today), `now`. A day alone is its end, or `now` where that
/// comes first. A day without a year is the last one. Nothing for any other text and for times
/// before EarliestInstant().
std::optional<absl::Time> ReadSpokenTime(std::string_view text, absl::Time now,
                                         const absl::TimeZone& zone);

}  // namespace kirikae::domain
