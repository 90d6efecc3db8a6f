#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<PhaseStatus> kFields[] = {
    FieldOf<&PhaseStatus::returns_to>("returns_to"),
    FieldOf<&PhaseStatus::hold_rule>("hold_rule"),
    FieldOf<&PhaseStatus::hold_reason>("hold_reason"),
    FieldOf<&PhaseStatus::held_by>("held_by"),
    FieldOf<&PhaseStatus::hold_time>("hold_time"),
    FieldOf<&PhaseStatus::held_succeeded>("held_succeeded"),
    FieldOf<&PhaseStatus::held_attempted>("held_attempted"),
    FieldOf<&PhaseStatus::held_incidents>("held_incidents"),
    FieldOf<&PhaseStatus::forgiven_failures>("forgiven_failures"),
    FieldOf<&PhaseStatus::forgiven_incidents>("forgiven_incidents"),
    FieldOf<&PhaseStatus::done_on>("done_on"),
    FieldOf<&PhaseStatus::released_by>("released_by"),
    FieldOf<&PhaseStatus::remark>("remark"),
    FieldOf<&PhaseStatus::release_time>("release_time"),
    FieldOf<&PhaseStatus::approved>("approved"),
    FieldOf<&PhaseStatus::overridden>("overridden"),
    FieldOf<&PhaseStatus::opened_on>("opened_on"),
    FieldOf<&PhaseStatus::passed_on>("passed_on"),
    FieldOf<&PhaseStatus::state>("state"),
};

}  // namespace

template <>
std::span<const Field<PhaseStatus>> FieldTable<PhaseStatus>() {
  return kFields;
}

}  // namespace kirikae::domain
