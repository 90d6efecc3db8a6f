#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<Wave> kFields[] = {
    FieldOf<&Wave::plan>("plan"),   FieldOf<&Wave::phase>("phase"),
    FieldOf<&Wave::day>("day"),     FieldOf<&Wave::slot>("slot"),
    FieldOf<&Wave::team>("team"),   FieldOf<&Wave::make_up>("make_up"),
    FieldOf<&Wave::state>("state"),
};

}  // namespace

template <>
std::span<const Field<Wave>> FieldTable<Wave>() {
  return kFields;
}

}  // namespace kirikae::domain
