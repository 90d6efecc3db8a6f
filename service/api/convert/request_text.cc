#include "service/api/convert/request_text.h"

#include "absl/strings/string_view.h"
#include "service/absl_view.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

}  // namespace

absl::StatusOr<absl::CivilDay> ParseDay(std::string_view text, std::string_view field) {
  absl::CivilDay day;
  if (text.size() != 10 || text.find_first_not_of("0123456789-") != std::string_view::npos ||
      !absl::ParseCivilTime(AbslView(text), &day)) {
    return domain::InvalidField(
        field, Sentence("$0 is not a day; write it like 2025-05-01.", {std::string(text)}));
  }
  return day;
}

absl::StatusOr<absl::Time> ParseInstant(std::string_view text, std::string_view field,
                                        absl::Time otherwise) {
  if (text.empty()) return otherwise;
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, AbslView(text), &time, nullptr)) {
    return domain::InvalidField(
        field, Sentence("The time $0 can't be read; write it like 2025-05-01T09:00:00+09:00.",
                        {std::string(text)}));
  }
  return time;
}

}  // namespace kirikae::api
