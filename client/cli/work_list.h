// The day's work as technicians walk it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "client/cli/table.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "kirikae/v1/migration_service.pb.h"

namespace kirikae::cli {

/// The storey of a floor's name, below the ground negative: 3 for `3F` and `本館３階`, -1 for `B1F`
/// and `地下1階`; absent where it has no number.
std::optional<int> StoreyOf(std::string_view floor);

/// Sorts what has the same day, slot and team by site, storey, department and tag.
void SortForWalking(google::protobuf::RepeatedPtrField<v1::DueDevice>& devices);

/// A device's site and floor.
std::string PlaceOf(const v1::Device& device);

/// The names of a device's users, or their numbers, with commas between.
std::string NamesOf(const v1::Device& device);

/// What prevents a switch, in words, with "; " between; codes with spaces between for programs.
Cell InTheWay(const google::protobuf::RepeatedPtrField<v1::Blocker>& blockers);

}  // namespace kirikae::cli
