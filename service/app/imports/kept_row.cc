#include "service/app/imports/kept_row.h"

namespace kirikae::app {
namespace {

std::string Lines(const stored::Texts& texts) {
  return absl::StrJoin(texts.text().begin(), texts.text().end(), "\n");
}

// A row of an earlier preview: a field of the message for each column, unset where the file had no
// such column.
stored::GivenRow FieldsOf(const google::protobuf::Message& message) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  stored::GivenRow given;
  for (const google::protobuf::FieldDescriptor* const field : set) {
    stored::GivenField& text = *given.add_fields();
    text.set_name(std::string(field->name()));
    text.set_text(field->message_type() == nullptr ? reflection.GetString(message, field)
                                                   : Lines(static_cast<const stored::Texts&>(
                                                         reflection.GetMessage(message, field))));
  }
  return given;
}

}  // namespace

bool HasGiven(const stored::ImportPartRow& stored) {
  return stored.has_given() ||
         stored.given_by_kind_case() != stored::ImportPartRow::GIVEN_BY_KIND_NOT_SET;
}

absl::StatusOr<stored::GivenRow> EarlierGiven(const stored::ImportPartRow& stored) {
  switch (stored.given_by_kind_case()) {
    case stored::ImportPartRow::kDevice:
      return FieldsOf(stored.device());
    case stored::ImportPartRow::kStaff:
      return FieldsOf(stored.staff());
    case stored::ImportPartRow::kEnrolment:
      return FieldsOf(stored.enrolment());
    case stored::ImportPartRow::GIVEN_BY_KIND_NOT_SET:
      break;
  }
  return GivenRowLost();
}

absl::Status GivenRowLost() {
  return absl::DataLossError("a stored import preview lacks what its file gave");
}

}  // namespace kirikae::app
