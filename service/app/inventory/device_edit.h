// Changing a device by the names and texts of its fields.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/app/act.h"
#include "service/domain/record_fields.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Fields by their names in the API, each with the text of its new value (see domain::SetField). A
/// later one overrides an earlier one. Of a device there are also:
/// - `users`: nobody uses it; then `users[I].staff_number` for each user, from I = 0 on;
/// - `labels`: it has no labels; `labels.KEY`: the label has this value, "" = there is none.
using FieldTexts = std::vector<std::pair<std::string, std::string>>;

/// Sets the fields of a device. An existing device has the new authentication method from
/// `context.effective` on: see ChangeMethod, also for `edits`. INVALID_ARGUMENT with every fault:
/// no field named, a field that there is not or that can't be changed, a text that is too long or
/// no value of its field, a user who is not in the staff list.
absl::Status EditDevice(const FieldTexts& texts, store::ReadView& view, const WriteContext& context,
                        domain::Device& device, std::vector<store::Edit>& edits);

/// A device that there is not yet; its tag is folded. What `texts` does not name has its usual
/// value. ALREADY_EXISTS when there is one with this tag. INVALID_ARGUMENT as CheckNewTag and
/// EditDevice.
absl::StatusOr<domain::Device> NewDevice(std::string_view asset_tag, const FieldTexts& texts,
                                         store::ReadView& view, const WriteContext& context);

/// ABORTED when `etag` is not empty and not that of the record with this name and version.
absl::Status CheckEtag(std::string_view etag, const std::string& record, int64_t version);

/// The version that a record will have once `after` is stored in the place of `before`: it counts
/// up where some field differs.
template <typename Record>
int64_t VersionAfter(const Record& before, const Record& after) {
  const bool changes = after.version == 0 || domain::FieldsOf(before) != domain::FieldsOf(after);
  return after.version + (changes ? 1 : 0);
}

/// The edit that stores a device with fresh search keys.
store::DeviceEdit ToEdit(domain::Device device);

}  // namespace kirikae::app
