#include "service/server/first_tokens.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>
#include <vector>

#include "service/app/access/tokens.h"
#include "service/app/audit/record_notary.h"
#include "service/app/hash.h"
#include "service/server/own_write.h"
#include "service/server/said.h"
#include "service/server/state_files.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

// Nobody could administer once the last administrator's token has expired.
void WarnOfLastAdministrator(const std::vector<domain::Token>& tokens, absl::Time now) {
  absl::Time last = absl::InfinitePast();
  for (const domain::Token& token : tokens) {
    if (token.role == domain::Role::kAdmin && !token.revoked) {
      last = std::max(last, token.expire_time);
    }
  }
  if (last - now < app::kExpiresSoon) {
    spdlog::warn("the last administrator's token expires at {}; see: kirikaed token reset",
                 absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", last, absl::UTCTimeZone()));
  }
}

}  // namespace

absl::Status LoadTokens(const std::string& state_dir, api::Environment& env) {
  std::vector<domain::Token> tokens;
  {
    ASSIGN_OR_RETURN(const auto view, env.store.Read());
    ASSIGN_OR_RETURN(tokens, view->ListTokens());
    ASSIGN_OR_RETURN(const std::vector<store::Session> sessions, view->ListSessions());
    env.authority.SetSessions(sessions);
  }
  if (tokens.empty()) {
    // The secret is on the disk before the token is, so that a crash in between leaves a file that
    // the next start replaces.
    const std::string path = state_dir + "/admin.token";
    unlink(path.c_str());
    const std::string secret = app::NewSecret();
    RETURN_IF_ERROR(WriteNewFile(path, secret + "\n"));
    domain::Token token;
    token.id = 1;
    token.display_name = kFirstHolder;
    token.role = domain::Role::kAdmin;
    token.hash = app::HashHex(secret);
    token.expire_time = env.ward.now() + absl::Hours(24 * 3650);
    store::WriteRequest write;
    write.now = env.ward.now();
    write.make = [token, now = env.ward.now(), &key = env.notary->public_key()](
                     store::ReadView&, int64_t) -> absl::StatusOr<store::Draft> {
      store::Draft draft = app::UseKey(OwnDraft(domain::Act::kFirstStart, now), key);
      draft.edits.emplace_back(token);
      return draft;
    };
    RETURN_IF_ERROR(WriteNow(env.store, std::move(write)));
    tokens.push_back(token);
    Say(std::cerr, Sentence("The first token is in $0", {path}), "kirikaed: ");
  }
  WarnOfLastAdministrator(tokens, env.ward.now());
  env.authority.SetTokens(tokens);
  return absl::OkStatus();
}

}  // namespace kirikae::server
