// Stores a preview.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/app/act.h"
#include "service/app/imports/import_kind.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// How long a preview is kept that is not applied; how many, and how many bytes, of one person; and
/// the bytes of all. So one person's previews leave room for those of others.
inline constexpr absl::Duration kPreviewAge = absl::Hours(24);
inline constexpr size_t kPreviewsOfOne = 5;
inline constexpr int64_t kBytesOfOne = int64_t{256} << 20U;
inline constexpr int64_t kBytesOfPreviews = int64_t{1} << 30U;

/// Whether a preview that is not applied is kept no longer.
bool IsTooOld(const domain::ImportPreview& preview, absl::Time now);

/// The record of a preview, without its id.
domain::ImportPreview ToRecord(BuiltPreview built);

/// The draft that stores the preview under the id `change_set`, and removes what is in previews
/// that are too old or too many. The number of the act is unique and known while the draft is made.
absl::StatusOr<store::Draft> StorePreview(store::ReadView& view, const WriteContext& context,
                                          domain::ImportPreview record, int64_t change_set);

}  // namespace kirikae::app
