#include "service/api/call/authority.h"

#include <algorithm>
#include <utility>

#include "service/api/call/role_table.h"
#include "service/app/hash.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

constexpr std::string_view kBearer = "Bearer ";

int64_t HourOf(absl::Time time) { return absl::ToUnixSeconds(time) / 3600; }

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
  std::map<std::string, Kept, std::less<>> by_hash;
  for (domain::Token& token : tokens) {
    const std::string hash = token.hash;
    if (!token.revoked) by_hash.emplace(hash, Kept{std::move(token)});
  }
  const std::unique_lock lock(mutex_);
  by_hash_ = std::move(by_hash);
}

void Authority::Add(const domain::Token& token) {
  if (token.revoked) return;
  const std::unique_lock lock(mutex_);
  by_hash_.insert_or_assign(token.hash, Kept{token});
}

void Authority::Remove(int64_t id) {
  const std::unique_lock lock(mutex_);
  std::erase_if(by_hash_, [id](const auto& entry) { return entry.second.token.id == id; });
}

bool Authority::Approves(const domain::Token& token, absl::Time now) const {
  if (token.role == domain::Role::kApprover) return true;
  if (token.role != domain::Role::kAdmin) return false;
  return administrators_approve_ ||
         std::any_of(by_hash_.begin(), by_hash_.end(), [&](const auto& entry) {
           const domain::Token& other = entry.second.token;
           return other.role == domain::Role::kApprover &&
                  other.display_name == token.display_name && other.expire_time > now;
         });
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
    if (!bearer || found == by_hash_.end() || found->second.token.expire_time <= now) {
      return domain::Unauthenticated();
    }
    const domain::Token& token = found->second.token;
    found->second.used_hour->store(HourOf(now), std::memory_order_relaxed);
    caller = {token.display_name, token.role, token.id, Approves(token, now)};
  }
  if (!row.Allows(caller.role) && !(row.Signs() && caller.approves)) {
    return domain::RoleMayNot(caller.role, row.rpc, AllowedRoles(row));
  }
  return caller;
}

std::map<int64_t, absl::Time> Authority::Uses() const {
  std::map<int64_t, absl::Time> uses;
  const std::shared_lock lock(mutex_);
  for (const auto& [hash, kept] : by_hash_) {
    const int64_t hour = kept.used_hour->load(std::memory_order_relaxed);
    if (hour != 0) uses[kept.token.id] = absl::FromUnixSeconds(hour * 3600);
  }
  return uses;
}

void Authority::KeepUses(const std::map<int64_t, absl::Time>& uses) {
  const std::shared_lock lock(mutex_);
  for (const auto& [hash, kept] : by_hash_) {
    const auto use = uses.find(kept.token.id);
    if (use == uses.end()) continue;
    const int64_t hour = HourOf(use->second);
    if (kept.used_hour->load() < hour) kept.used_hour->store(hour);
  }
}

}  // namespace kirikae::api
