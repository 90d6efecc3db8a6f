#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<Rollout> kFields[] = {
    FieldOf<&Rollout::title>("title"),
    FieldOf<&Rollout::source>("source"),
    FieldOf<&Rollout::from_method>("from_method"),
    FieldOf<&Rollout::to_method>("to_method"),
    FieldOf<&Rollout::minimum_os>("minimum_os"),
    FieldOf<&Rollout::approved_plan>("approved_plan"),
    FieldOf<&Rollout::waves_go_on_until>("waves_go_on_until"),
    FieldOf<&Rollout::state>("state"),
};

}  // namespace

template <>
std::span<const Field<Rollout>> FieldTable<Rollout>() {
  return kFields;
}

}  // namespace kirikae::domain
