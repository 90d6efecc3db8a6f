#include "service/app/imports/staff_checks.h"

#include <optional>
#include <string>

#include "service/app/imports/row_problem.h"
#include "service/domain/sentence.h"
#include "service/status_macros.h"
#include "service/text/utf8.h"

namespace kirikae::app {
namespace {

constexpr size_t kMostNumberLength = 40;

}  // namespace

absl::Status StaffChecks::Check(const tabular::StaffRow& row, const domain::Staff* found,
                                stored::ImportRow& shown) {
  if (found != nullptr) return absl::OkStatus();
  if (text::IsLongerThan(row.staff_number, kMostNumberLength)) {
    AddProblem("BAD_STAFF_NUMBER",
               domain::Sentence("A staff number has at most $0 characters.",
                                {std::to_string(kMostNumberLength)}),
               shown);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const bool has_list, staff_.HasList());
  if (!has_list) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::optional<domain::Staff> meant, staff_.WithZeros(row.staff_number));
  if (meant.has_value()) AddZerosLost(row.staff_number, *meant, true, shown);
  return absl::OkStatus();
}

absl::Status StaffChecks::Check(const tabular::EnrolmentRow& row, const domain::Staff* found,
                                stored::ImportRow& shown) {
  if (found != nullptr) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::optional<domain::Staff> meant, staff_.WithZeros(row.staff_number));
  if (meant.has_value()) {
    AddZerosLost(row.staff_number, *meant, false, shown);
  } else {
    AddProblem("UNKNOWN_STAFF",
               domain::Sentence("Staff number $0 is not in the staff list. Import the staff first.",
                                {row.staff_number}),
               shown);
  }
  return absl::OkStatus();
}

}  // namespace kirikae::app
