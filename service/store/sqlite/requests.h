// The table of answers kept for a replay of their request ids.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// An answer as it was given.
struct KeptAnswer {
  std::string fingerprint;  ///< of the request
  std::string response;
};

/// The answer kept under a request id; nothing = none. Throws SQLite::Exception.
std::optional<KeptAnswer> FindAnswer(Connection& connection, const std::string& request_id);

/// Keeps the answer to a request that has an id, and forgets those kept for longer than eight days.
/// Throws SQLite::Exception.
void KeepAnswer(Connection& connection, const WriteRequest& request, const std::string& response);

}  // namespace kirikae::store
