// When the record of a device begins.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "service/app/act.h"
#include "service/store/store.h"

namespace kirikae::app {

/// INVALID_ARGUMENT, TIME_BEFORE_RECORD: the act is about a time more than a year before the device
/// was first recorded. The year is for a pilot that was done before the inventory was entered.
absl::Status CheckNotBeforeRecord(store::ReadView& view, const std::string& asset_tag,
                                  const WriteContext& context);

}  // namespace kirikae::app
