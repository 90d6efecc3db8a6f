// Creates and revokes bearer tokens.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/app/act.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Longest and default life of a token, in days.
inline constexpr int kMostTokenDays = 3650;
inline constexpr int kUsualTokenDays = 365;

/// How long before its end a token's holder is warned.
inline constexpr absl::Duration kExpiresSoon = absl::Hours(24 * 30);

/// The order for a new token.
struct TokenOrder {
  std::string display_name;  ///< of the person or program; 1 to 100 characters
  domain::Role role = domain::Role::kViewer;
  bool same_person = false;  ///< a further token of the person who has the name already
  int days = 0;              ///< how long it holds; 0 = kUsualTokenDays
  std::string secret;        ///< of which the hash is kept
  /// Subject of a client certificate (RFC 2253) that stands for the secret, which then nobody gets;
  /// "" = none.
  std::string certificate = {};
};

/// The token to store. INVALID_ARGUMENT with every fault: the name is empty, too long, can't be
/// seen whole, is or looks like the daemon's or that of another person who ever had a token; the
/// days are out of range; the certificate is another token's that is in force.
absl::StatusOr<domain::Token> NewToken(store::ReadView& view, const TokenOrder& order,
                                       absl::Time now);

/// The token in its revoked form. NOT_FOUND for an unknown id; FAILED_PRECONDITION for the last
/// token of an administrator that is in force.
absl::StatusOr<domain::Token> RevokedToken(store::ReadView& view, int64_t id, absl::Time now);

}  // namespace kirikae::app
