#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<ImportPreview> kFields[] = {
    FieldOf<&ImportPreview::kind>("kind"),
    OpaqueOf<&ImportPreview::payload>("payload"),
    FieldOf<&ImportPreview::change_set>("change_set"),
};

}  // namespace

template <>
std::span<const Field<ImportPreview>> FieldTable<ImportPreview>() {
  return kFields;
}

}  // namespace kirikae::domain
