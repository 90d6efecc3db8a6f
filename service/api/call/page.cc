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
constexpr size_t kLongestToken = 16'384;

// The hash or the seal of a token.
using Check = std::string (*)(std::string_view bytes);

std::string CheckOf(Check check, std::string_view position, std::string_view query) {
  return check(std::string(position) + '\0' + std::string(query));
}

std::string MakeToken(Check check, std::string_view position, std::string_view query) {
  return absl::WebSafeBase64Escape(CheckOf(check, position, query) + std::string(position));
}

absl::StatusOr<std::string> ReadToken(Check check, const std::string& token,
                                      std::string_view query) {
  if (token.empty()) return std::string();
  const size_t length = check("").size();
  std::string plain;
  if (token.size() > kLongestToken || !absl::WebSafeBase64Unescape(token, &plain) ||
      plain.size() < length) {
    return domain::BadPageToken();
  }
  std::string position = plain.substr(length);
  if (plain != CheckOf(check, position, query) + position) return domain::BadPageToken();
  return position;
}

}  // namespace

absl::StatusOr<int> PageSize(int page_size) {
  if (page_size < 0) {
    return domain::InvalidField("page_size", Sentence("A page size can't be negative."));
  }
  return page_size == 0 ? kDefaultPage : std::min(page_size, kGreatestPage);
}

std::string MakePageToken(std::string_view position, std::string_view query) {
  return MakeToken(app::SealHex, position, query);
}

absl::StatusOr<std::string> ReadPageToken(const std::string& token, std::string_view query) {
  return ReadToken(app::SealHex, token, query);
}

std::string MakeResumeToken(std::string_view position, std::string_view query) {
  return MakeToken(app::HashHex, position, query);
}

absl::StatusOr<std::string> ReadResumeToken(const std::string& token, std::string_view query) {
  return ReadToken(app::HashHex, token, query);
}

absl::StatusOr<int64_t> ReadNumberToken(const std::string& token, std::string_view query) {
  ASSIGN_OR_RETURN(const std::string position, ReadPageToken(token, query));
  int64_t number = 0;
  if (!position.empty() && (!absl::SimpleAtoi(position, &number) || number < 0)) {
    return domain::BadPageToken();
  }
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
      !absl::SimpleAtoi(parts[1], &place.position) || place.change_set < 1 || place.position < 0) {
    return domain::BadPageToken();
  }
  return std::optional(place);
}

}  // namespace kirikae::api
