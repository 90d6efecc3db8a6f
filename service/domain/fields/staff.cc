#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<Staff> kFields[] = {
    Called("display_name", FieldOf<&Staff::name>("name", kEverywhere)),
    FieldOf<&Staff::kana>("kana", kEverywhere),
    OfKind(ValueKind::kDepartment, FieldOf<&Staff::department>("department", kEverywhere)),
    FieldOf<&Staff::title>("title", kEverywhere),
    FieldOf<&Staff::role>("role", kEverywhere),
    FieldOf<&Staff::enrolment>("enrolment", kEverywhere),
    FieldOf<&Staff::enrolled_on>("enrolled_on", kEverywhere),
    FieldOf<&Staff::consent_withheld>("consent_withheld", kEverywhere & ~kImported),
};

}  // namespace

template <>
std::span<const Field<Staff>> FieldTable<Staff>() {
  return kFields;
}

}  // namespace kirikae::domain
