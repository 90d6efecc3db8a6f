// Messages as JSON (proto3 JSON mapping), converted by their descriptors.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace kirikae::connect {

/// The serialised message of a JSON text. Unknown fields are left out, as other Connect servers do.
/// Errors: those of CheckJson, and JSON_DOES_NOT_FIT. `message` is one that the program links.
/// Thread-safe.
absl::StatusOr<std::string> FromJson(std::string_view json,
                                     const google::protobuf::Descriptor& message);

/// The JSON of a serialised message, as `kirikae -o json` prints it but on one line: names in
/// lowerCamelCase, fields with their default value left out. ANSWER_NOT_WRITABLE where an Any
/// in it has a type that the program does not link. Thread-safe.
absl::StatusOr<std::string> ToJson(const std::string& bytes,
                                   const google::protobuf::Descriptor& message);

/// The JSON of a message given by the name of its type; nothing where the program does not link the
/// type.
std::optional<std::string> DetailJson(const std::string& type, const std::string& bytes);

}  // namespace kirikae::connect
