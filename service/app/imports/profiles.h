// Import profiles: they map a file's headers to fields.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/act.h"
#include "service/domain/records.h"
#include "service/store/store.h"
#include "service/tabular/problem.h"
#include "service/tabular/profile.h"

namespace kirikae::app {

/// Longest name and YAML of a profile, in bytes.
inline constexpr size_t kProfileNameLimit = 63;
inline constexpr size_t kProfileSourceLimit = 64U << 10U;

/// A profile by which files can be read.
struct ListedProfile {
  domain::ImportProfile profile;  ///< of a built-in one: without a version
  bool built_in = false;
};

/// All profiles: the built-in ones by kind, then the ward's own by name. With `kind`, only those of
/// that kind.
absl::StatusOr<std::vector<ListedProfile>> ListProfiles(store::ReadView& view,
                                                        std::optional<domain::ImportKind> kind);

/// The profile with this name; a built-in one in its form for devices. NOT_FOUND.
absl::StatusOr<ListedProfile> FindProfile(store::ReadView& view, const std::string& name);

/// The profile in a YAML text. INVALID_ARGUMENT with every fault and its line: the text can't be
/// read or is too large, or the name is malformed or that of a built-in profile.
absl::StatusOr<domain::ImportProfile> ReadProfile(const std::string& source);

/// A profile to be stored, and the draft that stores it.
struct SavedProfile {
  domain::ImportProfile profile;  ///< with the version that it will have
  store::Draft draft;
};

/// Creates or replaces one of the ward's own. Errors of ReadProfile; ABORTED when `etag` is given
/// and is not that of the stored one ("0": there is none).
absl::StatusOr<SavedProfile> SaveProfile(const WriteContext& context, store::ReadView& view,
                                         const std::string& source, const std::string& etag);

/// Removes one of the ward's own. NOT_FOUND.
absl::StatusOr<store::Draft> DeleteProfile(const WriteContext& context, store::ReadView& view,
                                           const std::string& name);

/// Chooses the profile by which a source is read. Not thread-safe; both arguments must outlive it.
class ProfileChooser {
 public:
  ProfileChooser(const stored::ImportHeader& header, store::ReadView& view)
      : header_(header), view_(view) {}

  /// The profile that the header names, built-in or the ward's own; if it names none, the built-in
  /// one that fits the columns. INVALID_ARGUMENT when the kind has no profile of that name.
  absl::StatusOr<tabular::Profile> For(const std::vector<std::string>& columns);

  /// How well a row fits as the columns' headers.
  tabular::HeaderFit FitOf(const std::vector<std::string>& cells);

 private:
  const stored::ImportHeader& header_;
  store::ReadView& view_;
  std::optional<absl::StatusOr<tabular::Profile>> named_;
};

/// INVALID_ARGUMENT with every error of the header line and what was probably meant; its metadata
/// `problem` has the codes, separated by commas. OK when there is no error.
absl::Status CheckHeaderProblems(const std::vector<tabular::Problem>& problems);

}  // namespace kirikae::app
