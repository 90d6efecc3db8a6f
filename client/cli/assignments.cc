#include "client/cli/assignments.h"

#include <google/protobuf/descriptor.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
#include "client/cli/failure.h"

namespace kirikae::cli {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;

// What stands before the short names of an enumeration: DEVICE_KIND_. The first value ends in
// UNSPECIFIED.
std::string BeginningOf(const EnumDescriptor& set) {
  const std::string& first = set.value(0)->name();
  return first.substr(0, first.rfind('_') + 1);
}

std::vector<std::string> ShortNames(const EnumDescriptor& set) {
  const size_t beginning = BeginningOf(set).size();
  std::vector<std::string> names;
  for (int i = 1; i < set.value_count(); ++i) {
    names.push_back(set.value(i)->name().substr(beginning));
  }
  return names;
}

Failure OtherValue(const Assignment& assignment, const std::vector<std::string>& values) {
  return {.code = kUsage,
          .reason = "UNKNOWN_FIELD",
          .sentence = Tr("$0 can't be $1.", {assignment.field, assignment.value}) +
                      DidYouMean(absl::AsciiStrToUpper(assignment.value), values) + " " +
                      Tr("It may be: $0", {absl::StrJoin(values, ", ")})};
}

}  // namespace

Assignment ReadAssignment(const std::string& text) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    throw Usage(Tr("$0 is no change; write FIELD=VALUE, such as floor=3F.", {text}));
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

bool IsPlain(const FieldDescriptor& field) {
  return !field.is_repeated() && (field.cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
                                  field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM ||
                                  field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL);
}

void Assign(const Assignment& assignment, const std::vector<std::string>& fields,
            google::protobuf::Message& record) {
  const auto& [name, value] = assignment;
  const FieldDescriptor* const field = record.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr || !IsPlain(*field) ||
      std::find(fields.begin(), fields.end(), name) == fields.end()) {
    throw Failure{.code = kUsage,
                  .reason = "UNKNOWN_FIELD",
                  .sentence = Tr("There is no field $0 to set.", {name}) +
                              DidYouMean(name, fields) + " " +
                              Tr("It may be: $0", {absl::StrJoin(fields, ", ")})};
  }
  const auto& reflection = *record.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_ENUM: {
      const EnumDescriptor& set = *field->enum_type();
      const auto* const found =
          set.FindValueByName(BeginningOf(set) + absl::AsciiStrToUpper(value));
      if (found == nullptr || found->number() == 0) throw OtherValue(assignment, ShortNames(set));
      reflection.SetEnum(&record, field, found);
      break;
    }
    case FieldDescriptor::CPPTYPE_BOOL:
      if (value != "true" && value != "false") throw OtherValue(assignment, {"true", "false"});
      reflection.SetBool(&record, field, value == "true");
      break;
    default:
      reflection.SetString(&record, field, value);
  }
}

}  // namespace kirikae::cli
