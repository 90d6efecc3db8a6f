#include "service/domain/errors.h"

#include <utility>

#include "absl/strings/str_join.h"
#include "service/domain/record_name.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

std::string S(std::string_view text) { return std::string(text); }

// Who has a role of that canonical name. In the plural, because the catalogue translates an
// argument that is one of its terms, and a token may have the name `admin`.
std::string Holders(std::string_view role) {
  constexpr std::pair<std::string_view, std::string_view> kHolders[] = {
      {"VIEWER", "viewers"},     {"OPERATOR", "operators"}, {"PLANNER", "planners"},
      {"APPROVER", "approvers"}, {"AUDITOR", "auditors"},   {"ADMIN", "administrators"}};
  for (const auto& [name, holders] : kHolders) {
    if (name == role) return S(holders);
  }
  return S(role);
}

}  // namespace

absl::Status TokenNotFound(int64_t id) {
  const std::string number = std::to_string(id);
  return MakeMissing("TOKEN_NOT_FOUND", Sentence("There is no token $0.", {number}), TokenName(id),
                     {{"token", number}});
}

absl::Status LastAdministrator(int64_t token) {
  const std::string number = std::to_string(token);
  return MakeError(StatusCode::kFailedPrecondition, "LAST_ADMINISTRATOR",
                   Sentence("Token $0 is the last one of an administrator. Make another first: "
                            "kirikae token create NAME --role admin",
                            {number}),
                   {{"token", number}});
}

absl::Status Unauthenticated() {
  return MakeError(StatusCode::kUnauthenticated, "UNAUTHENTICATED",
                   Sentence("A valid token is needed. Give the file that holds yours."));
}

absl::Status RoleMayNot(Role role, std::string_view rpc, const std::vector<std::string>& allowed) {
  const auto append_holders = [](std::string* out, const std::string& name) {
    out->append(Holders(name));
  };
  return MakeError(
      StatusCode::kPermissionDenied, "ROLE_MAY_NOT",
      Sentence("$1 is not for $0, but for $2.",
               {Holders(Name(role)), S(rpc), absl::StrJoin(allowed, ", ", append_holders)}),
      {{"role", S(Name(role))}, {"rpc", S(rpc)}, {"allowed_roles", Names(allowed)}});
}

absl::Status SelfApproval() {
  return MakeError(
      StatusCode::kPermissionDenied, "SELF_APPROVAL",
      Sentence("Who made or submitted a plan, or wrote a proposal, does not approve it. Ask "
               "another approver."));
}

absl::Status MarkNotForRole(Role role, std::string_view outcome) {
  return MakeError(StatusCode::kPermissionDenied, "MARK_NOT_FOR_ROLE",
                   Sentence("Marking a device $1 is not for $0: an approver exempts, an "
                            "operator marks everything else.",
                            {Holders(Name(role)), S(outcome)}),
                   {{"role", S(Name(role))}, {"outcome", S(outcome)}});
}

}  // namespace kirikae::domain
