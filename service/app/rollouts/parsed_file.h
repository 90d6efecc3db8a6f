// Keeps rollout files parsed, because every mark needs its rollout's gates and phases.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/inventory/device_filter.h"
#include "service/app/rollouts/rollout_file.h"
#include "service/domain/phase_gate.h"
#include "service/domain/records.h"

namespace kirikae::app {

/// A rollout file with its filters parsed. Never changes; thread-safe.
class ParsedRollout {
 public:
  static absl::StatusOr<std::shared_ptr<const ParsedRollout>> Parse(const std::string& source);

  const RolloutFile& file() const { return file_; }
  /// Whether the scope has the device.
  bool Covers(const domain::Device& device) const { return scope_.Matches(device); }
  /// The first phase that selects the device; null when none does.
  const PhaseSpec* PhaseOf(const domain::Device& device) const;
  /// The phase with that id; null when the file has none (any more).
  const PhaseSpec* FindPhase(std::string_view id) const;

 private:
  ParsedRollout(RolloutFile file, DeviceFilter scope, std::vector<DeviceFilter> selectors)
      : file_(std::move(file)), scope_(std::move(scope)), selectors_(std::move(selectors)) {}

  const RolloutFile file_;
  const DeviceFilter scope_;
  const std::vector<DeviceFilter> selectors_;  ///< of file_.phases
};

/// A file by its text, from the cache or parsed now. As FileOf a rollout.
absl::StatusOr<std::shared_ptr<const ParsedRollout>> FileOf(const std::string& source);

/// The file of a rollout, from the cache or parsed now. Shared by its holders, because it never
/// changes. Thread-safe. Errors as ParseRolloutFile; a stored source has been parsed before.
absl::StatusOr<std::shared_ptr<const ParsedRollout>> FileOf(const domain::Rollout& rollout);

/// The gate's rules in domain terms.
domain::GatePolicy PolicyOf(const PhaseSpec& spec);

}  // namespace kirikae::app
