// What is wrong with a JSON text that is to become a message.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>

namespace kirikae::cli {

/// Checks `json` against the proto3 JSON form of a message: that it is JSON, that every field is
/// known and given once, that lists are lists of whole entries, that every value has its field's
/// type and range. Protocol Buffers' own reader lets several of these pass, and names few by their
/// path. Gives the first fault in the chosen language, with the field's path as the file has it
/// (`items[3].minutes`) or the place (line and column, in bytes); nothing where there is none.
std::optional<std::string> FaultIn(const std::string& json,
                                   const google::protobuf::Descriptor& message);

}  // namespace kirikae::cli
