// The help desk's look-up: one string in, ranked devices out, each with how it matched.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "service/domain/records.h"
#include "service/store/store.h"

namespace kirikae::app {

/// A field and how it matched.
struct FieldHit {
  std::string field;
  v1::MatchKind kind = v1::MATCH_KIND_UNSPECIFIED;
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
  bool more = false;            ///< there were more than `limit`
};

/// Finds up to `limit` devices. An exact hit on an identifier comes alone; near spellings of a tag
/// come only when nothing else matches. INVALID_ARGUMENT for an empty or overlong query.
absl::StatusOr<LookupResult> Lookup(store::ReadView& view, std::string_view query, int limit);

}  // namespace kirikae::app
