// Verifies the record, also against checkpoints that were kept elsewhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/proof/finding.h"
#include "service/store/store.h"

namespace kirikae::app {

struct RecordReport {
  store::ChainReport chain;
  int64_t checkpoints = 0;  ///< that were compared
  std::vector<proof::Finding> findings;
};

/// Makes every hash anew and compares the tree with the checkpoints in `notes`, each a file as it
/// was kept.
absl::StatusOr<RecordReport> VerifyRecord(store::ReadView& view,
                                          const std::vector<std::string>& notes);

}  // namespace kirikae::app
