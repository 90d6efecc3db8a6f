#include "service/api/convert/plain_fields.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "kirikae/v1/inventory_service.pb.h"

namespace kirikae::api {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A field of a record and that of its message.
template <typename Record>
struct PlainField {
  const domain::Field<Record>* field;
  const FieldDescriptor* member;
};

template <typename Record>
std::vector<PlainField<Record>> PlainFieldsOf(const google::protobuf::Descriptor& message) {
  std::vector<PlainField<Record>> fields;
  for (const domain::Field<Record>& field : domain::FieldTable<Record>()) {
    if (!field.Is(domain::kInMessage)) continue;
    const FieldDescriptor* const member = message.FindFieldByName(std::string(field.api_name));
    if (member->is_repeated() || member->message_type() != nullptr) continue;
    fields.push_back({&field, member});
  }
  return fields;
}

// The number of a value in the API: the terms of a set come by their numbers, from 1.
int NumberOf(std::span<const domain::Term> terms, std::string_view name) {
  const auto term = std::find_if(terms.begin(), terms.end(),
                                 [&](const domain::Term& each) { return each.name == name; });
  return term == terms.end() ? 0 : static_cast<int>(term - terms.begin()) + 1;
}

template <typename Record>
void Set(const Record& record, const std::vector<PlainField<Record>>& fields, Message& proto) {
  const google::protobuf::Reflection& reflection = *proto.GetReflection();
  for (const auto& [field, member] : fields) {
    std::string text = field->get(record);
    if (text.empty()) continue;
    switch (member->cpp_type()) {
      case FieldDescriptor::CPPTYPE_ENUM:
        reflection.SetEnumValue(&proto, member, NumberOf(field->Terms(), text));
        break;
      case FieldDescriptor::CPPTYPE_BOOL:
        reflection.SetBool(&proto, member, true);
        break;
      default:
        reflection.SetString(&proto, member, std::move(text));
    }
  }
}

}  // namespace

void SetPlainFields(const domain::Device& device, Message& proto) {
  static const auto& fields = *new auto(PlainFieldsOf<domain::Device>(*v1::Device::descriptor()));
  Set(device, fields, proto);
}

void SetPlainFields(const domain::Staff& staff, Message& proto) {
  static const auto& fields = *new auto(PlainFieldsOf<domain::Staff>(*v1::Staff::descriptor()));
  Set(staff, fields, proto);
}

}  // namespace kirikae::api
