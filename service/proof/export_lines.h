// An export of the record: JSON, one line for each thing.
// The first line names the form and the record; then, for each change set, a line of the set and a
// line for each record that it changed; the last line has the number of sets. Times are
// microseconds since 1970. `packed` are the bytes that the set's hash covers
// (store/history/packed_changes.h), in base64; `fields` says the same for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "service/domain/records.h"

namespace kirikae::proof {

/// What a change set did to a record, as stored.
struct ExportedChanges {
  std::string subject;  ///< the record it is listed under
  std::string record;
  std::string packed;
};

/// The lines, each with its new line at the end.
std::string FirstLine(std::string_view origin);
std::string SetLine(const domain::ChangeSet& set);
std::string ChangesLine(const ExportedChanges& changes);
std::string LastLine(int64_t sets);

}  // namespace kirikae::proof
