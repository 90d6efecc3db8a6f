// Names of the parts of an OOXML package.
#pragma once

#include <string>
#include <string_view>

namespace kirikae::tabular {

/// The key by which names of parts are compared (ECMA-376 part 2, 6.2.2: without regard to case):
/// small letters, `/` for backslashes, without one at the beginning, `%xx` decoded, `.` and `..`
/// resolved.
std::string PartKey(std::string_view name);

/// The key of a relationship's target; `part` is the name of the part that has the relationship, ""
/// for the package.
std::string TargetKey(std::string_view part, std::string_view target);

/// The key of the part with the relationships of the part with this key; "" is the package.
std::string RelationshipsKey(const std::string& part_key);

}  // namespace kirikae::tabular
