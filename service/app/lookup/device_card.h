// The help desk's one look at a device.
#pragma once

#include "absl/status/status.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Fills the card: method now and since when, what is planned, what stands in the way, the last
/// change, and what to advise.
absl::Status FillCard(store::ReadView& view, const domain::Device& device, absl::Time now,
                      v1::DeviceCard* card);

/// A method's name for people, a term of the catalogue: "IC card and password".
std::string MethodTerm(domain::AuthMethod method);

}  // namespace kirikae::app
