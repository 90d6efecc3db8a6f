#include "service/app/rollouts/file_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "service/app/rollouts/gate_words.h"
#include "service/app/rollouts/parsed_file.h"
#include "service/domain/errors.h"
#include "service/domain/proportion.h"
#include "service/status_macros.h"
#include "service/text/similar.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr int kBatch = 1000;
constexpr size_t kMostListed = 20;

// What the devices have.
struct Inventory {
  int64_t devices = 0;
  std::set<std::string> sites;
  std::set<std::string> departments;  ///< each path, and each beginning of one
  std::map<std::string, int64_t> phases;
};

absl::StatusOr<Inventory> ReadInventory(store::ReadView& view, const ParsedRollout& file) {
  Inventory inventory;
  ASSIGN_OR_RETURN(
      const auto placements,
      view.ListPlacements(
          {.rollout = file.file().id, .team = "", .until = std::nullopt, .open_only = false}));
  std::unordered_map<std::string, std::string> phase_of;
  for (const domain::Placement& placement : placements) {
    phase_of[placement.asset_tag] = placement.phase;
  }
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const auto batch, view.ListDevices({.after = after, .limit = kBatch}));
    for (const domain::Device& device : batch) {
      ++inventory.devices;
      inventory.sites.insert(device.site);
      for (size_t end = 0; end != std::string::npos;) {
        end = device.department.find('/', end + 1);
        inventory.departments.insert(device.department.substr(0, end));
      }
      if (const auto placed = phase_of.find(device.asset_tag); placed != phase_of.end()) {
        ++inventory.phases[placed->second];
      } else if (const PhaseSpec* const phase =
                     file.Covers(device) ? file.PhaseOf(device) : nullptr) {
        ++inventory.phases[phase->id];
      }
    }
    if (batch.size() < static_cast<size_t>(kBatch)) return inventory;
    after = batch.back().asset_tag;
  }
}

class Checker {
 public:
  explicit Checker(Inventory inventory) : inventory_(std::move(inventory)) {}

  void Site(const std::string& path, const std::string& site) {
    if (site.empty() || inventory_.sites.contains(site)) return;
    if (const auto near = Near(site, inventory_.sites); !near.empty()) {
      Fault(path, Sentence("No device has the site $0. Did you mean $1?", {site, near}));
    } else {
      Fault(path,
            Sentence("No device has the site $0; there are: $1.", {site, Some(inventory_.sites)}));
    }
  }
  void Department(const std::string& path, const std::string& department) {
    if (department.empty() || inventory_.departments.contains(department)) return;
    if (const auto near = Near(department, inventory_.departments); !near.empty()) {
      Fault(path,
            Sentence("No device has the department $0. Did you mean $1?", {department, near}));
    } else {
      Fault(path, Sentence("No device has the department $0; there are: $1.",
                           {department, Some(inventory_.departments)}));
    }
  }
  void Gate(const std::string& path, const PhaseSpec& phase) {
    const auto found = inventory_.phases.find(phase.id);
    const int64_t size = found == inventory_.phases.end() ? 0 : found->second;
    const GateSpec& gate = phase.gate;
    if (gate.success_count.has_value() && *gate.success_count > size) {
      Fault(
          path + ".success_rate",
          Sentence("The gate asks for $0 devices, and the phase has $1. Write a share with %, or a "
                   "smaller number.",
                   {std::to_string(*gate.success_count), std::to_string(size)}));
    }
    if (!gate.confidence.has_value() || !gate.success_share.has_value() || size == 0) return;
    const double most = domain::LowerBound(size, size, *gate.confidence);
    if (most < *gate.success_share) {
      Fault(path + ".confidence",
            Sentence("Even if all $0 devices of the phase succeed, that proves only $1 %; the gate "
                     "asks for $2 %.",
                     {std::to_string(size), PercentDown(most),
                      absl::StrFormat("%.1f", *gate.success_share * 100)}));
    }
  }

  std::vector<domain::Violation> Take() { return std::move(violations_); }

 private:
  // The nearest of the names; "" where none is near.
  static std::string Near(const std::string& name, const std::set<std::string>& names) {
    constexpr size_t kSlips = 2;
    const std::vector<std::string> all(names.begin(), names.end());
    if (const auto near = text::Nearest(name, all, kSlips)) return *near;
    // 総務課 for 総務部/総務課.
    for (const std::string& each : all) {
      if (each.ends_with("/" + name)) return each;
    }
    return "";
  }
  static std::string Some(const std::set<std::string>& names) {
    std::vector<std::string> shown;
    for (const std::string& name : names) {
      if (!name.empty() && shown.size() < kMostListed) shown.push_back(name);
    }
    return absl::StrJoin(shown, ", ") + (names.size() > kMostListed + 1 ? ", …" : "");
  }
  void Fault(std::string path, Sentence sentence) {
    violations_.push_back({std::move(path), std::move(sentence)});
  }

  const Inventory inventory_;
  std::vector<domain::Violation> violations_;
};

std::string At(const char* list, size_t i) {
  return std::string(list) + "[" + std::to_string(i) + "]";
}

}  // namespace

absl::Status CheckNames(store::ReadView& view, const RolloutFile& file,
                        const std::string& content) {
  ASSIGN_OR_RETURN(const auto parsed, FileOf(content));
  ASSIGN_OR_RETURN(Inventory inventory, ReadInventory(view, *parsed));
  if (inventory.devices == 0) return absl::OkStatus();
  Checker checker(std::move(inventory));
  for (size_t i = 0; i < file.phases.size(); ++i) {
    checker.Gate(At("phases", i) + ".gate", file.phases[i]);
  }
  for (size_t i = 0; i < file.teams.size(); ++i) {
    for (const std::string& site : file.teams[i].sites) {
      checker.Site(At("teams", i) + ".sites", site);
    }
  }
  for (size_t i = 0; i < file.calendar.blackouts.size(); ++i) {
    const BlackoutSpec& blackout = file.calendar.blackouts[i];
    checker.Site(At("calendar.blackouts", i) + ".site", blackout.site);
    checker.Department(At("calendar.blackouts", i) + ".department", blackout.department);
  }
  std::vector<domain::Violation> violations = checker.Take();
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  return absl::OkStatus();
}

}  // namespace kirikae::app
