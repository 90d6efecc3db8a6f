// Finds the person that a file means, though it writes the number or the name otherwise.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The staff list as files are compared with it. Not thread-safe; `view` must outlive it.
class StaffFinder {
 public:
  explicit StaffFinder(store::ReadView& view) : view_(view) {}

  /// Whether the list has anybody; without a list, nobody is unknown.
  absl::StatusOr<bool> HasList();
  absl::StatusOr<bool> Knows(const std::string& staff_number);
  /// The person whose number is this one with zeros in front, which a spreadsheet drops.
  absl::StatusOr<std::optional<domain::Staff>> WithZeros(const std::string& staff_number);
  /// The persons of this name, in any spelling.
  absl::StatusOr<std::vector<domain::Staff>> Named(const std::string& name);
  /// The departments of the staff list, by the folded key of each.
  absl::StatusOr<const absl::flat_hash_map<std::string, std::string>*> Departments();

 private:
  absl::Status ReadAll();

  store::ReadView& view_;
  std::optional<bool> has_list_;
  absl::flat_hash_map<std::string, bool> known_;
  bool read_ = false;
  absl::flat_hash_map<std::string, std::vector<std::string>> numbers_of_name_;
  absl::flat_hash_map<std::string, std::string> departments_;
};

/// Adds the problem that a staff number lacks the zeros of this person's; a warning if `warning`.
void AddZerosLost(const std::string& staff_number, const domain::Staff& meant, bool warning,
                  stored::ImportRow& row);

}  // namespace kirikae::app
