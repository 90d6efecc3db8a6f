#include "service/store/history/packed_changes.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "service/store/history/packed_text.h"

namespace kirikae::store {
namespace {

// A field's byte is its index here, plus 1. New names are added at the end; no name ever changes
// its index.
constexpr std::string_view kNames[] = {
    "exists",
    // devices
    "host_name", "serial", "model", "os", "kind", "network", "department", "site", "floor", "users",
    "camera", "auth_method_since", "auth_method", "state", "labels", "note", "inventoried_on",
    "exception",
    // staff
    "name", "kana", "title", "role", "enrolment", "enrolled_on", "consent_withheld",
    // placements
    "placement.wave", "placement.phase", "placement.day", "placement.slot", "placement.team",
    "placement.cause", "placement.method_before", "placement.off_schedule", "placement.until",
    "placement.state", "placement.marked_time"};
static_assert(std::size(kNames) < 256);

}  // namespace

void Pack(const PackedChange& change, std::string& packed) {
  const auto* const name = std::find(std::begin(kNames), std::end(kNames), change.field);
  if (name == std::end(kNames)) {
    packed.push_back('\0');
    PackText(change.field, packed);
  } else {
    packed.push_back(static_cast<char>(name - std::begin(kNames) + 1));
  }
  PackText(change.old_value, packed);
  PackText(change.new_value, packed);
}

std::optional<PackedChange> Unpacker::Next() {
  if (rest_.empty() || !sound_) return std::nullopt;
  sound_ = false;
  const auto place = static_cast<unsigned char>(rest_.front());
  rest_.remove_prefix(1);
  if (place > std::size(kNames)) return std::nullopt;
  const std::optional<std::string_view> field = place == 0 ? TakeText(rest_) : kNames[place - 1];
  if (!field.has_value()) return std::nullopt;
  const std::optional<std::string_view> old_value = TakeText(rest_);
  if (!old_value.has_value()) return std::nullopt;
  const std::optional<std::string_view> new_value = TakeText(rest_);
  if (!new_value.has_value()) return std::nullopt;
  sound_ = true;
  return PackedChange{*field, *old_value, *new_value};
}

}  // namespace kirikae::store
