// The fields of devices and staff that a request sets, as names and texts.
#pragma once

#include <google/protobuf/field_mask.pb.h>

#include "kirikae/v1/inventory_service.pb.h"
#include "service/app/inventory/device_edit.h"
#include "service/domain/records.h"

namespace kirikae::api {

/// The values that `given` has in the fields of the mask, in the mask's order. A field that the
/// message lacks gets the text "", and setting it is then refused; an enumeration value outside its
/// set, or none, gets a text that is no value.
app::FieldTexts MaskedTexts(const v1::Device& given, const google::protobuf::FieldMask& mask);
app::FieldTexts MaskedTexts(const v1::Staff& given, const google::protobuf::FieldMask& mask);

/// The values that `given` has in all fields that a new device may be given. Fields that `given`
/// does not set are left out.
app::FieldTexts GivenTexts(const v1::Device& given);

/// Fills the answer to a write that replaces `before` by `device`.
void AnswerWith(const domain::Device& before, const domain::Device& device, absl::Time now,
                v1::Device* response);
void AnswerWith(const domain::Staff& before, const domain::Staff& staff, v1::Staff* response);

}  // namespace kirikae::api
