// Sessions: who has signed in with a token need not show it again.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/store/store.h"

namespace kirikae::app {

/// How long a session lasts at most.
inline constexpr absl::Duration kSessionLife = absl::Hours(12);

/// A new session of the token with this id, and its id, a secret that only its holder keeps.
struct NewSession {
  std::string id;
  store::Session session;
};

/// The session ends with its token, or after kSessionLife. NOT_FOUND for an unknown token.
absl::StatusOr<NewSession> BeginSession(store::ReadView& view, int64_t token, absl::Time now);

}  // namespace kirikae::app
