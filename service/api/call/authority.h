// Checks callers: bearer tokens, kept as hashes, against the role table.
#pragma once

#include <cstdint>
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
#include "service/api/call/role_table.h"
#include "service/app/act.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// The tokens in force. Thread-safe.
class Authority {
 public:
  /// Replaces all tokens by the stored ones, when the service starts.
  void SetTokens(std::vector<domain::Token> tokens);
  /// Adds a stored token unless it is revoked.
  void Add(const domain::Token& token);
  /// Removes the token with this id; its caller is UNAUTHENTICATED from then on.
  void Remove(int64_t id);

  /// The caller with this `authorization` header, if `row` allows the RPC. UNAUTHENTICATED, with
  /// the same message, for no, a wrong, a revoked and an expired token; PERMISSION_DENIED when the
  /// role may not call it.
  absl::StatusOr<app::Caller> Check(std::string_view authorization, const RoleRow& row,
                                    absl::Time now) const;

 private:
  mutable std::shared_mutex mutex_;
  std::map<std::string, domain::Token, std::less<>> by_hash_;
};

}  // namespace kirikae::api
