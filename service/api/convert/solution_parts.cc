#include "service/api/convert/solution_parts.h"

#include <cstddef>
#include <string>
#include <utility>

namespace kirikae::api {
namespace {

/// A part is closed once it holds this many bytes.
constexpr size_t kPartBytes = size_t{1} << 20U;

class SolutionSplitter {
 public:
  std::vector<v1::PlanSolution> Split(v1::PlanSolution solution) {
    google::protobuf::RepeatedPtrField<v1::PlanPlacement> placements;
    google::protobuf::RepeatedPtrField<v1::PlanLeft> left;
    google::protobuf::RepeatedPtrField<v1::PlanLeftGroup> groups;
    placements.Swap(solution.mutable_placements());
    left.Swap(solution.mutable_left());
    groups.Swap(solution.mutable_left_groups());
    parts_.push_back(std::move(solution));
    bytes_ = parts_.back().ByteSizeLong();
    for (v1::PlanPlacement& row : placements) {
      PartFor(row.ByteSizeLong()).add_placements()->Swap(&row);
    }
    for (v1::PlanLeft& row : left) PartFor(row.ByteSizeLong()).add_left()->Swap(&row);
    for (v1::PlanLeftGroup& row : groups) AddGroup(row);
    return std::move(parts_);
  }

 private:
  // A group that is too large for a part goes on in further ones, which have the same codes.
  void AddGroup(v1::PlanLeftGroup& group) {
    google::protobuf::RepeatedPtrField<std::string> items;
    items.Swap(group.mutable_items());
    v1::PlanLeftGroup more = group;
    more.clear_minutes();
    more.clear_weight();
    size_t bytes = 0;
    for (std::string& item : items) {
      if (bytes > kPartBytes / 2) {
        Add(group);
        group = more;
        bytes = 0;
      }
      bytes += item.size() + 8;
      *group.add_items() = std::move(item);
    }
    Add(group);
  }
  void Add(v1::PlanLeftGroup& group) {
    group.set_count(group.items_size());
    PartFor(group.ByteSizeLong()).add_left_groups()->Swap(&group);
  }

  // The part that takes a row of this many bytes.
  v1::PlanSolution& PartFor(size_t bytes) {
    if (bytes_ + bytes > kPartBytes) {
      parts_.emplace_back();
      bytes_ = 0;
    }
    bytes_ += bytes + 8;  // its tag and its length
    return parts_.back();
  }

  std::vector<v1::PlanSolution> parts_;
  size_t bytes_ = 0;
};

}  // namespace

std::vector<v1::PlanSolution> PartsOf(v1::PlanSolution solution) {
  return SolutionSplitter().Split(std::move(solution));
}

}  // namespace kirikae::api
