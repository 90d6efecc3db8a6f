// Finds the first fault of a JSON text that shall become a message.
#pragma once

#include <google/protobuf/descriptor.h>

#include <optional>
#include <string>

namespace kirikae::cli {

/// The first fault of a text.
struct JsonFault {
  /// NO_SUCH_FIELD, GIVEN_TWICE, WRONG_TYPE, OUT_OF_RANGE, NUMBER_TOO_LARGE, NOT_UTF8, CUT_SHORT or
  /// NOT_JSON.
  std::string code;
  std::string path;      ///< the field's, `items[3].minutes`; "" where the text itself is at fault
  std::string sentence;  ///< in the chosen language, with the path or the place
};

/// Checks `json` against the proto3 JSON form of a message: it is JSON, every field is known and
/// occurs once, lists have no empty entries, every value has its field's type and range. Protocol
/// Buffers' own reader accepts some of these faults and names few of them by path. Returns the
/// first fault, if any: with the field's path as in the file, or, in a text that is not JSON, with
/// line and column in bytes.
std::optional<JsonFault> FaultIn(const std::string& json,
                                 const google::protobuf::Descriptor& message);

}  // namespace kirikae::cli
