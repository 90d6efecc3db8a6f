// Maps a file's headers to fields.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "service/tabular/problem.h"
#include "service/tabular/table.h"
#include "service/text/sentence.h"

namespace kirikae::tabular {

enum class TableKind { kDevices, kStaff, kEnrolments };

/// `devices`, `staff` or `enrolments`.
std::string_view TableKindName(TableKind kind);

/// The fields a table of `kind` can have, in the order an export writes them.
const std::vector<std::string>& FieldsOf(TableKind kind);

/// How one ward reads its files of one kind. Headers and values are compared by FoldSearch.
struct Profile {
  std::string name;
  TableKind kind = TableKind::kDevices;
  bool ignore_unknown_columns = false;
  bool dates_as_text = false;  ///< identifiers that look like dates are taken; not part of the YAML
  std::map<std::string, std::vector<std::string>> columns;  ///< field → its headers
  std::vector<std::string> ignored;                         ///< headers that are ignored
  std::vector<std::string> required;                        ///< fields
  /// field → canonical value (`LGWAN`) → further words for it
  std::map<std::string, std::map<std::string, std::vector<std::string>>> values;

  bool operator==(const Profile&) const = default;
};

/// One fault of a profile's file.
struct ProfileFault {
  size_t line = 0;  ///< 1-based; 0 = the file as a whole
  text::Sentence sentence;
};

/// The built-in profile `name`: `ward` (Japanese headers of a ward's asset export) or `generic`
/// (English headers with the fields' names). NotFound for any other name.
absl::StatusOr<Profile> BuiltInProfile(std::string_view name, TableKind kind);

/// The built-in profile that knows more headers of `header`; `ward` when both know equally many.
Profile ChooseProfile(TableKind kind, const std::vector<std::string>& header);

/// Reads a profile from YAML:
///
///     profile: my-ward
///     kind: devices
///     extends: ward              # optional: start from a built-in profile
///     unknown_columns: ignore    # or error, the default
///     columns: { asset_tag: [管理番号, 資産No.], serial: 製造番号 }
///     ignore: [リース満了]
///     required: [asset_tag]
///     values: { network: { LGWAN: [庁内系] } }
///
/// InvalidArgument, with the first fault and its line, for what isn't such a file, for an unknown
/// field or value, and for a header that stands under two fields; `faults` gets all of them.
absl::StatusOr<Profile> ParseProfile(std::string_view yaml,
                                     std::vector<ProfileFault>* faults = nullptr);

/// `profile` in the form that ParseProfile reads.
std::string ProfileYaml(const Profile& profile);

/// A file's header matched with a profile.
struct Binding {
  absl::flat_hash_map<std::string, size_t> column_of;  ///< field → index of its column
  std::vector<Problem> problems;                       ///< the header's problems
};

/// How many of `header` the profile knows, and whether its required fields are among them.
HeaderFit FitOf(const Profile& profile, const std::vector<std::string>& header);

/// Finds the field of each header. Errors: a header unknown to `profile` (unless the profile
/// ignores those), two headers of one field, cells without a header, a required field without a
/// column.
Binding Bind(const Profile& profile, const std::vector<std::string>& header);

}  // namespace kirikae::tabular
