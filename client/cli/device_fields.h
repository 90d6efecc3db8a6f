// A device's fields by name: to set from text, and to show.
#pragma once

#include <string>

#include "client/cli/printer.h"
#include "kirikae/v1/inventory_service.pb.h"

namespace kirikae::cli {

/// Sets a field from text: `kind` takes STAFF_DEVICE, `users` staff numbers with commas between,
/// `labels.KEY` any text. False for an unknown field or a value that it can't have.
bool SetDeviceField(v1::Device& device, const std::string& field, const std::string& value);

/// The fields that SetDeviceField knows, with commas between.
std::string DeviceFields();

/// One device as rows of field and value: every field of the message but its name and etag, and an
/// exception only where there is one.
Table DeviceTable(const v1::Device& device);

}  // namespace kirikae::cli
