// A device's fields by name: to set from text, and to show.
#pragma once

#include <string>
#include <vector>

#include "client/cli/assignments.h"
#include "client/cli/printer.h"
#include "kirikae/v1/inventory_service.pb.h"

namespace kirikae::cli {

/// Sets a field from text: `kind` takes STAFF_DEVICE, `users` staff numbers with commas between,
/// `labels.KEY` any text. Throws as Assign does.
void SetDeviceField(v1::Device& device, const Assignment& assignment);

/// The fields that SetDeviceField knows.
std::vector<std::string> DeviceFields();

/// The device's users, `豊島 花子 (0100001)`, with commas between.
std::string UsersText(const v1::Device& device);

/// One device as rows of field and value: every field of the message but its name and etag, and an
/// exception only where there is one.
Table DeviceTable(const v1::Device& device);

}  // namespace kirikae::cli
