#include "service/domain/instant.h"

#include <string>

#include "service/absl_view.h"

namespace kirikae::domain {
namespace {

// `9999-99-99T99:99:99`, then anything; 9 stands for a digit.
bool HasShape(std::string_view text) {
  constexpr std::string_view kShape = "9999-99-99T99:99:99";
  if (text.size() <= kShape.size()) return false;
  for (size_t i = 0; i < kShape.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    if (kShape[i] == '9' ? !is_digit : text[i] != kShape[i]) return false;
  }
  return true;
}

}  // namespace

absl::Time EarliestInstant() {
  return absl::FromCivil(absl::CivilSecond(2000, 1, 1), absl::UTCTimeZone());
}

std::optional<absl::Time> ReadRfc3339(std::string_view text) {
  absl::Time time;
  if (!HasShape(text) || !absl::ParseTime(absl::RFC3339_full, AbslView(text), &time, nullptr) ||
      time < EarliestInstant()) {
    return std::nullopt;
  }
  return time;
}

}  // namespace kirikae::domain
