// Keeps when tokens were last used, in a file next to the database.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "service/api/call/authority.h"

namespace kirikae::server {

/// Reads and writes `DIR/token-uses`: a line each, the token's number and the second since 1970. It
/// is no record: a lost file only forgets uses. One thread at a time.
class TokenUses {
 public:
  /// Takes the kept uses over into `authority`, which outlives this. A file that can't be read is
  /// passed over.
  TokenUses(std::string state_dir, api::Authority& authority);

  /// Writes the uses where they have changed since the last time.
  absl::Status Write();

 private:
  const std::string path_;
  api::Authority& authority_;
  std::string written_;
};

}  // namespace kirikae::server
