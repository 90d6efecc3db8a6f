#include "service/api/access_service.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/api/convert/records.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

using domain::Sentence;

constexpr int kDefaultDays = 365;
constexpr int kMostDays = 3650;
constexpr int64_t kNameLimit = 100;

int64_t CountCharacters(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

void ToProto(const domain::Token& token, v1::Token* proto) {
  proto->set_name(domain::TokenName(token.id));
  proto->set_display_name(token.display_name);
  proto->set_role(static_cast<v1::Role>(token.role));
  proto->set_expire_time(FormatInstant(token.expire_time));
  proto->set_revoked(token.revoked);
}

absl::Status CheckToken(const v1::CreateTokenRequest& request) {
  std::vector<domain::Violation> violations;
  if (request.display_name().empty() || CountCharacters(request.display_name()) > kNameLimit) {
    violations.push_back({"display_name", Sentence("Name the holder, in 1 to 100 characters.")});
  }
  if (request.role() == v1::ROLE_UNSPECIFIED || !v1::Role_IsValid(request.role())) {
    violations.push_back({"role", Sentence("Say which role the token has.")});
  }
  if (request.days() < 0 || request.days() > kMostDays) {
    violations.push_back(
        {"days", Sentence("A token holds for 1 to $0 days.", {std::to_string(kMostDays)})});
  }
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  return absl::OkStatus();
}

// The authority's copy follows the store's.
void Reload(Environment& env) {
  const auto view = env.store.Read();
  if (!view.ok()) return;
  auto tokens = (*view)->ListTokens();
  if (tokens.ok()) env.authority.SetTokens(*std::move(tokens));
}

}  // namespace

grpc::ServerUnaryReactor* AccessServiceImpl::WhoAmI(grpc::CallbackServerContext* call,
                                                    const v1::WhoAmIRequest*,
                                                    v1::WhoAmIResponse* response) {
  auto* const reactor = call->DefaultReactor();
  const auto caller = CheckCaller(env_, *call, "AccessService/WhoAmI");
  if (caller.ok()) {
    response->set_actor(caller->actor);
    response->set_role(static_cast<v1::Role>(caller->role));
    response->set_server_version(env_.version);
  }
  reactor->Finish(ToGrpcStatus(caller.status()));
  return reactor;
}

grpc::ServerUnaryReactor* AccessServiceImpl::CreateToken(grpc::CallbackServerContext* call,
                                                         const v1::CreateTokenRequest* request,
                                                         v1::CreateTokenResponse* response) {
  // The secret goes to the caller only: the answer that is kept for a replay has none.
  const std::string secret = app::NewSecret();
  // On a replay the token was made with another secret, so this one must not be given out.
  const auto made = std::make_shared<bool>(false);
  return Write(
      env_, call, "AccessService/CreateToken", request, response,
      [request, secret, made](store::ReadView& view, int64_t, const app::WriteContext& context,
                              v1::CreateTokenResponse& answer) -> absl::StatusOr<store::Draft> {
        RETURN_IF_ERROR(CheckToken(*request));
        ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view.ListTokens());
        for (const domain::Token& other : tokens) {
          if (other.display_name != request->display_name() || other.revoked ||
              other.expire_time <= context.now) {
            continue;
          }
          return domain::InvalidField(
              "display_name",
              Sentence("A token in force has the name $0; use another, or revoke it.",
                       {request->display_name()}));
        }
        domain::Token token;
        token.id = tokens.empty() ? 1 : tokens.back().id + 1;
        token.display_name = request->display_name();
        token.role = static_cast<domain::Role>(request->role());
        token.hash = app::HashHex(secret);
        const int days = request->days() == 0 ? kDefaultDays : request->days();
        token.expire_time = context.now + absl::Hours(24 * days);
        ToProto(token, answer.mutable_token());
        store::Draft draft = context.NewDraft("CREATE_TOKEN");
        draft.edits.emplace_back(std::move(token));
        *made = true;
        return draft;
      },
      [this, request, response, secret, made] {
        Reload(env_);
        if (*made && !request->options().validate_only()) response->set_secret(secret);
      });
}

grpc::ServerUnaryReactor* AccessServiceImpl::ListTokens(grpc::CallbackServerContext* call,
                                                        const v1::ListTokensRequest*,
                                                        v1::ListTokensResponse* response) {
  return Read(env_, call, "AccessService/ListTokens", [&](store::ReadView& view) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view.ListTokens());
    for (const domain::Token& token : tokens) ToProto(token, response->add_tokens());
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* AccessServiceImpl::RevokeToken(grpc::CallbackServerContext* call,
                                                         const v1::RevokeTokenRequest* request,
                                                         v1::RevokeTokenResponse* response) {
  return Write(
      env_, call, "AccessService/RevokeToken", request, response,
      [request](store::ReadView& view, int64_t, const app::WriteContext& context,
                v1::RevokeTokenResponse&) -> absl::StatusOr<store::Draft> {
        ASSIGN_OR_RETURN(const domain::RecordName id_name,
                         domain::ParseName(domain::RecordKind::kToken, request->name(), "name"));
        const int64_t id = id_name.number;
        ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view.ListTokens());
        store::Draft draft = context.NewDraft("REVOKE_TOKEN");
        for (domain::Token token : tokens) {
          if (token.id != id) continue;
          token.revoked = true;
          draft.edits.emplace_back(std::move(token));
          return draft;
        }
        return domain::TokenNotFound(id);
      },
      [this] { Reload(env_); });
}

}  // namespace kirikae::api
