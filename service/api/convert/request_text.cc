#include "service/api/convert/request_text.h"

#include <optional>
#include <string>

#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

// Days beyond these are slips of the keyboard, and a calendar up to them would be huge.
constexpr int kFirstYear = 2000;
constexpr int kLastYear = 2199;

}  // namespace

absl::StatusOr<absl::CivilDay> ParseDay(std::string_view text, std::string_view field,
                                        absl::CivilDay today, domain::Toward toward) {
  const std::optional<absl::CivilDay> day = domain::ReadSpokenDay(text, today, toward);
  if (!day.has_value()) {
    return domain::InvalidField(field, Sentence("$0 is not a day; write it like 2025-05-01, 5/1, "
                                                "令和7年5月1日 or tomorrow.",
                                                {std::string(text)}));
  }
  if (day->year() < kFirstYear || day->year() > kLastYear) {
    return domain::InvalidField(field, Sentence("The day $0 is not of the years $1 to $2.",
                                                {std::string(text), std::to_string(kFirstYear),
                                                 std::to_string(kLastYear)}));
  }
  return *day;
}

absl::StatusOr<absl::Time> ParseInstant(std::string_view text, std::string_view field,
                                        absl::Time now, const absl::TimeZone& zone) {
  if (text.empty()) return now;
  const std::optional<absl::Time> time = domain::ReadSpokenTime(text, now, zone);
  if (!time.has_value()) {
    return domain::InvalidField(
        field, Sentence("The time $0 can't be read; write it like 2025-05-01 15:00, 5/1 15:00, "
                        "15:00 or 2025-05-01T09:00:00+09:00, from the year 2000 on.",
                        {std::string(text)}));
  }
  return *time;
}

}  // namespace kirikae::api
