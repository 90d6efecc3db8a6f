#include "client/cli/device_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include "client/cli/catalogue.h"
#include "client/cli/terms.h"

namespace kirikae::cli {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

constexpr std::array<const char*, 13> kFields = {
    "host_name", "serial", "model",  "os",   "kind",           "network",    "department",
    "site",      "floor",  "camera", "note", "inventoried_on", "auth_method"};

// The value of an enumeration by its short name: STAFF_DEVICE for DEVICE_KIND_STAFF_DEVICE.
const EnumValueDescriptor* FindValue(const FieldDescriptor& field, std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto& type = *field.enum_type();
  const std::string& first = type.value(0)->name();  // ends in UNSPECIFIED
  return type.FindValueByName(first.substr(0, first.rfind('_') + 1) + name);
}

}  // namespace

bool SetDeviceField(v1::Device& device, const std::string& field, const std::string& value) {
  if (field.starts_with("labels.") && field.size() > 7) {
    (*device.mutable_labels())[field.substr(7)] = value;
    return true;
  }
  if (field == "users") {
    std::istringstream numbers(value);
    for (std::string number; std::getline(numbers, number, ',');) {
      device.add_users()->set_staff_number(number);
    }
    return true;
  }
  if (std::find(kFields.begin(), kFields.end(), field) == kFields.end()) return false;
  const FieldDescriptor* const descriptor = v1::Device::descriptor()->FindFieldByName(field);
  if (descriptor->type() == FieldDescriptor::TYPE_ENUM) {
    const EnumValueDescriptor* const found = FindValue(*descriptor, value);
    if (found != nullptr) device.GetReflection()->SetEnum(&device, descriptor, found);
    return found != nullptr;
  }
  device.GetReflection()->SetString(&device, descriptor, value);
  return true;
}

std::string DeviceFields() {
  std::string all = "users, labels.KEY";
  for (const char* field : kFields) all += std::string(", ") + field;
  return all;
}

Table DeviceTable(const v1::Device& device) {
  std::string users;
  for (const v1::DeviceUser& user : device.users()) {
    users += (users.empty() ? "" : ", ") + user.name() + " (" + user.staff_number() + ")";
  }
  std::string labels;
  for (const auto& [key, value] : device.labels()) {
    labels += (labels.empty() ? "" : ", ") + key + "=" + value;
  }
  Table table{{Tr("field"), Tr("value")},
              {{Tr("tag"), device.asset_tag()},
               {Tr("host"), device.host_name()},
               {Tr("serial"), device.serial()},
               {Tr("model"), device.model()},
               {Tr("system"), device.os()},
               {Tr("kind"), Term(device.kind())},
               {Tr("department"), device.department()},
               {Tr("site"), device.site() + " " + device.floor()},
               {Tr("users"), users},
               {Tr("method now"), Term(device.effective_method())},
               {Tr("since"), LocalTime(device.auth_method_since())},
               {Tr("labels"), labels},
               {Tr("note"), device.note()}},
              {device.name()}};
  if (device.state() == v1::DEVICE_STATE_RETIRED) {
    table.rows.push_back({Tr("state"), Tr("retired")});
  }
  if (device.has_exception()) {
    table.rows.push_back({Tr("exception"), Term(device.exception().method()) + "  " +
                                               LocalTime(device.exception().from()) + " - " +
                                               LocalTime(device.exception().until()) + "  " +
                                               device.exception().granted_by() + ": " +
                                               device.exception().reason()});
  }
  return table;
}

std::string InstantOf(const std::string& text) {
  constexpr size_t kDay = 10;
  return text.size() == kDay ? text + "T23:59:59+09:00" : text;
}

}  // namespace kirikae::cli
