// Checks an export of the record, without the service that wrote it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/domain/records.h"
#include "service/proof/checkpoint_check.h"
#include "service/proof/export_lines.h"
#include "service/proof/finding.h"
#include "service/store/history/hasher.h"

namespace kirikae::proof {

/// Takes the lines of an export one by one: makes every hash anew, follows the chain, and compares
/// the tree with checkpoints. Not thread-safe.
class ExportCheck {
 public:
  /// The first findings that are kept; the others are only counted.
  static constexpr size_t kMostFindings = 100;

  /// See CheckpointCheck.
  ExportCheck(const std::vector<std::string>& notes, const std::vector<PublicKey>& known);

  /// Takes the next line, without its new line.
  void Add(std::string_view line);
  /// What was found, after the last line.
  std::vector<Finding> Finish();

  int64_t change_sets() const { return checkpoints_.tree().size(); }
  int64_t checkpoints() const { return checkpoints_.compared(); }

 private:
  /// The change set whose lines are being taken.
  struct Open {
    store::ChangeSetHasher hasher;
    domain::ChangeSet set;
    bool sound = true;  ///< its lines say the same for people and for the hash
  };

  void Find(FaultKind kind, int64_t change_set, domain::Sentence sentence);
  void BeginSet(domain::ChangeSet set);
  void AddChanges(const ExportedChanges& changes, bool same_fields);
  void EndSet();

  std::optional<Open> open_;
  CheckpointCheck checkpoints_;
  int64_t line_ = 0;
  int64_t last_id_ = 0;
  std::string last_hash_;
  std::optional<int64_t> end_;
  std::vector<Finding> findings_;
};

}  // namespace kirikae::proof
