#include "service/api/call/authority.h"

#include <utility>

#include "service/api/call/role_table.h"
#include "service/app/hash.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

constexpr std::string_view kBearer = "Bearer ";

std::vector<std::string> AllowedRoles(const RoleRow& row) {
  std::vector<std::string> names;
  for (int i = static_cast<int>(domain::Role::kViewer); i <= static_cast<int>(domain::Role::kAdmin);
       ++i) {
    const auto role = static_cast<domain::Role>(i);
    if (row.Allows(role)) names.emplace_back(domain::Name(role));
  }
  return names;
}

}  // namespace

void Authority::SetTokens(std::vector<domain::Token> tokens) {
  std::map<std::string, domain::Token, std::less<>> by_hash;
  for (domain::Token& token : tokens) {
    if (!token.revoked) by_hash.emplace(token.hash, std::move(token));
  }
  const std::unique_lock lock(mutex_);
  by_hash_ = std::move(by_hash);
}

void Authority::Add(const domain::Token& token) {
  if (token.revoked) return;
  const std::unique_lock lock(mutex_);
  by_hash_.insert_or_assign(token.hash, token);
}

void Authority::Remove(int64_t id) {
  const std::unique_lock lock(mutex_);
  std::erase_if(by_hash_, [id](const auto& entry) { return entry.second.id == id; });
}

absl::StatusOr<app::Caller> Authority::Check(std::string_view authorization, const RoleRow& row,
                                             absl::Time now) const {
  // The secret is always hashed, so that a wrong one takes as long as a right one. Looking up a
  // hash reveals nothing about the secret.
  const bool bearer = authorization.starts_with(kBearer);
  const std::string hash =
      app::HashHex(bearer ? authorization.substr(kBearer.size()) : authorization);
  app::Caller caller;
  {
    const std::shared_lock lock(mutex_);
    const auto found = by_hash_.find(hash);
    if (!bearer || found == by_hash_.end() || found->second.expire_time <= now) {
      return domain::Unauthenticated();
    }
    caller = {found->second.display_name, found->second.role, found->second.id};
  }
  if (!row.Allows(caller.role)) {
    return domain::RoleMayNot(caller.role, row.rpc, AllowedRoles(row));
  }
  return caller;
}

}  // namespace kirikae::api
