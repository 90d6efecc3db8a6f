#include "service/app/access/tokens.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/app/hash.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr int64_t kNameLimit = 100;

int64_t CountCharacters(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

}  // namespace

absl::StatusOr<domain::Token> NewToken(store::ReadView& view, const TokenOrder& order,
                                       absl::Time now) {
  std::vector<domain::Violation> violations;
  if (order.display_name.empty() || CountCharacters(order.display_name) > kNameLimit) {
    violations.push_back({"display_name", Sentence("Name the holder, in 1 to 100 characters.")});
  }
  if (order.days < 0 || order.days > kMostTokenDays) {
    violations.push_back(
        {"days", Sentence("A token holds for 1 to $0 days.", {std::to_string(kMostTokenDays)})});
  }
  ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view.ListTokens());
  const auto in_force = [&](const domain::Token& other) {
    return other.display_name == order.display_name && !other.revoked && other.expire_time > now;
  };
  if (std::any_of(tokens.begin(), tokens.end(), in_force)) {
    violations.push_back(
        {"display_name", Sentence("A token in force has the name $0; use another, or revoke it.",
                                  {order.display_name})});
  }
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  domain::Token token;
  token.id = tokens.empty() ? 1 : tokens.back().id + 1;
  token.display_name = order.display_name;
  token.role = order.role;
  token.hash = HashHex(order.secret);
  token.expire_time = now + absl::Hours(24 * (order.days == 0 ? kUsualTokenDays : order.days));
  return token;
}

absl::StatusOr<domain::Token> RevokedToken(store::ReadView& view, int64_t id) {
  ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view.ListTokens());
  for (domain::Token token : tokens) {
    if (token.id != id) continue;
    token.revoked = true;
    return token;
  }
  return domain::TokenNotFound(id);
}

}  // namespace kirikae::app
