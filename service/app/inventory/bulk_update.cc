#include "service/app/inventory/bulk_update.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "service/app/inventory/device_filter.h"
#include "service/app/inventory/device_source.h"
#include "service/app/inventory/near_tags.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// The edits of one device; empty when nothing changes.
absl::StatusOr<std::vector<store::Edit>> EditsOf(store::ReadView& view, const FieldTexts& texts,
                                                 domain::Device device) {
  std::vector<store::Edit> edits;
  const domain::Device before = device;
  RETURN_IF_ERROR(EditDevice(texts, view, device));
  if (domain::FieldsOf(device) != domain::FieldsOf(before)) {
    store::DeviceEdit edit = ToEdit(std::move(device));
    edit.before = store::DeviceBefore{before};
    edits.emplace_back(std::move(edit));
  }
  return edits;
}

// Makes the edits of the devices with these tags one by one.
class UpdateStream {
 public:
  UpdateStream(store::ReadView& view, FieldTexts texts, std::vector<std::string> tags)
      : view_(view), texts_(std::move(texts)), tags_(std::move(tags)) {}

  absl::StatusOr<std::optional<store::Edit>> Next() {
    while (given_ == edits_.size()) {
      if (at_ == tags_.size()) return std::nullopt;
      ASSIGN_OR_RETURN(domain::Device device, RequireDevice(view_, tags_[at_++]));
      ASSIGN_OR_RETURN(edits_, EditsOf(view_, texts_, std::move(device)));
      given_ = 0;
    }
    return std::move(edits_[given_++]);
  }

 private:
  store::ReadView& view_;
  const FieldTexts texts_;
  const std::vector<std::string> tags_;
  size_t at_ = 0;
  std::vector<store::Edit> edits_;  // of one device
  size_t given_ = 0;
};

}  // namespace

absl::StatusOr<BulkMatches> FindMatches(store::ReadView& view, const BulkUpdate& update) {
  if (update.filter.empty()) {
    return domain::InvalidField("filter", domain::Sentence("Say which devices, by a filter."));
  }
  ASSIGN_OR_RETURN(const DeviceFilter filter, ParseDeviceFilter(update.filter));
  BulkMatches matches;
  DeviceSource source(view, "", std::nullopt);
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch, source.Next());
    if (batch.empty()) break;
    for (const domain::Device& device : batch) {
      ASSIGN_OR_RETURN(const bool is_match, Matches(view, filter, device));
      if (is_match) matches.devices.emplace_back(device.asset_tag, device.version);
    }
  }
  const auto found = static_cast<int>(matches.devices.size());
  if (update.expected_count != 0 && update.expected_count != found) {
    return domain::CountDiffers(update.expected_count, found);
  }
  return matches;
}

absl::StatusOr<BulkResult> UpdateAll(store::ReadView& view, const BulkUpdate& update,
                                     const BulkMatches& matches, const WriteContext& context) {
  ASSIGN_OR_RETURN(const DeviceFilter filter, ParseDeviceFilter(update.filter));
  BulkResult result{context.NewDraft(domain::Act::kBatchUpdateDevices)};
  std::vector<std::string> tags;
  for (const auto& [tag, version] : matches.devices) {
    ASSIGN_OR_RETURN(const std::optional<domain::Device> device, view.FindDevice(tag));
    bool still_matches = device.has_value();
    if (still_matches && device->version != version) {
      ASSIGN_OR_RETURN(still_matches, Matches(view, filter, *device));
    }
    if (!still_matches) continue;
    ++result.matched;
    ASSIGN_OR_RETURN(const std::vector<store::Edit> edits, EditsOf(view, update.texts, *device));
    if (!edits.empty()) tags.push_back(tag);
  }
  result.changed = static_cast<int>(tags.size());
  auto stream = std::make_shared<UpdateStream>(view, update.texts, std::move(tags));
  result.draft.more = [stream] { return stream->Next(); };
  return result;
}

}  // namespace kirikae::app
