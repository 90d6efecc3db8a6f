#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<Proposal> kFields[] = {
    OpaqueOf<&Proposal::base>("base"),    FieldOf<&Proposal::source>("source"),
    FieldOf<&Proposal::author>("author"), FieldOf<&Proposal::create_time>("create_time"),
    FieldOf<&Proposal::reason>("reason"), FieldOf<&Proposal::decider>("decider"),
    FieldOf<&Proposal::remark>("remark"), FieldOf<&Proposal::decide_time>("decide_time"),
    FieldOf<&Proposal::state>("state"),
};

}  // namespace

template <>
std::span<const Field<Proposal>> FieldTable<Proposal>() {
  return kFields;
}

}  // namespace kirikae::domain
