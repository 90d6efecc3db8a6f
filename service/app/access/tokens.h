// Bearer tokens: made and revoked.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Longest and usual life of a token, in days.
inline constexpr int kMostTokenDays = 3650;
inline constexpr int kUsualTokenDays = 365;

/// A token to be made.
struct TokenOrder {
  std::string display_name;  ///< of the person or program; 1 to 100 characters
  domain::Role role = domain::Role::kViewer;
  int days = 0;        ///< how long it holds; 0 = kUsualTokenDays
  std::string secret;  ///< of which the hash is kept
};

/// The token as it will be stored. INVALID_ARGUMENT with every fault: the name is empty, too long
/// or that of a token in force; the days are out of range.
absl::StatusOr<domain::Token> NewToken(store::ReadView& view, const TokenOrder& order,
                                       absl::Time now);

/// The token, revoked. NOT_FOUND where there is none with this id.
absl::StatusOr<domain::Token> RevokedToken(store::ReadView& view, int64_t id);

}  // namespace kirikae::app
