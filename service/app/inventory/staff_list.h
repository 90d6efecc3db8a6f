// Lists of staff: filter, order, pages.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Fills a page of staff, by staff number or in the order asked for (then by number). A page goes
/// on behind the person that the one before ended with, so that none comes twice while others
/// write. INVALID_ARGUMENT for a filter, an order or a page token that can't be read.
absl::Status ListStaffPage(store::ReadView& view, const v1::ListStaffRequest& request,
                           v1::ListStaffResponse* response);

}  // namespace kirikae::app
