#include "service/api/call/page.h"

#include <algorithm>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "service/app/hash.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr int kDefaultPage = 100;
constexpr int kGreatestPage = 1000;
constexpr size_t kCheckLength = 8;

std::string CheckOf(std::string_view position, std::string_view query) {
  return app::HashHex(std::string(position) + '\0' + std::string(query)).substr(0, kCheckLength);
}

}  // namespace

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

std::string MakePlaceToken(const store::ChangePlace& place, std::string_view query) {
  return MakePageToken(std::to_string(place.change_set) + ":" + std::to_string(place.position),
                       query);
}

absl::StatusOr<std::optional<store::ChangePlace>> ReadPlaceToken(const std::string& token,
                                                                 std::string_view query) {
  ASSIGN_OR_RETURN(const std::string position, ReadPageToken(token, query));
  if (position.empty()) return std::optional<store::ChangePlace>();
  const std::vector<std::string> parts = absl::StrSplit(position, ':');
  store::ChangePlace place;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &place.change_set) ||
      !absl::SimpleAtoi(parts[1], &place.position)) {
    return domain::BadPageToken();
  }
  return std::optional(place);
}

}  // namespace kirikae::api
