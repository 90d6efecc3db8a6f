#include "service/api/convert/device_fields.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <string>
#include <string_view>

#include "service/api/convert/records.h"
#include "service/domain/record_fields.h"

namespace kirikae::api {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::string_view kUsers = "users";
constexpr std::string_view kLabels = "labels";
constexpr std::string_view kLabelPrefix = "labels.";
constexpr std::string_view kNoValue = "?";

// The canonical name of a value: the API's name without the prefix of its set, such as STAFF_DEVICE
// for DEVICE_KIND_STAFF_DEVICE.
std::string WordOf(const google::protobuf::EnumDescriptor& set, int number) {
  constexpr std::string_view kUnset = "UNSPECIFIED";
  const google::protobuf::EnumValueDescriptor* const value = set.FindValueByNumber(number);
  if (value == nullptr || number == 0) return std::string(kNoValue);
  const size_t prefix = set.FindValueByNumber(0)->name().size() - kUnset.size();
  return value->name().substr(prefix);
}

// The text of a plain field of a message; "" when it has no such field.
std::string TextOf(const Message& message, const std::string& name) {
  const FieldDescriptor* const field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || field->is_repeated()) return "";
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return message.GetReflection()->GetString(message, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return WordOf(*field->enum_type(), message.GetReflection()->GetEnumValue(message, field));
    default:
      return "";
  }
}

void AddUsers(const v1::Device& given, app::FieldTexts& texts) {
  texts.emplace_back(kUsers, "");
  for (int i = 0; i < given.users_size(); ++i) {
    texts.emplace_back("users[" + std::to_string(i) + "].staff_number",
                       given.users(i).staff_number());
  }
}

void AddLabels(const v1::Device& given, app::FieldTexts& texts) {
  texts.emplace_back(kLabels, "");
  for (const auto& [key, value] : given.labels()) {
    texts.emplace_back(std::string(kLabelPrefix) + key, value);
  }
}

void AddLabel(const v1::Device& given, const std::string& path, app::FieldTexts& texts) {
  const auto label = given.labels().find(path.substr(kLabelPrefix.size()));
  texts.emplace_back(path, label == given.labels().end() ? "" : label->second);
}

}  // namespace

app::FieldTexts MaskedTexts(const v1::Device& given, const google::protobuf::FieldMask& mask) {
  app::FieldTexts texts;
  for (const std::string& path : mask.paths()) {
    if (path == kUsers) {
      AddUsers(given, texts);
    } else if (path == kLabels) {
      AddLabels(given, texts);
    } else if (path.starts_with(kLabelPrefix)) {
      AddLabel(given, path, texts);
    } else {
      texts.emplace_back(path, TextOf(given, path));
    }
  }
  return texts;
}

app::FieldTexts MaskedTexts(const v1::Staff& given, const google::protobuf::FieldMask& mask) {
  app::FieldTexts texts;
  for (const std::string& path : mask.paths()) texts.emplace_back(path, TextOf(given, path));
  return texts;
}

app::FieldTexts GivenTexts(const v1::Device& given) {
  google::protobuf::FieldMask mask;
  for (const auto& field : domain::FieldTable<domain::Device>()) {
    if (!field.Is(domain::kEdited)) continue;
    const std::string name(field.api_name);
    const FieldDescriptor* const member = v1::Device::descriptor()->FindFieldByName(name);
    const google::protobuf::Reflection& reflection = *given.GetReflection();
    const bool is_given = member->is_repeated() ? reflection.FieldSize(given, member) > 0
                                                : reflection.HasField(given, member);
    if (is_given) mask.add_paths(name);
  }
  return MaskedTexts(given, mask);
}

void AnswerWith(const domain::Device& before, const domain::Device& device, absl::Time now,
                v1::Device* response) {
  ToProto(device, response, now);
  response->set_etag(std::to_string(app::VersionAfter(before, device)));
}

void AnswerWith(const domain::Staff& before, const domain::Staff& staff, v1::Staff* response) {
  ToProto(staff, response);
  response->set_etag(std::to_string(app::VersionAfter(before, staff)));
}

}  // namespace kirikae::api
