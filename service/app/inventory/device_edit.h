// Changing a device by a mask of fields.
#pragma once

#include <google/protobuf/field_mask.pb.h>

#include <string>
#include <vector>

#include "kirikae/v1/inventory_service.pb.h"
#include "service/api/call/legacy_call.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// Gives `device` the values `given` has in the fields of `mask`. INVALID_ARGUMENT with every
/// fault: no mask, unknown or unchangeable fields, values out of range, users not in the staff
/// list. A method is set from `context.effective` on; see ChangeMethod for `edits`.
absl::Status ApplyMask(const v1::Device& given, const google::protobuf::FieldMask& mask,
                       store::ReadView& view, const WriteContext& context, domain::Device& device,
                       std::vector<store::Edit>& edits);

/// INVALID_ARGUMENT for an unreadable etag; ABORTED when it is given and not the device's.
absl::Status CheckEtag(const std::string& etag, const domain::Device& device);

/// The edit that stores a device with fresh search keys.
store::DeviceEdit ToEdit(domain::Device device);

/// The device as the answer to the write that stores it in the place of `before`: the etag counts
/// up only where something differs.
void AnswerWith(const domain::Device& before, const domain::Device& device, absl::Time now,
                v1::Device* response);

}  // namespace kirikae::app
