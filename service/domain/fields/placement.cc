#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<Placement> kFields[] = {
    FieldOf<&Placement::wave>("placement.wave", kFiltered),
    FieldOf<&Placement::phase>("placement.phase", kFiltered),
    FieldOf<&Placement::day>("placement.day", kFiltered),
    FieldOf<&Placement::slot>("placement.slot"),
    FieldOf<&Placement::team>("placement.team", kFiltered),
    FieldOf<&Placement::cause>("placement.cause"),
    FieldOf<&Placement::method_before>("placement.method_before"),
    FieldOf<&Placement::off_schedule>("placement.off_schedule"),
    FieldOf<&Placement::until>("placement.until"),
    FieldOf<&Placement::marked_time>("placement.marked_time"),
    CountOf<&Placement::failures>("placement.failures"),
    CountOf<&Placement::absences>("placement.absences"),
    FieldOf<&Placement::state>("placement.state", kFiltered),
};

}  // namespace

template <>
std::span<const Field<Placement>> FieldTable<Placement>() {
  return kFields;
}

}  // namespace kirikae::domain
