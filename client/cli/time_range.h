// A range of recorded times as people give it.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"

namespace kirikae::cli {

/// From a day or time to a day or time of the ward; a day at the end belongs to the range.
class TimeRange {
 public:
  /// `2025-04-04` or `2025-04-04 15:00` each; "" = open. Throws Failure for other forms, and for an
  /// end before the beginning.
  TimeRange(const std::string& since, const std::string& until);

  /// Whether an RFC 3339 time lies before the range.
  bool IsBefore(const std::string& time) const;
  /// Whether it lies after the range.
  bool IsAfter(const std::string& time) const;

 private:
  std::optional<absl::Time> since_;
  std::optional<absl::Time> end_;  // the first moment after the range
};

}  // namespace kirikae::cli
