#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<CalendarDay> kFields[] = {
    FieldOf<&CalendarDay::holiday>("holiday"),
    FieldOf<&CalendarDay::office>("office"),
    FieldOf<&CalendarDay::reason>("reason"),
};

}  // namespace

template <>
std::span<const Field<CalendarDay>> FieldTable<CalendarDay>() {
  return kFields;
}

}  // namespace kirikae::domain
