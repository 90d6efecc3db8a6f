#include "service/app/imports/staff_finder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/app/imports/row_problem.h"
#include "service/domain/sentence.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {

absl::StatusOr<bool> StaffFinder::HasList() {
  if (!has_list_.has_value()) {
    ASSIGN_OR_RETURN(const int64_t count, view_.CountStaff());
    has_list_ = count > 0;
  }
  return *has_list_;
}

absl::StatusOr<bool> StaffFinder::Knows(const std::string& staff_number) {
  const auto remembered = known_.find(staff_number);
  if (remembered != known_.end()) return remembered->second;
  ASSIGN_OR_RETURN(const std::optional<domain::Staff> found, view_.FindStaff(staff_number));
  known_.emplace(staff_number, found.has_value());
  return found.has_value();
}

absl::StatusOr<std::optional<domain::Staff>> StaffFinder::WithZeros(
    const std::string& staff_number) {
  constexpr size_t kLongest = 10;
  const bool digits = staff_number.find_first_not_of("0123456789") == std::string::npos;
  if (staff_number.empty() || !digits) return std::nullopt;
  std::string longer = staff_number;
  while (longer.size() < kLongest) {
    longer = absl::StrCat("0", longer);
    ASSIGN_OR_RETURN(std::optional<domain::Staff> found, view_.FindStaff(longer));
    if (found.has_value()) return found;
  }
  return std::nullopt;
}

absl::Status StaffFinder::ReadAll() {
  constexpr int kBatch = 500;
  if (std::exchange(read_, true)) return absl::OkStatus();
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Staff> batch,
                     view_.ListStaff({.after = after, .limit = kBatch}));
    for (const domain::Staff& person : batch) {
      numbers_of_name_[text::FoldLoose(person.name)].push_back(person.staff_number);
      if (!person.department.empty()) {
        departments_.emplace(text::FoldSearch(person.department), person.department);
      }
    }
    if (batch.size() < static_cast<size_t>(kBatch)) return absl::OkStatus();
    after = batch.back().staff_number;
  }
}

absl::StatusOr<std::vector<domain::Staff>> StaffFinder::Named(const std::string& name) {
  RETURN_IF_ERROR(ReadAll());
  std::vector<domain::Staff> people;
  const auto numbers = numbers_of_name_.find(text::FoldLoose(name));
  if (numbers == numbers_of_name_.end()) return people;
  for (const std::string& number : numbers->second) {
    ASSIGN_OR_RETURN(std::optional<domain::Staff> person, view_.FindStaff(number));
    if (person.has_value()) people.push_back(*std::move(person));
  }
  return people;
}

absl::StatusOr<const absl::flat_hash_map<std::string, std::string>*> StaffFinder::Departments() {
  RETURN_IF_ERROR(ReadAll());
  return &departments_;
}

void AddZerosLost(const std::string& staff_number, const domain::Staff& meant, bool warning,
                  stored::ImportRow& row) {
  stored::ImportProblem& problem =
      AddProblem("ZEROS_LOST",
                 domain::Sentence(
                     "Staff number $0 is not in the staff list, but $1 ($2) is. Spreadsheets drop "
                     "zeros in front of numbers: take the numbers from the source again, as text.",
                     {staff_number, meant.staff_number, meant.name}),
                 row);
  problem.set_warning(warning);
  problem.set_suggestion(meant.staff_number);
}

}  // namespace kirikae::app
