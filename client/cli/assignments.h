// `FIELD=VALUE`: changes of a record as a person types them.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

namespace kirikae::cli {

/// A field of a record and its new value.
struct Assignment {
  std::string field;
  std::string value;
};

/// Reads `floor=3F`. Throws Failure (USAGE) where no `=` or no field is.
Assignment ReadAssignment(const std::string& text);

/// Whether it holds one text, one value of a closed set, or yes or no.
bool IsPlain(const google::protobuf::FieldDescriptor& field);

/// Sets one of the plain fields that may be set. A value of a closed set is its short name in any
/// case: STAFF_DEVICE. Throws Failure (UNKNOWN_FIELD) for another field, with those that there are,
/// and for a value that the field can't have, with those that it may have.
void Assign(const Assignment& assignment, const std::vector<std::string>& fields,
            google::protobuf::Message& record);

}  // namespace kirikae::cli
