// A source of an import's rows.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/tabular/table.h"

namespace kirikae::app {

/// A table of text cells with one header. A source is read once. Not thread-safe.
class RowSource {
 public:
  virtual ~RowSource() = default;

  /// BLAKE2b-256, in hex, of the source's whole content.
  virtual std::string Hash() const = 0;

  /// Passes the header and then each row to `sink` on the caller's thread. Returns the form or
  /// encoding that it was read as, such as `UTF-8`. INVALID_ARGUMENT when the whole source can't be
  /// read, even if rows before the fault were passed; errors of the sink.
  virtual absl::StatusOr<std::string> Read(const tabular::TableSink& sink) = 0;
};

}  // namespace kirikae::app
