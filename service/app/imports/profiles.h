// Import profiles: which header of a file means which field.
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

/// A profile that files can be read by.
struct ListedProfile {
  domain::ImportProfile profile;  ///< of a built-in one: without a version
  bool built_in = false;
};

/// All profiles: the built-in ones by kind, then the ward's own by name. Only those of `kind`,
/// where one is given.
absl::StatusOr<std::vector<ListedProfile>> ListProfiles(store::ReadView& view,
                                                        std::optional<domain::ImportKind> kind);

/// The profile of that name; a built-in one as it reads devices. NOT_FOUND.
absl::StatusOr<ListedProfile> FindProfile(store::ReadView& view, const std::string& name);

/// The profile that a YAML describes. INVALID_ARGUMENT with every fault and its line: it can't be
/// read, is too large, has no good name or that of a built-in one.
absl::StatusOr<domain::ImportProfile> ReadProfile(const std::string& source);

/// A profile to be stored, and the draft that stores it.
struct SavedProfile {
  domain::ImportProfile profile;  ///< with the version that it will have
  store::Draft draft;
};

/// Makes or replaces one of the ward's own. Errors of ReadProfile; ABORTED where `etag` is given
/// and is not that of the stored one ("0" = there is none).
absl::StatusOr<SavedProfile> SaveProfile(const WriteContext& context, store::ReadView& view,
                                         const std::string& source, const std::string& etag);

/// Removes one of the ward's own. NOT_FOUND.
absl::StatusOr<store::Draft> DeleteProfile(const WriteContext& context, store::ReadView& view,
                                           const std::string& name);

/// The profile that the header names, built in or the ward's own; where it names none, the built-in
/// one that fits the columns. INVALID_ARGUMENT where there is none of that name for the kind.
absl::StatusOr<tabular::Profile> ProfileFor(const stored::ImportHeader& header,
                                            const std::vector<std::string>& columns,
                                            store::ReadView& view);

/// INVALID_ARGUMENT with every error of the header line and what was probably meant; the codes are
/// in its metadata `problem`, with commas between. OK where there is no error.
absl::Status CheckHeaderProblems(const std::vector<tabular::Problem>& problems);

}  // namespace kirikae::app
