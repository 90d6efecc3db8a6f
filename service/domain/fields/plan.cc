#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<Plan> kFields[] = {
    OpaqueOf<&Plan::solution>("solution"),
    FieldOf<&Plan::creator>("creator"),
    FieldOf<&Plan::submitter>("submitter"),
    FieldOf<&Plan::approver>("approver"),
    FieldOf<&Plan::remark>("remark"),
    FieldOf<&Plan::approve_time>("approve_time"),
    FieldOf<&Plan::planned_count>("planned_count"),
    FieldOf<&Plan::left_count>("left_count"),
    FieldOf<&Plan::blocked_count>("blocked_count"),
    FieldOf<&Plan::file_hash>("file_hash"),
    FieldOf<&Plan::state>("state"),
};

}  // namespace

template <>
std::span<const Field<Plan>> FieldTable<Plan>() {
  return kFields;
}

}  // namespace kirikae::domain
