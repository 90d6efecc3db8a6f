// The filter language, over devices with and without their placements.
#include <array>
#include <string>

#include "absl/strings/numbers.h"
#include "service/app/inventory/device_filter.h"
#include "service/app/inventory/device_orders.h"
#include "service/domain/error_detail.h"
#include "service/domain/records.h"
#include "tests/fuzz/fuzz_target.h"

namespace kirikae::fuzz {
namespace {

using Parse = absl::StatusOr<app::DeviceFilter> (*)(std::string_view text);

domain::Device SomeDevice() {
  domain::Device device;
  device.asset_tag = "TSM-00123";
  device.host_name = "TSMPC00123";
  device.department = "総務部/総務課";
  device.site = "本庁舎";
  device.kind = domain::DeviceKind::kManagerTerminal;
  device.users.push_back({"0012345", "髙橋　恵", "タカハシ メグミ", {}, {}});
  device.labels["lot"] = "2025";
  return device;
}

// A place in the text, in characters from 1 to one behind the last.
bool IsPlace(const std::string& position, size_t bytes) {
  int64_t number = 0;
  return absl::SimpleAtoi(position, &number) && number >= 1 &&
         number <= static_cast<int64_t>(bytes) + 1;
}

void Check(std::string_view text, Parse parse) {
  const auto filter = parse(text);
  if (!filter.ok()) {
    const auto detail = domain::DetailOf(filter.status());
    Require(detail.has_value(), "a refusal has its details");
    const auto position = detail->metadata.find("position");
    Require(position == detail->metadata.end() || IsPlace(position->second, text.size()),
            "a fault is inside the text");
    return;
  }
  static const std::array<domain::Device, 2> devices = {domain::Device(), SomeDevice()};
  static const std::array<domain::Placement, 1> placements = {};
  filter->NeedsPlacements();
  const auto negation = parse("NOT (" + std::string(text) + ")");
  for (const domain::Device& device : devices) {
    const bool matches = filter->Matches(device, placements);
    // A filter at the limit of length or depth has no negation, and neither has an empty one.
    if (!negation.ok()) continue;
    Require(negation->Matches(device, placements) != matches, "a negation matches the others");
  }
}

}  // namespace
}  // namespace kirikae::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text = kirikae::fuzz::Input(data, size);
  kirikae::fuzz::Check(text, kirikae::app::ParseDeviceFilter);
  kirikae::fuzz::Check(text, kirikae::app::ParseDeviceSelector);
  const auto order = kirikae::app::ParseDeviceOrder(std::string(text));
  if (!order.ok()) {
    kirikae::fuzz::Require(kirikae::domain::DetailOf(order.status()).has_value(),
                           "a refusal has its details");
  }
  return 0;
}
