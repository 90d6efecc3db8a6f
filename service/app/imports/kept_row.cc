#include "service/app/imports/kept_row.h"

namespace kirikae::app {
namespace {

std::string Lines(const stored::Texts& texts) {
  return absl::StrJoin(texts.text().begin(), texts.text().end(), "\n");
}

// A row of an earlier program's preview: the message has a field for each column, unset when the
// file had no such column.
GivenTexts FieldsOf(const google::protobuf::Message& message) {
  const google::protobuf::Reflection& reflection = *message.GetReflection();
  std::vector<const google::protobuf::FieldDescriptor*> set;
  reflection.ListFields(message, &set);
  GivenTexts texts;
  for (const google::protobuf::FieldDescriptor* const field : set) {
    texts.emplace_back(
        field->name(),
        field->message_type() == nullptr
            ? reflection.GetString(message, field)
            : Lines(static_cast<const stored::Texts&>(reflection.GetMessage(message, field))));
  }
  return texts;
}

absl::StatusOr<GivenTexts> Present(const stored::ImportPart& part, const stored::GivenRow& given) {
  GivenTexts texts;
  if (given.columns_size() != given.texts_size()) return GivenRowLost();
  for (int i = 0; i < given.columns_size(); ++i) {
    const int column = given.columns(i);
    if (column < 0 || column >= part.given_columns_size()) return GivenRowLost();
    texts.emplace_back(part.given_columns(column), given.texts(i));
  }
  return texts;
}

}  // namespace

bool HasGiven(const stored::ImportPartRow& stored) {
  return stored.has_given() ||
         stored.given_by_kind_case() != stored::ImportPartRow::GIVEN_BY_KIND_NOT_SET;
}

absl::StatusOr<GivenTexts> ReadGiven(const stored::ImportPart& part,
                                     const stored::ImportPartRow& stored) {
  if (stored.has_given()) return Present(part, stored.given());
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
