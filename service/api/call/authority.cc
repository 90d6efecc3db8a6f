#include "service/api/call/authority.h"

#include <algorithm>
#include <utility>

#include "service/api/call/role_table.h"
#include "service/app/hash.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::string_view kSession = "Session ";

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

void Authority::Keep(const domain::Token& token) {
  if (token.revoked) return;
  if (token.certificate.empty()) {
    by_hash_[token.hash] = token.id;
  } else {
    by_certificate_[token.certificate] = token.id;
  }
  tokens_.insert_or_assign(token.id, Kept{token});
}

void Authority::Keep(const store::Session& session) {
  std::erase_if(sessions_,
                [&](const auto& entry) { return entry.second.expire_time <= session.create_time; });
  sessions_[session.hash] = {session.token, session.create_time, session.expire_time};
  std::vector<std::pair<absl::Time, std::string>> own;
  for (const auto& [hash, other] : sessions_) {
    if (other.token == session.token) own.emplace_back(other.create_time, hash);
  }
  if (own.size() <= store::kMostSessions) return;
  sessions_.erase(std::min_element(own.begin(), own.end())->second);
}

void Authority::SetTokens(const std::vector<domain::Token>& tokens) {
  const std::unique_lock lock(mutex_);
  tokens_.clear();
  by_hash_.clear();
  by_certificate_.clear();
  for (const domain::Token& token : tokens) Keep(token);
}

void Authority::SetSessions(const std::vector<store::Session>& sessions) {
  const std::unique_lock lock(mutex_);
  sessions_.clear();
  for (const store::Session& session : sessions) {
    sessions_[session.hash] = {session.token, session.create_time, session.expire_time};
  }
}

void Authority::Add(const domain::Token& token) {
  const std::unique_lock lock(mutex_);
  Keep(token);
}

void Authority::Add(const store::Session& session) {
  const std::unique_lock lock(mutex_);
  Keep(session);
}

void Authority::Remove(int64_t id) {
  const auto is_of_token = [id](const auto& entry) { return entry.second == id; };
  const std::unique_lock lock(mutex_);
  tokens_.erase(id);
  std::erase_if(by_hash_, is_of_token);
  std::erase_if(by_certificate_, is_of_token);
  std::erase_if(sessions_, [id](const auto& entry) { return entry.second.token == id; });
}

bool Authority::EndSession(const std::string& hash) {
  const std::unique_lock lock(mutex_);
  return sessions_.erase(hash) > 0;
}

bool Authority::Approves(const domain::Token& token, absl::Time now) const {
  if (token.role == domain::Role::kApprover) return true;
  if (token.role != domain::Role::kAdmin) return false;
  return administrators_approve_ ||
         std::any_of(tokens_.begin(), tokens_.end(), [&](const auto& entry) {
           const domain::Token& other = entry.second.token;
           return other.role == domain::Role::kApprover &&
                  other.display_name == token.display_name && other.expire_time > now;
         });
}

const Authority::Kept* Authority::Find(const Credentials& shown, const std::string& hash,
                                       absl::Time now) const {
  int64_t id = 0;
  if (shown.authorization.starts_with(kBearer)) {
    const auto found = by_hash_.find(hash);
    if (found != by_hash_.end()) id = found->second;
  } else if (shown.authorization.starts_with(kSession)) {
    const auto found = sessions_.find(hash);
    if (found != sessions_.end() && found->second.expire_time > now) id = found->second.token;
  } else if (shown.authorization.empty() && !shown.certificate.empty()) {
    const auto found = by_certificate_.find(shown.certificate);
    if (found != by_certificate_.end()) id = found->second;
  }
  const auto kept = tokens_.find(id);
  return kept == tokens_.end() || kept->second.token.expire_time <= now ? nullptr : &kept->second;
}

absl::StatusOr<app::Caller> Authority::Identify(const Credentials& shown, absl::Time now) const {
  // The secret is always hashed, so that a wrong one takes as long as a right one. Looking up a
  // hash reveals nothing about the secret.
  const size_t space = shown.authorization.find(' ');
  const std::string hash =
      app::HashHex(space == std::string_view::npos ? shown.authorization
                                                   : shown.authorization.substr(space + 1));
  const std::shared_lock lock(mutex_);
  const Kept* const kept = Find(shown, hash, now);
  if (kept == nullptr) return domain::Unauthenticated();
  const domain::Token& token = kept->token;
  kept->used_hour->store(HourOf(now), std::memory_order_relaxed);
  app::Caller caller = {.actor = token.display_name,
                        .role = token.role,
                        .token = token.id,
                        .approves = Approves(token, now),
                        .session = "",
                        .expire_time = token.expire_time};
  if (shown.authorization.starts_with(kSession)) {
    caller.expire_time = std::min(caller.expire_time, sessions_.find(hash)->second.expire_time);
    caller.session = hash;
  }
  return caller;
}

absl::StatusOr<app::Caller> Authority::Check(const Credentials& shown, const RoleRow& row,
                                             absl::Time now) const {
  ASSIGN_OR_RETURN(app::Caller caller, Identify(shown, now));
  if (!row.Allows(caller.role) && !(row.Signs() && caller.approves)) {
    return domain::RoleMayNot(caller.role, row.rpc, AllowedRoles(row));
  }
  return caller;
}

bool Authority::StillKnows(const app::Caller& caller) const {
  const std::shared_lock lock(mutex_);
  return tokens_.contains(caller.token) &&
         (caller.session.empty() || sessions_.contains(caller.session));
}

std::map<int64_t, absl::Time> Authority::Uses() const {
  std::map<int64_t, absl::Time> uses;
  const std::shared_lock lock(mutex_);
  for (const auto& [id, kept] : tokens_) {
    const int64_t hour = kept.used_hour->load(std::memory_order_relaxed);
    if (hour != 0) uses[id] = absl::FromUnixSeconds(hour * 3600);
  }
  return uses;
}

void Authority::KeepUses(const std::map<int64_t, absl::Time>& uses) {
  const std::shared_lock lock(mutex_);
  for (const auto& [id, kept] : tokens_) {
    const auto use = uses.find(id);
    if (use == uses.end()) continue;
    const int64_t hour = HourOf(use->second);
    if (kept.used_hour->load() < hour) kept.used_hour->store(hour);
  }
}

}  // namespace kirikae::api
