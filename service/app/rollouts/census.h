// Counts a rollout's devices once for every view of the progress, and keeps the last count.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "service/app/rollouts/count.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/app/ward.h"
#include "service/domain/records.h"
#include "service/domain/tally.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The devices of one phase, department, site or team.
struct ProgressRow {
  std::string id;     ///< or name; "" for the total
  std::string title;  ///< of a phase
  domain::Tally tally;
  int64_t blocked = 0;  ///< of those not planned: with a blocker
};

/// The states of a rollout's devices. A plain value.
struct Census {
  using Groups = std::map<std::string, ProgressRow>;  ///< by id or name; rows without their id

  ProgressRow total;
  Groups phases;
  Groups departments;
  Groups sites;
  Groups teams;                                    ///< devices without a team are not counted
  std::map<domain::FailureCause, int64_t> causes;  ///< of the devices in FAILED
  std::map<absl::CivilDay, int64_t> planned;       ///< devices by the day of their plan
  std::map<absl::CivilDay, int64_t> done;          ///< devices by the day of their switch
  std::map<std::string, PhaseCount> gates;         ///< by phase id
};

/// Reads and counts all devices of the rollout.
absl::StatusOr<Census> TakeCensus(const Ward& ward, store::ReadView& view,
                                  const domain::Rollout& rollout, const ParsedRollout& file);

/// Keeps the last census of each rollout, so that many who look at the progress at once cost one
/// reading of the devices. It is taken again when anything has been written since, by whatever
/// process. Thread-safe; callers wait for each other while a rollout's devices are read.
class CensusKeeper {
 public:
  /// The census of the rollout as `view` shows it, or of a later instant.
  absl::StatusOr<std::shared_ptr<const Census>> At(const Ward& ward, store::ReadView& view,
                                                   const domain::Rollout& rollout,
                                                   const ParsedRollout& file);
  /// How many have been taken, for tests.
  int64_t taken() const;

 private:
  struct Kept {
    std::mutex reading;
    int64_t head = -1;  ///< the last change set that the census has
    std::shared_ptr<const Census> census;
  };
  std::shared_ptr<Kept> Of(const std::string& rollout);

  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Kept>, std::less<>> kept_;  ///< by rollout
  int64_t taken_ = 0;
};

}  // namespace kirikae::app
