#include "service/app/inventory/staff_edit.h"

#include <optional>
#include <utility>
#include <vector>

#include "service/app/inventory/field_faults.h"
#include "service/domain/errors.h"
#include "service/domain/staff_rules.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {

absl::StatusOr<domain::Staff> RequireStaff(store::ReadView& view, std::string_view staff_number) {
  const std::string number = text::FoldIdentifier(staff_number);
  ASSIGN_OR_RETURN(std::optional<domain::Staff> staff, view.FindStaff(number));
  if (!staff.has_value()) return domain::StaffNotFound(number);
  return *std::move(staff);
}

absl::Status EditStaff(const FieldTexts& texts, absl::CivilDay today, domain::Staff& staff) {
  if (texts.empty()) return NoFieldNamed();
  const domain::Staff before = staff;
  std::vector<domain::Violation> faults;
  for (const auto& [field, text] : texts) SetFieldOf(staff, field, text, faults);
  if (!faults.empty()) return domain::InvalidRequest(std::move(faults));
  return domain::CheckStaff(before, staff, today);
}

}  // namespace kirikae::app
