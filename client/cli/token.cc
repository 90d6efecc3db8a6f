#include <algorithm>
#include <cctype>
#include <iostream>
#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
#include "client/cli/commands.h"
#include "client/cli/record_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/access_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

void Create(Session& session, v1::CreateTokenRequest request, std::string role) {
  std::transform(role.begin(), role.end(), role.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  v1::Role parsed = v1::ROLE_UNSPECIFIED;
  if (!v1::Role_Parse("ROLE_" + role, &parsed)) {
    throw Failure{
        .code = kUsage,
        .reason = "UNKNOWN_ROLE",
        .sentence = Tr("There is no role $0. Use viewer, operator, planner, approver, auditor or "
                       "admin.",
                       {role})};
  }
  request.set_role(parsed);
  *request.mutable_options() = session.Options();
  // Its secret is sent once and stored nowhere, so a replay could not return it.
  request.mutable_options()->clear_request_id();
  const auto stub = v1::AccessService::NewStub(session.Channel());
  v1::CreateTokenResponse answer;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->CreateToken(&context, request, &answer); });
  if (!answer.token().certificate_subject().empty() && session.ForPeople()) {
    session.Note(Tr("$0 for $1, who shows the certificate $2.",
                    {answer.token().name(), answer.token().display_name(),
                     answer.token().certificate_subject()}));
  } else if (answer.secret().empty()) {
    session.Note(Tr("A dry run makes no token."));
  } else if (session.form == Form::kName) {
    std::cout << answer.token().name() << "\n";
    session.Note(Tr("This is the only time the secret is shown: $0", {answer.secret()}));
  } else if (session.ForPeople()) {
    session.Note(Tr("$0 for $1. This is the only time the secret is shown:",
                    {answer.token().name(), answer.token().display_name()}));
    std::cout << answer.secret() << "\n";
  } else {
    session.Print({{{"secret", Tr("secret")}}, {{answer.secret()}}, {answer.token().name()}},
                  answer, "");
  }
}

void List(Session& session) {
  const auto stub = v1::AccessService::NewStub(session.Channel());
  v1::ListTokensResponse tokens;
  session.Call([&](grpc::ClientContext& context) {
    return stub->ListTokens(&context, v1::ListTokensRequest(), &tokens);
  });
  Table table{{{"token", Tr("token")},
               {"for", Tr("for")},
               {"role", Tr("role")},
               {"until", Tr("until")},
               {"revoked", Tr("revoked")},
               {"last_used", Tr("last used")},
               {"certificate", Tr("certificate")}},
              {},
              {}};
  for (const v1::Token& token : tokens.tokens()) {
    table.rows.push_back({token.name(), token.display_name(), TermCell(token.role()),
                          LocalTime(token.expire_time()), YesOrNo(token.revoked()),
                          LocalTime(token.last_use_time()), token.certificate_subject()});
    table.names.push_back(token.name());
  }
  session.Print(table, tokens, "tokens");
}

void Revoke(Session& session, const std::string& id) {
  const auto stub = v1::AccessService::NewStub(session.Channel());
  v1::RevokeTokenRequest request;
  request.set_name(RecordName("tokens", id));
  *request.mutable_options() = session.Options();
  v1::RevokeTokenResponse nothing;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->RevokeToken(&context, request, &nothing); });
}

void WhoAmI(Session& session) {
  const auto stub = v1::AccessService::NewStub(session.Channel());
  v1::WhoAmIResponse me;
  session.Call([&](grpc::ClientContext& context) {
    return stub->WhoAmI(&context, v1::WhoAmIRequest(), &me);
  });
  session.Print(
      {{{"who", Tr("who")},
        {"role", Tr("role")},
        {"until", Tr("until")},
        {"service_version", Tr("service version")}},
       {{me.actor(), TermCell(me.role()), LocalTime(me.expire_time()), me.server_version()}},
       {me.actor()}},
      me, "");
  if (me.clock_behind_seconds() > 0) {
    constexpr int64_t kHour = 3600;
    const int64_t hours = (me.clock_behind_seconds() + kHour - 1) / kHour;
    session.Note(
        hours < 48 ? Trn("The newest record lies $0 hour ahead of the service's clock; nothing is "
                         "written until that is put right.",
                         "The newest record lies $0 hours ahead of the service's clock; nothing "
                         "is written until that is put right.",
                         hours)
                   : Trn("The newest record lies $0 day ahead of the service's clock; nothing is "
                         "written until that is put right.",
                         "The newest record lies $0 days ahead of the service's clock; nothing is "
                         "written until that is put right.",
                         hours / 24));
  }
  if (me.expires_soon()) {
    session.Note(Tr("Your token expires at $0. Ask an administrator for a new one in time.",
                    {LocalTime(me.expire_time())}));
  }
}

}  // namespace

void AddToken(CLI::App& app, Session& session) {
  auto* const token = app.add_subcommand("token", Tr("tokens that prove who calls"));
  token->require_subcommand(1);
  auto* const create = token->add_subcommand("create", Tr("make a token"));
  const auto holder = Required(*create, "NAME", Tr("person or program"));
  const auto role = Required(*create, "--role",
                             Tr("viewer, operator, planner, approver, auditor "
                                "or admin"));
  auto days = std::make_shared<int>(0);
  create->add_option("--days", *days, Tr("days until it expires"))->check(WholeNumber(1, 36'500));
  auto same = std::make_shared<bool>(false);
  create->add_flag("--same-person", *same,
                   Tr("a further token of the person who has this name already"));
  auto certificate = std::make_shared<std::string>();
  create->add_option("--certificate", *certificate,
                     Tr("subject of a client certificate that stands for the secret, such as "
                        "CN=kiosk-1,O=Example"));
  create->callback([holder, role, days, same, certificate, &session] {
    v1::CreateTokenRequest request;
    request.set_certificate_subject(*certificate);
    request.set_same_person(*same);
    request.set_display_name(*holder);
    request.set_days(*days);
    Create(session, request, *role);
  });
  token->add_subcommand("list", Tr("list tokens"))->callback([&session] { List(session); });
  auto* const revoke = token->add_subcommand("revoke", Tr("end a token at once"));
  const auto id = Required(*revoke, "ID", Tr("number of the token"));
  revoke->callback([id, &session] { Revoke(session, *id); });
  app.add_subcommand("whoami", Tr("say who you are to the service"))->callback([&session] {
    WhoAmI(session);
  });
}

}  // namespace kirikae::cli
