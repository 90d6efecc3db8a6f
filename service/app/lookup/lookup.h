// The help desk's look-up: takes one text and returns ranked devices, each with how it matched.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "service/app/lookup/directory.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// How a field matched, best first: the field's own spelling comes before a folded one, the whole
/// field before its beginning.
enum class MatchKind {
  kExact,    ///< as it was typed
  kFolded,   ///< the same in another width or case
  kKana,     ///< the reading of a name, or what sounds like it: ビオラ for ヴィオラ
  kVariant,  ///< a name in another form of its characters: 髙橋 for 高橋
  kSuffix,   ///< the last digits of a tag; before the serial numbers that begin with them
  kPrefix,   ///< the beginning
  kNear,     ///< a tag that is one or two typing slips away; ヤマザキ for ヤマサキ
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

/// A person who matches.
struct PersonHit {
  domain::Staff staff;            ///< of one in no staff list, what a device's record has
  std::vector<FieldHit> fields;   ///< best first
  std::vector<std::string> tags;  ///< of the person's devices, the first 20
  int64_t devices = 0;            ///< all of them
};

/// What a look-up found.
struct LookupResult {
  std::vector<DeviceHit> hits;    ///< best first
  bool more = false;              ///< more devices match than the limit
  std::vector<PersonHit> people;  ///< best first; also persons without a device
  int64_t people_count = 0;       ///< persons that match, counted up to 500; people are fewer
  std::vector<KnownDepartment> departments;
};

/// Finds up to `limit` devices, and the persons and departments that the query names. A name, a
/// blank and the beginning of a part of a department, `ワタナベ 税務`, finds the persons there. A
/// device whose identifier matches exactly, or but for its separators, is the only result. Tags
/// similar to the query are returned only when nothing else matches. INVALID_ARGUMENT for an empty
/// query or one of more than 200 characters.
absl::StatusOr<LookupResult> Lookup(store::ReadView& view, Directory& directory,
                                    std::string_view query, int limit);

}  // namespace kirikae::app
