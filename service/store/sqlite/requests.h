// The table of answers, kept so that a repeated request id gets the same answer.
#pragma once

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace kirikae::store {

/// An answer as it was sent.
struct KeptAnswer {
  std::string fingerprint;  ///< of the request
  std::string response;
};

/// The answer kept under a request id, if any. Throws SQLite::Exception.
std::optional<KeptAnswer> FindAnswer(Connection& connection, const std::string& request_id);

/// Keeps the answer to a request that has an id. Deletes answers older than eight days. Throws
/// SQLite::Exception.
void KeepAnswer(Connection& connection, const WriteRequest& request, const std::string& response);

}  // namespace kirikae::store
