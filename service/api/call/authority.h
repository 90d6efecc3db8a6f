// Checks callers against the role table: bearer tokens and sessions, kept as hashes, and client
// certificates.
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
#include "service/store/store.h"

namespace kirikae::api {

/// What a caller shows.
struct Credentials {
  std::string_view authorization;  ///< `Bearer SECRET` or `Session ID`; "" = nothing
  std::string_view certificate;    ///< subject of a verified client certificate; "" = none
};

/// The tokens and sessions in force. Thread-safe.
class Authority {
 public:
  /// Replaces all tokens by the stored ones, and all sessions, when the service starts.
  void SetTokens(const std::vector<domain::Token>& tokens);
  void SetSessions(const std::vector<store::Session>& sessions);
  /// Adds a stored token unless it is revoked.
  void Add(const domain::Token& token);
  /// Removes the token with this id and its sessions; its caller is UNAUTHENTICATED from then on.
  void Remove(int64_t id);
  /// Adds a stored session; see store::kMostSessions.
  void Add(const store::Session& session);
  /// Ends the session with this hash; false where there is none.
  bool EndSession(const std::string& hash);

  /// From now on administrators may sign too, as where one person does everything. Call it before
  /// the service starts.
  void LetAdministratorsApprove() { administrators_approve_ = true; }

  /// The caller with these credentials: those of the header, or else those of the certificate.
  /// UNAUTHENTICATED, with the same message, for none, wrong, revoked and expired ones. An
  /// administrator signs as an approver where that person has an approver's token too.
  absl::StatusOr<app::Caller> Identify(const Credentials& shown, absl::Time now) const;
  /// As Identify, if `row` allows the RPC; PERMISSION_DENIED when the role may not call it.
  absl::StatusOr<app::Caller> Check(const Credentials& shown, const RoleRow& row,
                                    absl::Time now) const;

  /// Whether what a caller showed when it was identified is still in force: neither revoked nor
  /// signed out. That it expires is not asked.
  bool StillKnows(const app::Caller& caller) const;

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
  struct OpenSession {
    int64_t token = 0;
    absl::Time create_time;
    absl::Time expire_time;
  };

  // These need the lock.
  void Keep(const domain::Token& token);
  void Keep(const store::Session& session);
  // The token that is shown; null = none, or it or its session has expired.
  const Kept* Find(const Credentials& shown, const std::string& hash, absl::Time now) const;
  // Whether the token's holder may sign.
  bool Approves(const domain::Token& token, absl::Time now) const;

  bool administrators_approve_ = false;
  mutable std::shared_mutex mutex_;
  std::map<int64_t, Kept> tokens_;                              // those in force, by id
  std::map<std::string, int64_t, std::less<>> by_hash_;         // of secrets
  std::map<std::string, int64_t, std::less<>> by_certificate_;  // by subject
  std::map<std::string, OpenSession, std::less<>> sessions_;    // by hash
};

}  // namespace kirikae::api
