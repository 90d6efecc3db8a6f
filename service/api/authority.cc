#include "service/api/authority.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "service/api/role_table.h"
#include "service/domain/errors.h"

namespace kirikae::api {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr size_t kHashBytes = 32;

std::string Hex(const unsigned char* bytes, size_t size) {
  std::string hex(size * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, size);
  hex.pop_back();
  return hex;
}

std::string AllowedRoles(const RoleRow& row) {
  std::string names;
  for (int i = static_cast<int>(domain::Role::kViewer); i <= static_cast<int>(domain::Role::kAdmin);
       ++i) {
    const auto role = static_cast<domain::Role>(i);
    if (!row.Allows(role)) continue;
    if (!names.empty()) names += ", ";
    names += domain::Name(role);
  }
  return names;
}

}  // namespace

std::string HashHex(std::string_view bytes) {
  std::array<unsigned char, kHashBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  return Hex(hash.data(), hash.size());
}

std::string NewSecret() {
  std::array<unsigned char, kHashBytes> secret{};
  randombytes_buf(secret.data(), secret.size());
  return Hex(secret.data(), secret.size());
}

void Authority::SetTokens(std::vector<domain::Token> tokens) {
  std::map<std::string, domain::Token, std::less<>> by_hash;
  for (domain::Token& token : tokens) {
    if (!token.revoked) by_hash.emplace(token.hash, std::move(token));
  }
  const std::unique_lock lock(mutex_);
  by_hash_ = std::move(by_hash);
}

absl::StatusOr<Caller> Authority::Check(std::string_view authorization, std::string_view rpc,
                                        absl::Time now) const {
  // The secret is hashed whatever it is, so that a wrong one takes as long as a right one; looking
  // a hash up tells nothing of the secret.
  const bool bearer = authorization.starts_with(kBearer);
  const std::string hash = HashHex(bearer ? authorization.substr(kBearer.size()) : authorization);
  Caller caller;
  {
    const std::shared_lock lock(mutex_);
    const auto found = by_hash_.find(hash);
    if (!bearer || found == by_hash_.end() || found->second.expire_time <= now) {
      return domain::Unauthenticated();
    }
    caller = {found->second.display_name, found->second.role};
  }
  const RoleRow* const row = FindRoleRow(rpc);
  if (row == nullptr || !row->Allows(caller.role)) {
    return domain::RoleMayNot(caller.role, rpc, row == nullptr ? "" : AllowedRoles(*row));
  }
  return caller;
}

}  // namespace kirikae::api
