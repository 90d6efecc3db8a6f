#include "service/domain/staff_rules.h"

#include <utility>
#include <vector>

#include "service/domain/errors.h"

namespace kirikae::domain {
namespace {

// Whether the day is an appointment that the record had before; it may have passed meanwhile.
bool IsSameAppointment(const Staff& before, const Staff& staff) {
  return before.enrolment != EnrolmentState::kEnrolled && before.enrolled_on == staff.enrolled_on;
}

}  // namespace

absl::Status CheckStaff(const Staff& before, const Staff& staff, absl::CivilDay today) {
  std::vector<Violation> faults;
  if (staff.name.empty()) faults.push_back({"display_name", Sentence("A person has a name.")});
  const bool enrolled = staff.enrolment == EnrolmentState::kEnrolled;
  if (enrolled && !staff.enrolled_on.has_value()) {
    faults.push_back({"enrolled_on", Sentence("Say on which day the face was registered.")});
  } else if (!enrolled && staff.enrolled_on.has_value() && *staff.enrolled_on <= today &&
             !IsSameAppointment(before, staff)) {
    faults.push_back({"enrolled_on",
                      Sentence("A face that is not registered has no day of registration that has "
                               "come; for an appointment, enter a later day.")});
  } else if (enrolled && *staff.enrolled_on > today && staff.enrolled_on != before.enrolled_on) {
    faults.push_back({"enrolled_on",
                      Sentence("The day of registration is still to come. If it is an appointment, "
                               "set enrolment=NONE.")});
  }
  if (!faults.empty()) return InvalidRequest(std::move(faults));
  if (enrolled && !staff.consent_withheld.empty()) {
    return EnrolmentWithoutConsent(staff.staff_number);
  }
  return absl::OkStatus();
}

}  // namespace kirikae::domain
