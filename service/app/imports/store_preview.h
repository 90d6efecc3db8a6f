// Stores a preview.
#pragma once

#include <cstdint>

#include "service/app/act.h"
#include "service/app/imports/import_kind.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// The record of a preview, without its id.
domain::ImportPreview ToRecord(BuiltPreview built);

/// The draft that stores the preview under the id `change_set`. The number of the act is unique and
/// known while the draft is made.
store::Draft StorePreview(const WriteContext& context, domain::ImportPreview record,
                          int64_t change_set);

}  // namespace kirikae::app
