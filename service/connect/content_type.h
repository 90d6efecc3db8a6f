// Which form of the protocol a request speaks, by its content type.
#pragma once

#include <optional>
#include <string_view>

namespace kirikae::connect {

/// How a message is written.
enum class Codec { kJson, kProto };

/// What a content type says.
struct Form {
  Codec codec;
  bool stream;  ///< messages in envelopes, as `application/connect+…` has them
};

/// The form of a content type; nothing for an unknown one. Upper and lower case are the same, and
/// the one parameter allowed is `charset=utf-8`.
std::optional<Form> FormOf(std::string_view content_type);

/// The content type of a form.
std::string_view ContentType(Form form);

/// The content types of the unary or of the streaming form, for `accept-post`.
std::string_view ContentTypes(bool stream);

}  // namespace kirikae::connect
