#include "client/cli/time_range.h"

#include "absl/time/civil_time.h"
#include "client/cli/catalogue.h"
#include "client/cli/failure.h"
#include "client/cli/terms.h"

namespace kirikae::cli {
namespace {

// The moment at which the day or minute begins, or the one after it.
absl::Time Read(const std::string& option, const std::string& given, bool next_day) {
  absl::CivilDay day;
  if (absl::ParseCivilTime(given, &day))
    return absl::FromCivil(next_day ? day + 1 : day, WardZone());
  absl::Time time;
  if (absl::ParseTime("%Y-%m-%d %H:%M", given, WardZone(), &time, nullptr)) return time;
  throw Usage(Tr("$0 $1 can't be read; write it like $2.", {option, given, "2025-04-04"}));
}

absl::Time Recorded(const std::string& text) {
  absl::Time time = absl::InfinitePast();
  absl::ParseTime(absl::RFC3339_full, text, &time, nullptr);
  return time;
}

}  // namespace

TimeRange::TimeRange(const std::string& since, const std::string& until) {
  if (!since.empty()) since_ = Read("--since", since, false);
  if (!until.empty()) end_ = Read("--until", until, true);
  if (since_.has_value() && end_.has_value() && *end_ <= *since_) {
    throw Usage(Tr("--until lies before --since."));
  }
}

bool TimeRange::IsBefore(const std::string& time) const {
  return since_.has_value() && Recorded(time) < *since_;
}

bool TimeRange::IsAfter(const std::string& time) const {
  return end_.has_value() && Recorded(time) >= *end_;
}

}  // namespace kirikae::cli
