// Checks a database against the invariants of the domain, without changing it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/sentence.h"

namespace kirikae::store {

/// Something that must not be.
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

/// Checks the database of a state directory in one snapshot, with or without a
/// daemon serving it: the file's own soundness; the chain of change sets, each
/// with an actor; that every record's history goes on where it stopped and ends
/// in what is stored; that every device's method is what its change sets give;
/// that open placements stand in live waves of the approved plan. NOT_FOUND
/// without a database, FAILED_PRECONDITION for a schema that is not this
/// program's.
absl::StatusOr<CheckReport> CheckDatabase(const std::string& directory);

}  // namespace kirikae::store
