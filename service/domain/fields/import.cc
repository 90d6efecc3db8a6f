#include "service/domain/fields/make_field.h"

namespace kirikae::domain {
namespace {

constexpr Field<ImportPreview> kFields[] = {
    FieldOf<&ImportPreview::kind>("kind"),
    OpaqueOf<&ImportPreview::payload>("payload"),
    FieldOf<&ImportPreview::change_set>("change_set"),
    FieldOf<&ImportPreview::author>("author"),
    FieldOf<&ImportPreview::create_time>("create_time"),
    CountOf<&ImportPreview::size>("size"),
    FieldOf<&ImportPreview::expired>("expired"),
    FieldOf<&ImportPreview::parts_hash>("parts_hash"),
};

}  // namespace

template <>
std::span<const Field<ImportPreview>> FieldTable<ImportPreview>() {
  return kFields;
}

}  // namespace kirikae::domain
