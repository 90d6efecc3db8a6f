// Checks a database against the domain's invariants without changing it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/sentence.h"

namespace kirikae::store {

/// A fault that a check found.
struct Finding {
  std::string record;  ///< resource name, or "" where it concerns the file
  domain::Sentence sentence;
};

/// What a check examined and found.
struct CheckReport {
  int64_t devices = 0;
  int64_t change_sets = 0;
  int64_t changes = 0;
  std::vector<Finding> findings;  ///< the first kMostFindings of them
  bool more_findings = false;
};

inline constexpr size_t kMostFindings = 100;

/// Checks the database of a state directory in one snapshot; a daemon may serve it meanwhile. It
/// checks the file itself; the chain of change sets, and that each set has an actor; that each
/// change of a record starts from the value that the previous change left, and that the last
/// changes equal the stored record; that the method of every device follows from its change sets;
/// that open placements are in live waves of the approved plan; the kept counts and the search
/// keys. NOT_FOUND without a database. FAILED_PRECONDITION for a schema that is not this program's.
/// It compares the database with the head beside it, and with the checkpoints that it keeps.
absl::StatusOr<CheckReport> CheckDatabase(const std::string& directory);

/// The same of a file that nobody changes, without a head.
absl::StatusOr<CheckReport> CheckStillFile(const std::string& file);

}  // namespace kirikae::store
