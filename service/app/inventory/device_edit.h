// Changes a device by field names and texts.
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

/// Fields by their API names, each with the text of its new value (see domain::SetField). A later
/// one overrides an earlier one. Devices have these names too:
/// - `users`: removes all users; then `users[I].staff_number` for each user, from I = 0 on;
/// - `labels`: removes all labels; `labels.KEY`: sets the label, "" removes it.
using FieldTexts = std::vector<std::pair<std::string, std::string>>;

/// Sets the fields of a device. INVALID_ARGUMENT with every fault: no field named, an unknown or
/// unchangeable field, the method of a stored device (it changes by marks and corrections only), a
/// text that is too long or no value of its field, a user who is not in the staff list.
absl::Status EditDevice(const FieldTexts& texts, store::ReadView& view, domain::Device& device);

/// A new device; its tag is folded. Fields that `texts` does not name have their default values.
/// ALREADY_EXISTS when the tag exists. INVALID_ARGUMENT as CheckNewTag and EditDevice.
absl::StatusOr<domain::Device> NewDevice(std::string_view asset_tag, const FieldTexts& texts,
                                         store::ReadView& view, const WriteContext& context);

/// ABORTED when `etag` is neither empty nor that of the record with this name and version.
absl::Status CheckEtag(std::string_view etag, const std::string& record, int64_t version);

/// The version of the record after `after` replaces `before`: one more if any field differs.
template <typename Record>
int64_t VersionAfter(const Record& before, const Record& after) {
  const bool changes = after.version == 0 || domain::FieldsOf(before) != domain::FieldsOf(after);
  return after.version + (changes ? 1 : 0);
}

/// The edit that stores a device with fresh search keys.
store::DeviceEdit ToEdit(domain::Device device);

}  // namespace kirikae::app
