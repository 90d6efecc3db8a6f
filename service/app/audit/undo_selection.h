// Which records of a change set an undo is about.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The records that are named, or all that are not undone yet. Not thread-safe.
class UndoSelection {
 public:
  /// `records` are resource names; none = all. INVALID_ARGUMENT for more than 1,000 of them,
  /// FAILED_PRECONDITION for one that is undone already.
  static absl::StatusOr<UndoSelection> Make(store::ReadView& view, const domain::ChangeSet& set,
                                            const std::vector<std::string>& records);

  /// Whether to undo what the set did to `record`. Asked for each record of the set.
  bool Takes(const std::string& record);

  /// NOT_FOUND for a named record that Takes was not asked for.
  absl::Status CheckAllFound() const;

 private:
  explicit UndoSelection(std::string change_set);

  std::string change_set_;
  std::set<std::string> undone_;
  std::set<std::string> asked_;
  std::set<std::string> missing_;
};

}  // namespace kirikae::app
