#include "service/api/resource_name.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "service/api/authority.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr int kDefaultPage = 100;
constexpr int kGreatestPage = 1000;
constexpr size_t kCheckLength = 8;

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

std::string CheckOf(std::string_view position, std::string_view query) {
  return HashHex(std::string(position) + '\0' + std::string(query)).substr(0, kCheckLength);
}

// Digits only: SimpleAtoi also takes spaces and a sign, which would give one record many names.
bool ReadNumber(std::string_view text, int64_t& number) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos &&
         text.front() != '0' && absl::SimpleAtoi(Absl(text), &number);
}

absl::Status BadName(std::string_view field, std::string_view name, std::string_view form) {
  return domain::InvalidField(
      field, Sentence("$0 is not a name of the form $1.", {std::string(name), std::string(form)}));
}

}  // namespace

absl::StatusOr<std::string> ParseName(std::string_view name, std::string_view collection) {
  const std::string prefix = std::string(collection) + "/";
  if (!name.starts_with(prefix) || name.size() == prefix.size() ||
      name.find('/', prefix.size()) != std::string_view::npos) {
    return BadName("name", name, prefix + "ID");
  }
  return std::string(name.substr(prefix.size()));
}

absl::StatusOr<int64_t> ParseNumberedName(std::string_view name, std::string_view collection,
                                          std::string_view field) {
  const std::string prefix = std::string(collection) + "/";
  int64_t number = 0;
  if (!name.starts_with(prefix) || !ReadNumber(name.substr(prefix.size()), number)) {
    return BadName(field, name, prefix + "N");
  }
  return number;
}

absl::StatusOr<ChildName> ParseChildName(std::string_view name, std::string_view collection) {
  constexpr std::string_view kPrefix = "rollouts/";
  const std::string middle = "/" + std::string(collection) + "/";
  const size_t at = name.find(middle);
  ChildName child;
  if (!name.starts_with(kPrefix) || at == std::string_view::npos || at <= kPrefix.size() ||
      name.find('/', kPrefix.size()) != at ||
      !ReadNumber(name.substr(at + middle.size()), child.number)) {
    return BadName("name", name, "rollouts/ID" + middle + "N");
  }
  child.rollout = std::string(name.substr(kPrefix.size(), at - kPrefix.size()));
  return child;
}

absl::StatusOr<PhaseName> ParsePhaseName(std::string_view name) {
  constexpr std::string_view kPrefix = "rollouts/";
  constexpr std::string_view kMiddle = "/phases/";
  const size_t at = name.find(kMiddle);
  const bool good = name.starts_with(kPrefix) && at != std::string_view::npos &&
                    at > kPrefix.size() && name.find('/', kPrefix.size()) == at &&
                    at + kMiddle.size() < name.size() &&
                    name.find('/', at + kMiddle.size()) == std::string_view::npos;
  if (!good) return BadName("name", name, "rollouts/ID/phases/ID");
  return PhaseName{std::string(name.substr(kPrefix.size(), at - kPrefix.size())),
                   std::string(name.substr(at + kMiddle.size()))};
}

absl::StatusOr<int> PageSize(int page_size) {
  if (page_size < 0) {
    return domain::InvalidField("page_size", Sentence("A page size can't be negative."));
  }
  return page_size == 0 ? kDefaultPage : std::min(page_size, kGreatestPage);
}

std::string MakePageToken(std::string_view position, std::string_view query) {
  return absl::WebSafeBase64Escape(CheckOf(position, query) + std::string(position));
}

absl::StatusOr<std::string> ReadPageToken(const std::string& token, std::string_view query) {
  if (token.empty()) return std::string();
  std::string plain;
  if (!absl::WebSafeBase64Unescape(token, &plain) || plain.size() < kCheckLength) {
    return domain::BadPageToken();
  }
  const std::string position = plain.substr(kCheckLength);
  if (plain != CheckOf(position, query) + position) return domain::BadPageToken();
  return position;
}

absl::StatusOr<int64_t> ReadNumberToken(const std::string& token, std::string_view query) {
  ASSIGN_OR_RETURN(const std::string position, ReadPageToken(token, query));
  int64_t number = 0;
  if (!position.empty() && !absl::SimpleAtoi(position, &number)) return domain::BadPageToken();
  return number;
}

absl::StatusOr<absl::CivilDay> ParseDay(std::string_view text, std::string_view field) {
  absl::CivilDay day;
  if (text.size() != 10 || text.find_first_not_of("0123456789-") != std::string_view::npos ||
      !absl::ParseCivilTime(Absl(text), &day)) {
    return domain::InvalidField(
        field, Sentence("$0 is not a day; write it like 2025-05-01.", {std::string(text)}));
  }
  return day;
}

absl::StatusOr<absl::Time> ParseInstant(std::string_view text, std::string_view field,
                                        absl::Time otherwise) {
  if (text.empty()) return otherwise;
  absl::Time time;
  if (!absl::ParseTime(absl::RFC3339_full, Absl(text), &time, nullptr)) {
    return domain::InvalidField(
        field, Sentence("The time $0 can't be read; write it like 2025-05-01T09:00:00+09:00.",
                        {std::string(text)}));
  }
  return time;
}

}  // namespace kirikae::api
