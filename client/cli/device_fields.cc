#include "client/cli/device_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <string_view>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/terms.h"

namespace kirikae::cli {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;

// What the service keeps or works out: no mask names these.
constexpr std::array kNotSet = {"name",  "asset_tag",       "etag", "auth_method_since",
                                "state", "effective_method"};
// What tells people nothing.
constexpr std::array kNotShown = {"name", "etag"};
// What is no plain field and has a text of its own.
constexpr std::array kComposed = {"users", "labels", "exception"};
// Instants among the texts.
constexpr std::string_view kInstant = "_since";

template <size_t size>
bool IsOneOf(const std::array<const char*, size>& names, const FieldDescriptor& field) {
  return std::find(names.begin(), names.end(), field.name()) != names.end();
}

// A field of one text, word or flag.
bool IsPlain(const FieldDescriptor& field) {
  return !field.is_repeated() && (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
                                  field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM ||
                                  field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL);
}

// A plain field that a mask may name.
bool IsToSet(const FieldDescriptor& field) { return IsPlain(field) && !IsOneOf(kNotSet, field); }

// The value of an enumeration by its short name: STAFF_DEVICE for DEVICE_KIND_STAFF_DEVICE.
const EnumValueDescriptor* FindValue(const FieldDescriptor& field, std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto& type = *field.enum_type();
  const std::string& first = type.value(0)->name();  // ends in UNSPECIFIED
  return type.FindValueByName(first.substr(0, first.rfind('_') + 1) + name);
}

std::string UsersText(const v1::Device& device) {
  std::string users;
  for (const v1::DeviceUser& user : device.users()) {
    users += (users.empty() ? "" : ", ") + user.name() + " (" + user.staff_number() + ")";
  }
  return users;
}

std::string LabelsText(const v1::Device& device) {
  std::string labels;
  for (const auto& [key, value] : device.labels()) {
    labels += (labels.empty() ? "" : ", ") + key + "=" + value;
  }
  return labels;
}

std::string ExceptionText(const v1::DeviceException& exception) {
  return Term(exception.method()) + "  " + LocalTime(exception.from()) + " - " +
         LocalTime(exception.until()) + "  " + exception.granted_by() + ": " + exception.reason();
}

// What people read of a plain field.
std::string PlainText(const v1::Device& device, const FieldDescriptor& field) {
  const auto& reflection = *v1::Device::GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return Term(*field.enum_type(), reflection.GetEnumValue(device, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection.GetBool(device, &field) ? Tr("yes") : Tr("no");
    default:
      break;
  }
  std::string text = reflection.GetString(device, &field);
  return field.name().ends_with(kInstant) ? LocalTime(text) : text;
}

std::string TextOf(const v1::Device& device, const FieldDescriptor& field) {
  switch (field.number()) {
    case v1::Device::kUsersFieldNumber:
      return UsersText(device);
    case v1::Device::kLabelsFieldNumber:
      return LabelsText(device);
    case v1::Device::kExceptionFieldNumber:
      return ExceptionText(device.exception());
    default:
      return PlainText(device, field);
  }
}

// The fields to show, in the order of the message; the method that holds now before the one that
// is set.
std::vector<const FieldDescriptor*> ShownFields() {
  const auto& message = *v1::Device::descriptor();
  std::vector<const FieldDescriptor*> fields;
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor* const field = message.field(i);
    if (IsOneOf(kNotShown, *field) || !(IsPlain(*field) || IsOneOf(kComposed, *field))) continue;
    if (field->number() == v1::Device::kEffectiveMethodFieldNumber) continue;
    if (field->number() == v1::Device::kAuthMethodFieldNumber) {
      fields.push_back(message.FindFieldByNumber(v1::Device::kEffectiveMethodFieldNumber));
    }
    fields.push_back(field);
  }
  return fields;
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
  const FieldDescriptor* const descriptor = v1::Device::descriptor()->FindFieldByName(field);
  if (descriptor == nullptr || !IsToSet(*descriptor)) return false;
  if (descriptor->type() == FieldDescriptor::TYPE_ENUM) {
    const EnumValueDescriptor* const found = FindValue(*descriptor, value);
    if (found != nullptr) device.GetReflection()->SetEnum(&device, descriptor, found);
    return found != nullptr;
  }
  if (descriptor->type() == FieldDescriptor::TYPE_BOOL) {
    device.GetReflection()->SetBool(&device, descriptor, value == "true");
    return value == "true" || value == "false";
  }
  device.GetReflection()->SetString(&device, descriptor, value);
  return true;
}

std::string DeviceFields() {
  std::string all = "users, labels.KEY";
  const auto& message = *v1::Device::descriptor();
  for (int i = 0; i < message.field_count(); ++i) {
    if (IsToSet(*message.field(i))) all += ", " + message.field(i)->name();
  }
  return all;
}

Table DeviceTable(const v1::Device& device) {
  Table table{{Tr("field"), Tr("value")}, {}, {device.name()}};
  for (const FieldDescriptor* const field : ShownFields()) {
    if (field->number() == v1::Device::kExceptionFieldNumber && !device.has_exception()) continue;
    table.rows.push_back({FieldLabel("Device", field->name()), TextOf(device, *field)});
  }
  return table;
}

}  // namespace kirikae::cli
