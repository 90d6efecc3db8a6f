#include "service/app/imports/staff_import.h"

#include "service/app/imports/row_problem.h"

namespace kirikae::app {
namespace {

using tabular::EnrolmentRow;
using tabular::StaffRow;

constexpr FileColumn<StaffRow> kStaffColumns[] = {
    OptionalColumn<&StaffRow::name>("name", "name"),
    OptionalColumn<&StaffRow::kana>("kana", "kana"),
    OptionalColumn<&StaffRow::department>("department", "department"),
    OptionalColumn<&StaffRow::title>("title", "title"),
    OptionalColumn<&StaffRow::role>("role", "role"),
    OptionalColumn<&StaffRow::devices>("devices", ""),
};

constexpr FileColumn<EnrolmentRow> kEnrolmentColumns[] = {
    Column<&EnrolmentRow::state>("state", "enrolment"),
    Column<&EnrolmentRow::enrolled_on>("enrolled_on", "enrolled_on"),
};

}  // namespace

template <>
std::span<const FileColumn<StaffRow>> FileColumns<StaffRow>() {
  return kStaffColumns;
}

template <>
std::span<const FileColumn<EnrolmentRow>> FileColumns<EnrolmentRow>() {
  return kEnrolmentColumns;
}

void EnrolmentImport::AddNotes(const Row& row, const Record& merged, stored::ImportRow& shown) {
  if (!IsAgainstConsent(merged, row)) return;
  AddProblem("CONSENT_WITHHELD",
             domain::Sentence("The file says that a face was registered, but $0 withholds consent: "
                              "the row changes nothing. Have the face deleted; or, if the person "
                              "agreed, clear consent_withheld first.",
                              {merged.name}),
             shown)
      .set_warning(true);
}

}  // namespace kirikae::app
