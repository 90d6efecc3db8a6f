// What is wrong with a JSON text that is to become a message.
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

/// Checks `json` against the proto3 JSON form of a message: that it is JSON, that every field is
/// known and given once, that lists are lists of whole entries, that every value has its field's
/// type and range. Protocol Buffers' own reader lets several of these pass, and names few by their
/// path. Gives the first fault: the field's path is as the file has it; the place in a text that is
/// not JSON is its line and column, in bytes. Nothing where there is none.
std::optional<JsonFault> FaultIn(const std::string& json,
                                 const google::protobuf::Descriptor& message);

}  // namespace kirikae::cli
