// The table of answers, kept so that a repeated request id gets the same answer.
#pragma once

#include <cstdint>
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

/// A row of the table without its hash.
struct StoredAnswer {
  const std::string& request_id;
  const std::string& fingerprint;
  const std::string& response;
  absl::Time time;
};

/// The hash that stands beside a kept answer, hex: no history covers answers.
std::string HashOf(const StoredAnswer& answer);

/// The answer kept under a request id, if any. Throws SQLite::Exception.
std::optional<KeptAnswer> FindAnswer(Connection& connection, const std::string& request_id);

/// Keeps answers, at most 1 GiB of them. Not thread-safe.
class AnswerKeeper {
 public:
  /// Keeps the answer to a request that has an id. Deletes answers older than eight days, and the
  /// oldest ones where all together have too many bytes. Throws SQLite::Exception.
  void Keep(Connection& connection, const WriteRequest& request, const std::string& response);

 private:
  int64_t bytes_ = -1;  ///< of all kept answers, not less than they have; -1 = not known yet
};

}  // namespace kirikae::store
