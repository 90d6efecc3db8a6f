// Checks callers: bearer tokens, kept as hashes, against the role table.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
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

  /// From now on administrators may sign too, as where one person does everything. Call it before
  /// the service starts.
  void LetAdministratorsApprove() { administrators_approve_ = true; }

  /// The caller with this `authorization` header, if `row` allows the RPC. UNAUTHENTICATED, with
  /// the same message, for no, a wrong, a revoked and an expired token; PERMISSION_DENIED when the
  /// role may not call it. An administrator signs as an approver where that person has an
  /// approver's token too.
  absl::StatusOr<app::Caller> Check(std::string_view authorization, const RoleRow& row,
                                    absl::Time now) const;

  /// When tokens were last used, by their ids, to the hour. Tokens that were never used are left
  /// out.
  std::map<int64_t, absl::Time> Uses() const;
  /// Takes over uses that an earlier process kept.
  void KeepUses(const std::map<int64_t, absl::Time>& uses);

 private:
  // A token, and the hour of its last use since 1970; 0 = none. Checks only read the map.
  struct Kept {
    domain::Token token;
    std::shared_ptr<std::atomic<int64_t>> used_hour = std::make_shared<std::atomic<int64_t>>(0);
  };

  // Whether the token's holder may sign. The caller holds the lock.
  bool Approves(const domain::Token& token, absl::Time now) const;

  bool administrators_approve_ = false;
  mutable std::shared_mutex mutex_;
  std::map<std::string, Kept, std::less<>> by_hash_;
};

}  // namespace kirikae::api
