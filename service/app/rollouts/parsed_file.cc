#include "service/app/rollouts/parsed_file.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <utility>

#include "service/status_macros.h"

namespace kirikae::app {
namespace {

constexpr size_t kKept = 16;

struct Kept {
  std::string source;
  std::shared_ptr<const ParsedRollout> parsed;
};

// The files used last, newest first.
class Files {
 public:
  std::shared_ptr<const ParsedRollout> Find(const std::string& source) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(kept_.begin(), kept_.end(),
                                    [&](const Kept& kept) { return kept.source == source; });
    return found == kept_.end() ? nullptr : found->parsed;
  }
  void Keep(const std::string& source, std::shared_ptr<const ParsedRollout> parsed) {
    const std::lock_guard lock(mutex_);
    kept_.push_front({source, std::move(parsed)});
    if (kept_.size() > kKept) kept_.pop_back();
  }

 private:
  std::mutex mutex_;
  std::deque<Kept> kept_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<const ParsedRollout>> ParsedRollout::Parse(
    const std::string& source) {
  ASSIGN_OR_RETURN(RolloutFile file, ParseRolloutFile(source));
  ASSIGN_OR_RETURN(DeviceFilter scope, ParseDeviceSelector(file.scope));
  std::vector<DeviceFilter> selectors;
  for (const PhaseSpec& phase : file.phases) {
    ASSIGN_OR_RETURN(DeviceFilter selector, ParseDeviceSelector(phase.select));
    selectors.push_back(std::move(selector));
  }
  return std::shared_ptr<const ParsedRollout>(
      new ParsedRollout(std::move(file), std::move(scope), std::move(selectors)));
}

const PhaseSpec* ParsedRollout::PhaseOf(const domain::Device& device) const {
  for (size_t i = 0; i < selectors_.size(); ++i) {
    if (selectors_[i].Matches(device)) return &file_.phases[i];
  }
  return nullptr;
}

const PhaseSpec* ParsedRollout::FindPhase(std::string_view id) const {
  for (const PhaseSpec& phase : file_.phases) {
    if (phase.id == id) return &phase;
  }
  return nullptr;
}

absl::StatusOr<std::shared_ptr<const ParsedRollout>> FileOf(const domain::Rollout& rollout) {
  return FileOf(rollout.source);
}

absl::StatusOr<std::shared_ptr<const ParsedRollout>> FileOf(const std::string& source) {
  // Never destroyed, because threads may still use it while the process ends.
  static Files& files = *new Files;
  if (auto kept = files.Find(source)) return kept;
  ASSIGN_OR_RETURN(auto parsed, ParsedRollout::Parse(source));
  files.Keep(source, parsed);
  return parsed;
}

domain::GatePolicy PolicyOf(const PhaseSpec& spec) {
  domain::GatePolicy policy;
  policy.success_share = spec.gate.success_share;
  policy.success_count = spec.gate.success_count;
  policy.minimum_sample = spec.gate.minimum_sample;
  policy.incidents = spec.gate.incidents;
  policy.approval = spec.gate.approval;
  policy.confidence = spec.gate.confidence;
  policy.sequential = spec.gate.sequential;
  return policy;
}

}  // namespace kirikae::app
