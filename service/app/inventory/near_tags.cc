#include "service/app/inventory/near_tags.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/text/fold.h"
#include "service/text/similar.h"

namespace kirikae::app {
namespace {

constexpr size_t kSlips = 2;
constexpr size_t kNear = 3;

// The tag with look-alike letters after its last hyphen replaced by digits, as on a worn label.
std::string AsDigits(std::string_view tag) {
  constexpr std::string_view kLetters = "OQILZSGB";
  constexpr std::string_view kDigits = "00112568";
  std::string read(tag.substr(0, tag.rfind('-') + 1));
  for (const char c : tag.substr(read.size())) {
    const size_t at = kLetters.find(c);
    read += at == std::string_view::npos ? c : kDigits[at];
  }
  return read;
}

// The tags that one typing mistake makes of this one: two neighbours swapped, a digit changed, a
// character left out, a 0 too many. The caller looks up each by its key, so the cost does not grow
// with the inventory.
std::set<std::string> Slips(std::string_view tag) {
  std::set<std::string> slips;
  for (size_t i = 0; i < tag.size(); ++i) {
    std::string slip(tag);
    if (i + 1 < tag.size()) {
      std::swap(slip[i], slip[i + 1]);
      slips.insert(slip);
    }
    if (tag[i] < '0' || tag[i] > '9') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      slip = tag;
      slip[i] = digit;
      slips.insert(slip);
    }
    slip = tag;
    slips.insert(slip.erase(i, 1));
    slip = tag;
    slips.insert(slip.insert(i, "0"));
  }
  return slips;
}

}  // namespace

absl::StatusOr<std::vector<std::string>> NearTags(store::ReadView& view, std::string_view tag) {
  if (tag.size() > domain::kMostTagLength) return std::vector<std::string>();
  ASSIGN_OR_RETURN(const std::vector<std::string> around, view.TagsAround(tag, 5));
  std::set<std::pair<size_t, std::string>> ranked;
  for (const std::string& near : around) {
    if (const auto distance = text::EditDistance(near, tag, kSlips)) {
      ranked.insert({*distance, near});
    }
  }
  for (const std::string& slip : Slips(tag)) {
    ASSIGN_OR_RETURN(const std::optional<domain::Device> device, view.FindDevice(slip));
    if (device.has_value()) ranked.insert({1, slip});
  }
  const std::string read = AsDigits(tag);
  ASSIGN_OR_RETURN(const std::optional<domain::Device> device, view.FindDevice(read));
  if (device.has_value()) ranked.insert({0, read});
  std::vector<std::string> tags;
  for (const auto& [distance, near] : ranked) {
    const bool is_new = std::find(tags.begin(), tags.end(), near) == tags.end();
    if (is_new && tags.size() < kNear) tags.push_back(near);
  }
  return tags;
}

absl::StatusOr<domain::Device> RequireDevice(store::ReadView& view, std::string_view tag) {
  const std::string key = text::FoldIdentifier(tag);
  ASSIGN_OR_RETURN(std::optional<domain::Device> device, view.FindDevice(key));
  if (device.has_value()) return *std::move(device);
  ASSIGN_OR_RETURN(const std::vector<std::string> near, NearTags(view, key));
  return domain::DeviceNotFound(key, near);
}

}  // namespace kirikae::app
