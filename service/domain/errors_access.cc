#include "service/domain/errors.h"

#include "absl/strings/str_join.h"
#include "service/domain/record_name.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

std::string S(std::string_view text) { return std::string(text); }

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
  return MakeError(StatusCode::kPermissionDenied, "ROLE_MAY_NOT",
                   Sentence("The role $0 may not call $1; these may: $2.",
                            {S(Name(role)), S(rpc), absl::StrJoin(allowed, ", ")}),
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
                   Sentence("The role $0 may not mark a device $1: an approver exempts, an "
                            "operator marks everything else.",
                            {S(Name(role)), S(outcome)}),
                   {{"role", S(Name(role))}, {"outcome", S(outcome)}});
}

}  // namespace kirikae::domain
