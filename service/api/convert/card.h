// What a look-up finds, as messages.
#pragma once

#include "kirikae/v1/inventory_service.pb.h"
#include "service/app/lookup/device_card.h"
#include "service/app/lookup/lookup.h"

namespace kirikae::api {

void ToProto(const app::Card& card, v1::DeviceCard* proto);
void ToProto(const app::FieldHit& hit, v1::FieldMatch* proto);

}  // namespace kirikae::api
