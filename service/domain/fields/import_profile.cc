#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<ImportProfile> kFields[] = {
    FieldOf<&ImportProfile::kind>("kind"),
    FieldOf<&ImportProfile::source>("source"),
};

}  // namespace

template <>
std::span<const Field<ImportProfile>> FieldTable<ImportProfile>() {
  return kFields;
}

}  // namespace kirikae::domain
