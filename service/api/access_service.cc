#include "service/api/access_service.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kirikae/v1/access_service.grpc.pb.h"
#include "service/api/call/run.h"
#include "service/api/convert/records.h"
#include "service/app/access/tokens.h"
#include "service/app/hash.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

void ToProto(const domain::Token& token, v1::Token* proto) {
  proto->set_name(domain::TokenName(token.id));
  proto->set_display_name(token.display_name);
  proto->set_role(static_cast<v1::Role>(token.role));
  proto->set_expire_time(FormatInstant(token.expire_time));
  proto->set_revoked(token.revoked);
  proto->set_certificate_subject(token.certificate);
}

absl::Status WhoAmI(const Call& call, const v1::WhoAmIRequest&, v1::WhoAmIResponse* response) {
  response->set_actor(call.caller.actor);
  response->set_role(static_cast<v1::Role>(call.caller.role));
  response->set_server_version(call.env.version);
  response->set_time_zone(call.ward().zone.name());
  store::ChangeSetQuery newest;
  newest.limit = 1;
  ASSIGN_OR_RETURN(const auto sets, call.view.ListChangeSets(newest));
  if (!sets.empty() && sets.front().recorded_time - call.now >= absl::Minutes(1)) {
    response->set_clock_behind_seconds(absl::ToInt64Seconds(sets.front().recorded_time - call.now));
  }
  ASSIGN_OR_RETURN(const std::optional<domain::Token> token,
                   call.view.FindToken(call.caller.token));
  if (token.has_value()) {
    response->set_expire_time(FormatInstant(token->expire_time));
    response->set_expires_soon(token->expire_time - call.now < app::kExpiresSoon);
  }
  return absl::OkStatus();
}

// The answer kept for replays does not have the secret: see PutInForce.
absl::StatusOr<store::Draft> StoreToken(const WriteCall& call,
                                        const v1::CreateTokenRequest& request,
                                        const std::string& secret,
                                        v1::CreateTokenResponse* answer) {
  if (request.role() == v1::ROLE_UNSPECIFIED || !v1::Role_IsValid(request.role())) {
    return domain::InvalidField("role", domain::Sentence("Say which role the token has."));
  }
  ASSIGN_OR_RETURN(domain::Token token,
                   app::NewToken(call.view,
                                 {.display_name = request.display_name(),
                                  .role = static_cast<domain::Role>(request.role()),
                                  .same_person = request.same_person(),
                                  .days = request.days(),
                                  .secret = secret,
                                  .certificate = request.certificate_subject()},
                                 call.context.now));
  ToProto(token, answer->mutable_token());
  store::Draft draft = call.context.NewDraft(domain::Act::kCreateToken);
  draft.edits.emplace_back(std::move(token));
  return draft;
}

// Puts the stored token in force. Only the call that stored the secret's hash gets the secret: a
// replay gets none, because the first call's secret is no longer known.
absl::Status PutInForce(Environment& env, const std::string& secret,
                        v1::CreateTokenResponse* response) {
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env.store.Read());
  ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view->ListTokens());
  for (const domain::Token& token : tokens) {
    if (domain::TokenName(token.id) != response->token().name()) continue;
    env.authority.Add(token);
    if (token.hash == app::HashHex(secret) && token.certificate.empty()) {
      response->set_secret(secret);
    }
  }
  return absl::OkStatus();
}

// A revoked token stops working even when the store can't be read: this reads nothing.
absl::Status TakeOutOfForce(Environment& env, const v1::RevokeTokenRequest& request,
                            v1::RevokeTokenResponse*) {
  if (request.options().validate_only()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kToken, request.name()));
  env.authority.Remove(name.number);
  env.streams.CancelAll(name.number);
  return absl::OkStatus();
}

absl::Status ListTokens(const Call& call, const v1::ListTokensRequest&,
                        v1::ListTokensResponse* response) {
  ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, call.view.ListTokens());
  const std::map<int64_t, absl::Time> uses = call.env.authority.Uses();
  for (const domain::Token& token : tokens) {
    auto* const row = response->add_tokens();
    ToProto(token, row);
    const auto use = uses.find(token.id);
    if (use != uses.end()) row->set_last_use_time(FormatInstant(use->second));
  }
  return absl::OkStatus();
}

absl::StatusOr<store::Draft> RevokeToken(const WriteCall& call,
                                         const v1::RevokeTokenRequest& request,
                                         v1::RevokeTokenResponse*) {
  ASSIGN_OR_RETURN(const domain::RecordName name,
                   domain::ParseName(domain::RecordKind::kToken, request.name()));
  ASSIGN_OR_RETURN(domain::Token token,
                   app::RevokedToken(call.view, name.number, call.context.now));
  store::Draft draft = call.context.NewDraft(domain::Act::kRevokeToken);
  draft.edits.emplace_back(std::move(token));
  return draft;
}

class AccessServiceImpl final : public v1::AccessService::CallbackService {
 public:
  explicit AccessServiceImpl(Environment& env) : env_(env) {}

  KIRIKAE_UNARY(AccessService, WhoAmI, Read)
  KIRIKAE_UNARY(AccessService, ListTokens, Read)

  grpc::ServerUnaryReactor* CreateToken(grpc::CallbackServerContext* context,
                                        const v1::CreateTokenRequest* request,
                                        v1::CreateTokenResponse* response) override {
    const std::string secret = app::NewSecret();
    return Write(
        env_, Rpc("AccessService/CreateToken"), context, request, response,
        [secret](const WriteCall& call, const v1::CreateTokenRequest& given,
                 v1::CreateTokenResponse* answer) {
          return StoreToken(call, given, secret, answer);
        },
        Size::kUsual,
        [secret](Environment& env, const v1::CreateTokenRequest&, v1::CreateTokenResponse* answer) {
          return PutInForce(env, secret, answer);
        });
  }

  grpc::ServerUnaryReactor* RevokeToken(grpc::CallbackServerContext* context,
                                        const v1::RevokeTokenRequest* request,
                                        v1::RevokeTokenResponse* response) override {
    return Write(env_, Rpc("AccessService/RevokeToken"), context, request, response,
                 &api::RevokeToken, Size::kUsual, &TakeOutOfForce);
  }

 private:
  Environment& env_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewAccessService(Environment& env) {
  return std::make_unique<AccessServiceImpl>(env);
}

}  // namespace kirikae::api
