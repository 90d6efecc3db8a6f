// Where the rows of an import come from.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "service/tabular/table.h"

namespace kirikae::app {

/// A table of text cells with one header. A source is read once. Not thread-safe.
class RowSource {
 public:
  virtual ~RowSource() = default;

  /// BLAKE2b-256 of all that the source holds, hex.
  virtual std::string Hash() const = 0;

  /// Gives the header and then each row to `sink`, on the caller's thread. The form or encoding it
  /// was read as, `UTF-8`. INVALID_ARGUMENT where the source as a whole can't be read, though rows
  /// before the fault were given; errors of the sink.
  virtual absl::StatusOr<std::string> Read(const tabular::TableSink& sink) = 0;
};

}  // namespace kirikae::app
