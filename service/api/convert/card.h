// What a look-up finds, as messages.
#pragma once

#include "kirikae/v1/inventory_service.pb.h"
#include "service/app/lookup/device_card.h"
#include "service/app/lookup/lookup.h"

namespace kirikae::api {

/// `zone` is the ward's: sentences have its time.
void ToProto(const app::Card& card, const absl::TimeZone& zone, v1::DeviceCard* proto);
void ToProto(const app::FieldHit& hit, v1::FieldMatch* proto);
void ToProto(const app::PersonHit& hit, v1::LookupPerson* proto);
void ToProto(const app::KnownDepartment& department, v1::LookupDepartment* proto);

}  // namespace kirikae::api
