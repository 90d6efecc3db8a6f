#include "service/api/convert/device_lines.h"

#include <google/protobuf/util/json_util.h>

#include "service/api/convert/records.h"

namespace kirikae::api {

absl::StatusOr<std::string> DeviceLine(const domain::Device& device, absl::Time now) {
  v1::Device proto;
  ToProto(device, &proto, now);
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(proto, &json).ok()) {
    return absl::DataLossError("a device can't be written as JSON");
  }
  return json + "\n";
}

}  // namespace kirikae::api
