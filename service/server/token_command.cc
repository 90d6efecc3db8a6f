#include "service/server/token_command.h"

#include <sodium.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <utility>

#include "service/app/access/tokens.h"
#include "service/app/hash.h"
#include "service/server/clock_command.h"
#include "service/server/failure.h"
#include "service/server/own_write.h"
#include "service/server/said.h"
#include "service/server/state_files.h"
#include "service/status_macros.h"
#include "service/store/sqlite/sqlite_store.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

absl::Status MakeToken(const Config& config, const std::string& secret) {
  ASSIGN_OR_RETURN(const std::function<absl::Time()> clock, ClockOf(config));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> store,
                   store::OpenSqliteStore({.directory = config.state_dir}));
  const absl::Time now = clock();
  store::WriteRequest write;
  write.now = now;
  write.make = [now, secret](store::ReadView& view, int64_t) -> absl::StatusOr<store::Draft> {
    app::TokenOrder order{.display_name = kFirstHolder,
                          .role = domain::Role::kAdmin,
                          .same_person = true,
                          .days = app::kMostTokenDays,
                          .secret = secret};
    ASSIGN_OR_RETURN(domain::Token token, app::NewToken(view, order, now));
    store::Draft draft = OwnDraft(domain::Act::kCreateToken, now);
    draft.reason = "kirikaed token reset";
    draft.edits.emplace_back(std::move(token));
    return draft;
  };
  return WriteNow(*store, std::move(write));
}

}  // namespace

int ResetToken(const Config& config) {
  if (sodium_init() < 0) return Fail(absl::InternalError("libsodium can't start"));
  const std::string path = config.state_dir + "/admin.token";
  const std::string fresh = path + ".new";
  const std::string secret = app::NewSecret();
  // A token is no reason to begin a ward.
  if (const absl::Status missing = RequireDatabase(config.state_dir); !missing.ok()) {
    return Fail(missing);
  }
  unlink(fresh.c_str());
  absl::Status status = WriteNewFile(fresh, secret + "\n");
  if (status.ok()) status = MakeToken(config, secret);
  if (status.ok() && rename(fresh.c_str(), path.c_str()) != 0) {
    status = absl::UnavailableError(path + " can't be replaced; the token is in " + fresh);
  }
  if (!status.ok()) {
    unlink(fresh.c_str());
    return Fail(status);
  }
  const Sentence sentence(
      "A new administrator's token is in $0. Start the daemon again, and revoke "
      "the tokens that are lost: kirikae token list",
      {path});
  Say(std::cout, sentence);
  return 0;
}

}  // namespace kirikae::server
