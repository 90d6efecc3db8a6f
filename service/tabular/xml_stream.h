// Reads XML as a stream, without keeping it.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace kirikae::tabular {

/// The attributes of an element, by name without prefix.
class XmlAttributes {
 public:
  /// Names and values alternate; a null follows the last value.
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  /// The value, or "".
  std::string_view operator[](std::string_view name) const;

 private:
  const char** pairs_;
};

/// Receives the content of a document; names come without their prefix. An error ends the reading.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual absl::Status Start(std::string_view element, const XmlAttributes& attributes) = 0;
  /// A piece of text; one text may come in several pieces.
  virtual absl::Status Text(std::string_view piece) = 0;
  virtual absl::Status End(std::string_view element) = 0;
};

/// One document. Not thread-safe.
class XmlStream {
 public:
  explicit XmlStream(XmlHandler& handler);
  ~XmlStream();
  XmlStream(const XmlStream&) = delete;
  XmlStream& operator=(const XmlStream&) = delete;

  /// Reads more bytes. InvalidArgument for anything that is not XML, nests deeper than any table,
  /// or has a tag longer than a mebibyte; the handler's errors.
  absl::Status Feed(std::string_view bytes);
  /// Ends the reading. InvalidArgument when the document has not ended.
  absl::Status Finish();

 private:
  struct Parser;
  absl::Status Parse(std::string_view bytes, bool last);

  std::unique_ptr<Parser> parser_;
};

}  // namespace kirikae::tabular
