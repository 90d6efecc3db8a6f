// The help desk's look-up: takes one text and returns ranked devices, each with how it matched.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// How a field matched, best first: the field's own spelling comes before a folded one, the whole
/// field before its beginning.
enum class MatchKind {
  kExact,    ///< as it was typed
  kFolded,   ///< the same in another width or case
  kKana,     ///< the reading of a name
  kVariant,  ///< a name in another form of its characters: 髙橋 for 高橋
  kSuffix,   ///< the last digits of a tag; before the serial numbers that begin with them
  kPrefix,   ///< the beginning
  kNear,     ///< a tag that is one or two typing slips away
};

/// A field and how it matched.
struct FieldHit {
  std::string field;
  MatchKind kind = MatchKind::kNear;
  std::string value;  ///< as stored
};

/// A device that matches.
struct DeviceHit {
  domain::Device device;
  std::vector<FieldHit> fields;  ///< best first
};

/// What a look-up found.
struct LookupResult {
  std::vector<DeviceHit> hits;  ///< best first
  bool more = false;            ///< more devices match than the limit
};

/// Finds up to `limit` devices. A device whose identifier matches exactly is the only result. Tags
/// similar to the query are returned only when nothing else matches. INVALID_ARGUMENT for an empty
/// query or one of more than 200 characters.
absl::StatusOr<LookupResult> Lookup(store::ReadView& view, std::string_view query, int limit);

}  // namespace kirikae::app
