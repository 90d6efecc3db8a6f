// Who calls: bearer tokens, kept as hashes, checked against the role table.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// Who calls.
struct Caller {
  std::string actor;
  domain::Role role = domain::Role::kViewer;
};

/// Hex of the BLAKE2b-256 of any bytes; what is kept of a token's secret.
std::string HashHex(std::string_view bytes);

/// A new secret of 256 random bits, hex.
std::string NewSecret();

/// The tokens in force. Thread-safe.
class Authority {
 public:
  /// Replaces all tokens; called at the start and after every write of a token.
  void SetTokens(std::vector<domain::Token> tokens);

  /// The caller behind an `authorization` header, if the role table lets them call `rpc`.
  /// UNAUTHENTICATED, the same for none, a wrong, a revoked and an expired token;
  /// PERMISSION_DENIED when the role may not.
  absl::StatusOr<Caller> Check(std::string_view authorization, std::string_view rpc,
                               absl::Time now) const;

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, domain::Token, std::less<>> by_hash_;
};

}  // namespace kirikae::api
