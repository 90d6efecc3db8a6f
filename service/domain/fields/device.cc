#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<Device> kFields[] = {
    OfKind(ValueKind::kIdentifier, FieldOf<&Device::host_name>("host_name", kEverywhere)),
    OfKind(ValueKind::kIdentifier, FieldOf<&Device::serial>("serial", kEverywhere)),
    FieldOf<&Device::model>("model", kEverywhere),
    FieldOf<&Device::os>("os", kEverywhere),
    FieldOf<&Device::kind>("kind", kEverywhere),
    FieldOf<&Device::network>("network", kEverywhere),
    OfKind(ValueKind::kDepartment, FieldOf<&Device::department>("department", kEverywhere)),
    FieldOf<&Device::site>("site", kEverywhere),
    FieldOf<&Device::floor>("floor", kEverywhere),
    // Filters have names of their own for the parts of users, labels and an exception.
    FieldOf<&Device::users>("users", kEverywhere & ~kFiltered),
    FieldOf<&Device::camera>("camera", kEverywhere),
    FieldOf<&Device::auth_method_since>("auth_method_since", kInMessage | kOrdered),
    FieldOf<&Device::auth_method>("auth_method", kEverywhere),
    FieldOf<&Device::state>("state", kInMessage | kFiltered | kOrdered),
    FieldOf<&Device::labels>("labels", kInMessage | kOrdered | kEdited),
    FieldOf<&Device::note>("note", kEverywhere),
    FieldOf<&Device::inventoried_on>("inventoried_on", kEverywhere),
    FieldOf<&Device::lease_ends_on>("lease_ends_on", kEverywhere),
    FieldOf<&Device::camera_due_on>("camera_due_on", kEverywhere),
    FieldOf<&Device::exception>("exception", kInMessage | kOrdered),
};

}  // namespace

template <>
std::span<const Field<Device>> FieldTable<Device>() {
  return kFields;
}

}  // namespace kirikae::domain
