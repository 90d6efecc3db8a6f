// Page tokens. The input is a query on its first line, then a position or a token.
#include <string>

#include "absl/strings/escaping.h"
#include "service/api/call/page.h"
#include "tests/fuzz/fuzz_target.h"

namespace kirikae::fuzz {
namespace {

// Tokens that others made: only the unsealed kind can be one.
void ReadForeign(const std::string& token, std::string_view query) {
  const auto sealed = api::ReadPageToken(token, query);
  Require(sealed.ok() == token.empty(), "a page token that opens was sealed");
  Require(api::ReadNumberToken(token, query).ok() == token.empty(), "a number's token was sealed");
  Require(api::ReadPlaceToken(token, query).ok() == token.empty(), "a place's token was sealed");
  const auto resumed = api::ReadResumeToken(token, query);
  if (!resumed.ok() || token.empty()) return;
  // Base64 has several spellings of the same bytes.
  std::string said;
  std::string made;
  Require(absl::WebSafeBase64Unescape(token, &said) &&
              absl::WebSafeBase64Unescape(api::MakeResumeToken(*resumed, query), &made) &&
              said == made,
          "a resume token that opens says its position");
}

void ReadOwn(const std::string& position, std::string_view query) {
  constexpr size_t kLongest = 8192;
  if (position.size() > kLongest) return;
  const std::string token = api::MakePageToken(position, query);
  const auto opened = api::ReadPageToken(token, query);
  Require(opened.ok() && *opened == position, "a sealed token opens");
  Require(!api::ReadPageToken(token, std::string(query) + "x").ok(),
          "a token of another query does not open");
  Require(!api::ReadResumeToken(token, query).ok(), "a sealed token does not resume");
  const auto number = api::ReadNumberToken(token, query);
  Require(!number.ok() || *number >= 0, "a number is not negative");
  const auto place = api::ReadPlaceToken(token, query);
  if (!place.ok() || !place->has_value()) return;
  Require((*place)->change_set >= 1 && (*place)->position >= 0, "a place is in the log");
  const auto again = api::ReadPlaceToken(api::MakePlaceToken(**place, query), query);
  Require(again.ok() && again->has_value() && (*again)->change_set == (*place)->change_set &&
              (*again)->position == (*place)->position,
          "a place is read back as it was written");
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest = kirikae::fuzz::Input(data, size);
  const std::string_view query = kirikae::fuzz::TakeLine(rest);
  kirikae::fuzz::ReadForeign(std::string(rest), query);
  kirikae::fuzz::ReadOwn(std::string(rest), query);
  return 0;
}
