#include "service/app/imports/staff_import.h"

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

}  // namespace kirikae::app
