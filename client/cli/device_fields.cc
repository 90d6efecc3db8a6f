#include "client/cli/device_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/terms.h"

namespace kirikae::cli {
namespace {

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

// A plain field that a mask may name.
bool IsToSet(const FieldDescriptor& field) { return IsPlain(field) && !IsOneOf(kNotSet, field); }

std::string LabelsText(const v1::Device& device) {
  std::string labels;
  for (const auto& [key, value] : device.labels()) {
    labels += (labels.empty() ? "" : ", ") + key + "=" + value;
  }
  return labels;
}

Cell ExceptionText(const v1::DeviceException& exception) {
  const std::string rest = "  " + LocalTime(exception.from()) + " - " +
                           LocalTime(exception.until()) + "  " + exception.granted_by() + ": " +
                           exception.reason();
  const Cell method = TermCell(exception.method());
  return {method.text + rest, method.code + rest};
}

// What people read of a plain field.
Cell PlainText(const v1::Device& device, const FieldDescriptor& field) {
  const auto& reflection = *v1::Device::GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM:
      return TermCell(*field.enum_type(), reflection.GetEnumValue(device, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return YesOrNo(reflection.GetBool(device, &field));
    default:
      break;
  }
  std::string text = reflection.GetString(device, &field);
  return field.name().ends_with(kInstant) ? LocalTime(text) : text;
}

Cell TextOf(const v1::Device& device, const FieldDescriptor& field) {
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

std::string UsersText(const v1::Device& device) {
  std::string users;
  for (const v1::DeviceUser& user : device.users()) {
    users += (users.empty() ? "" : ", ") + user.name() + " (" + user.staff_number() + ")";
  }
  return users;
}

void SetDeviceField(v1::Device& device, const Assignment& assignment) {
  constexpr std::string_view kLabels = "labels.";
  const auto& [field, value] = assignment;
  if (field.starts_with(kLabels) && field.size() > kLabels.size()) {
    (*device.mutable_labels())[field.substr(kLabels.size())] = value;
    return;
  }
  if (field == "users") {
    std::istringstream numbers(value);
    for (std::string number; std::getline(numbers, number, ',');) {
      device.add_users()->set_staff_number(number);
    }
    return;
  }
  Assign(assignment, DeviceFields(), device);
}

std::vector<std::string> DeviceFields() {
  std::vector<std::string> all = {"users", "labels.KEY"};
  const auto& message = *v1::Device::descriptor();
  for (int i = 0; i < message.field_count(); ++i) {
    if (IsToSet(*message.field(i))) all.push_back(message.field(i)->name());
  }
  return all;
}

Table DeviceTable(const v1::Device& device) {
  Table table{{{"field", Tr("field")}, {"value", Tr("value"), Fit::kWrap}}, {}, {device.name()}};
  for (const FieldDescriptor* const field : ShownFields()) {
    if (field->number() == v1::Device::kExceptionFieldNumber && !device.has_exception()) continue;
    table.rows.push_back(
        {Cell(FieldLabel("Device", field->name()), field->name()), TextOf(device, *field)});
  }
  return table;
}

}  // namespace kirikae::cli
