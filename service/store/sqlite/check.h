// Checks a database against the invariants of the domain, without changing it.
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

/// What a check looked at and found.
struct CheckReport {
  int64_t devices = 0;
  int64_t change_sets = 0;
  int64_t changes = 0;
  std::vector<Finding> findings;  ///< the first kMostFindings of them
  bool more_findings = false;
};

inline constexpr size_t kMostFindings = 100;

/// Checks the database of a state directory in one snapshot, whether a daemon serves it or not: the
/// file itself; the chain of change sets, and that each has an actor; that each change of a record
/// begins with the value that the change before it left, and that the last ones are the stored
/// record; that the method of every device follows from its change sets; that open placements are
/// in live waves of the approved plan; the kept counts and search keys. NOT_FOUND without a
/// database, FAILED_PRECONDITION for a schema that is not this program's.
absl::StatusOr<CheckReport> CheckDatabase(const std::string& directory);

}  // namespace kirikae::store
