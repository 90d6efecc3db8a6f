// Lists of staff: filter, order, pages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// What a list of staff asks for.
struct StaffQuery {
  std::string filter;  ///< see ParseFilter; "" = all
  std::string order;   ///< `field` or `field desc`; "" = by staff number
  int limit = 0;       ///< most people in a page
};

/// A page of a list.
struct StaffPage {
  std::vector<domain::Staff> staff;
  std::string next;  ///< the position that the next page goes on behind; "" = this is the last one
};

/// A page of staff in the order asked for, then by staff number. `position` is "" for the first
/// page, else `next` of the page before. The position is the place of the page's last person in the
/// order, so that nobody comes twice because others were added or removed between two pages.
/// INVALID_ARGUMENT for a filter, an order or a position that can't be read.
absl::StatusOr<StaffPage> ListStaff(store::ReadView& view, const StaffQuery& query,
                                    std::string_view position);

}  // namespace kirikae::app
