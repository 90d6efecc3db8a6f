// A store that does an act on a disk that fails, and the judgement of what is left.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/store/store.h"
#include "tests/faults/support/act.h"
#include "tests/faults/support/disk.h"
#include "tests/support/program.h"

namespace kirikae::testing {

/// What the audit log has of an act's steps: all that each changed, by reason.
using Steps = std::map<std::string, std::string>;

/// What a judgement found wrong, a sentence each.
using Faults = std::vector<std::string>;

/// An act as it is without faults.
struct CleanRun {
  Steps steps;
  int64_t sets_before = 0;  ///< change sets that were there before the act
};

/// What must be there.
struct Expected {
  const Act& act;
  const CleanRun& clean;
  std::set<std::string> acknowledged;  ///< reasons of the steps that were answered OK
};

/// Of many judgements.
struct Tally {
  int64_t points = 0;        ///< faults or power cuts
  int64_t acknowledged = 0;  ///< steps that were answered OK and looked for
  int64_t lost = 0;          ///< those that were not there
};

/// Opens the store of a folder, on a disk without faults, and compares it with what must be there:
/// acknowledged steps are; others are wholly there or not at all; a check finds nothing.
Faults Judge(const std::string& folder, const Expected& expected, Tally& tally);
/// The same for the content of a folder.
Faults Judge(const Files& files, const Expected& expected, Tally& tally);

/// The act on a folder of its own, on a disk.
class Work {
 public:
  Work(const Act& act, const Files& before);
  /// On a healed disk.
  ~Work();

  Disk& disk() { return disk_; }
  const Disk& disk() const { return disk_; }
  absl::Status Open();
  void Close();
  bool is_open() const { return store_ != nullptr; }
  /// Writes the steps that are not acknowledged yet; waits for the answers and, if the act folds,
  /// for the fold or a fault. Returns the errors.
  std::vector<absl::Status> Write();
  /// Writes all steps again under their request ids. Returns the faults of the answers.
  Faults WriteAgain();
  /// Reads the steps that are in the audit log.
  absl::StatusOr<Steps> Read() const;
  std::set<std::string> acknowledged() const;

 private:
  std::vector<absl::Status> Submit(const std::vector<const Step*>& steps, bool together);
  void WaitForFold();

  const Act& act_;
  const TemporaryFolder folder_;
  Disk disk_;
  std::unique_ptr<store::Store> store_;
  mutable std::mutex mutex_;
  std::set<std::string> acknowledged_;
};

/// Does the act on a disk without faults; counts the calls of each kind into `calls`, from the
/// act's moment on.
CleanRun RunClean(const Act& act, const Files& before, std::array<int64_t, kFaultKinds>& calls);

/// The act of a name.
Act ActOf(const std::string& name);
std::vector<std::string> NamesOfActs();

/// Whether every point is tried (KIRIKAE_FAULTS=all) or a sample.
bool TriesAll();
/// The step from point to point with which about `sample` of `points` are tried.
int64_t Stride(int64_t points, int64_t sample);

}  // namespace kirikae::testing
