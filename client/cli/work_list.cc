#include "client/cli/work_list.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <tuple>

#include "client/cli/words.h"

namespace kirikae::cli {
namespace {

auto ShiftOf(const v1::DueDevice& due) { return std::tie(due.day(), due.slot(), due.team()); }

// Floors without a number come last.
auto WayOf(const v1::DueDevice& due) {
  const v1::Device& device = due.device();
  return std::make_tuple(device.site(),
                         StoreyOf(device.floor()).value_or(std::numeric_limits<int>::max()),
                         device.floor(), device.department(), device.asset_tag());
}

}  // namespace

std::optional<int> StoreyOf(std::string_view floor) {
  constexpr int kHighest = 1000;
  std::optional<int> storey;
  bool below = floor.find("地下") != std::string_view::npos;
  int32_t at = 0;
  const auto size = static_cast<int32_t>(floor.size());
  while (at < size) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(floor.data(), at, size, c);
    const int digit = u_charDigitValue(c);
    if (digit >= 0) {
      storey = std::min(kHighest, storey.value_or(0) * 10 + digit);
    } else if (storey.has_value()) {
      break;
    } else if (c == 'B' || c == 'b' || c == 0xFF22) {  // fullwidth B
      below = true;
    }
  }
  return storey.has_value() && below ? -*storey : storey;
}

void SortForWalking(google::protobuf::RepeatedPtrField<v1::DueDevice>& devices) {
  // The service has sorted the shifts: slots are not in the order of their names.
  auto begin = devices.begin();
  while (begin != devices.end()) {
    const auto end = std::find_if(begin, devices.end(), [&](const v1::DueDevice& due) {
      return ShiftOf(due) != ShiftOf(*begin);
    });
    std::sort(begin, end,
              [](const v1::DueDevice& a, const v1::DueDevice& b) { return WayOf(a) < WayOf(b); });
    begin = end;
  }
}

std::string PlaceOf(const v1::Device& device) {
  const bool both = !device.site().empty() && !device.floor().empty();
  return device.site() + (both ? " " : "") + device.floor();
}

std::string NamesOf(const v1::Device& device) {
  std::string names;
  for (const v1::DeviceUser& user : device.users()) {
    names +=
        (names.empty() ? "" : ", ") + (user.name().empty() ? user.staff_number() : user.name());
  }
  return names;
}

Cell InTheWay(const google::protobuf::RepeatedPtrField<v1::Blocker>& blockers) {
  Cell all("");
  for (const v1::Blocker& blocker : blockers) {
    const Cell one = BlockerCell(blocker.code());
    all.text += (all.text.empty() ? "" : "; ") + one.text;
    all.code += (all.code.empty() ? "" : " ") + one.code;
  }
  return all;
}

}  // namespace kirikae::cli
