#include "service/app/inventory/device_filter.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/status_macros.h"

namespace kirikae::app {
namespace {

template <typename Enum>
std::string Term(const Enum& value) {
  return std::string(domain::Name(value));
}

template <typename Enum>
std::string Term(const std::optional<Enum>& value) {
  return value.has_value() ? Term(*value) : std::string();
}

using Values = std::vector<std::string>;

struct Field {
  std::string_view name;
  Values (*read)(const domain::Device&);
  KnowsValue knows;
};

template <typename Read>
Values OfUsers(const domain::Device& device, Read read) {
  Values values;
  for (const domain::DeviceUser& user : device.users) values.push_back(read(user));
  return values;
}

using domain::Device;
constexpr Field kFields[] = {
    {"asset_tag", [](const Device& d) { return Values{d.asset_tag}; }, AnyText},
    {"host_name", [](const Device& d) { return Values{d.host_name}; }, AnyText},
    {"serial", [](const Device& d) { return Values{d.serial}; }, AnyText},
    {"model", [](const Device& d) { return Values{d.model}; }, AnyText},
    {"os", [](const Device& d) { return Values{d.os}; }, AnyText},
    {"department", [](const Device& d) { return Values{d.department}; }, AnyText},
    {"site", [](const Device& d) { return Values{d.site}; }, AnyText},
    {"floor", [](const Device& d) { return Values{d.floor}; }, AnyText},
    {"note", [](const Device& d) { return Values{d.note}; }, AnyText},
    {"kind", [](const Device& d) { return Values{Term(d.kind)}; }, Knows<domain::DeviceKind>},
    {"network", [](const Device& d) { return Values{Term(d.network)}; }, Knows<domain::Network>},
    {"camera", [](const Device& d) { return Values{Term(d.camera)}; }, Knows<domain::Camera>},
    {"auth_method", [](const Device& d) { return Values{Term(d.auth_method)}; },
     Knows<domain::AuthMethod>},
    {"effective_method",
     [](const Device& d) {
       // The daemon ends an exception when its time is over.
       return Values{Term(d.exception.has_value() ? d.exception->method : d.auth_method)};
     },
     Knows<domain::AuthMethod>},
    {"exception.method",
     [](const Device& d) {
       return d.exception.has_value() ? Values{Term(d.exception->method)} : Values();
     },
     Knows<domain::AuthMethod>},
    {"state", [](const Device& d) { return Values{Term(d.state)}; }, Knows<domain::DeviceState>},
    {"inventoried_on",
     [](const Device& d) {
       return d.inventoried_on.has_value() ? Values{absl::FormatCivilTime(*d.inventoried_on)}
                                           : Values();
     },
     AnyText},
    {"users.name", [](const Device& d) { return OfUsers(d, [](const auto& u) { return u.name; }); },
     AnyText},
    {"users.kana", [](const Device& d) { return OfUsers(d, [](const auto& u) { return u.kana; }); },
     AnyText},
    {"users.role",
     [](const Device& d) { return OfUsers(d, [](const auto& u) { return Term(u.role); }); },
     Knows<domain::StaffRole>},
    {"users.enrolment",
     [](const Device& d) { return OfUsers(d, [](const auto& u) { return Term(u.enrolment); }); },
     Knows<domain::EnrolmentState>},
    {"users.staff_number",
     [](const Device& d) { return OfUsers(d, [](const auto& u) { return u.staff_number; }); },
     AnyText},
};

using domain::Placement;
struct PlacementField {
  std::string_view name;
  std::string (*read)(const Placement&);
  KnowsValue knows;
};
constexpr PlacementField kPlacementFields[] = {
    {"placement.state", [](const Placement& p) { return Term(p.state); },
     Knows<domain::PlacementState>},
    {"placement.day",
     [](const Placement& p) {
       return p.day.has_value() ? absl::FormatCivilTime(*p.day) : std::string();
     },
     AnyText},
    {"placement.team", [](const Placement& p) { return p.team; }, AnyText},
    {"placement.phase", [](const Placement& p) { return p.phase; }, AnyText},
    {"placement.rollout", [](const Placement& p) { return p.rollout; }, AnyText},
};

constexpr std::string_view kLabels = "labels.";

const PlacementField* FindPlacementField(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kPlacementFields), std::end(kPlacementFields),
                   [&](const PlacementField& field) { return field.name == name; });
  return found == std::end(kPlacementFields) ? nullptr : found;
}

const Field* FindField(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kFields), std::end(kFields),
                                         [&](const Field& field) { return field.name == name; });
  return found == std::end(kFields) ? nullptr : found;
}

Values ValuesOf(const std::string& field, const Device& device,
                std::span<const Placement> placements) {
  if (const Field* const known = FindField(field)) return known->read(device);
  if (const PlacementField* const known = FindPlacementField(field)) {
    Values values;
    for (const Placement& placement : placements) values.push_back(known->read(placement));
    return values;
  }
  const auto label = device.labels.find(field.substr(kLabels.size()));
  return label == device.labels.end() ? Values() : Values{label->second};
}

KnowsValue SelectorField(std::string_view name) {
  if (const Field* const field = FindField(name)) return field->knows;
  return name.starts_with(kLabels) && name.size() > kLabels.size() ? AnyText : nullptr;
}

KnowsValue AnyField(std::string_view name) {
  const PlacementField* const placed = FindPlacementField(name);
  return placed != nullptr ? placed->knows : SelectorField(name);
}

}  // namespace

bool DeviceFilter::Matches(const domain::Device& device,
                           std::span<const domain::Placement> placements) const {
  return root_ == nullptr || Holds(*root_, [&](const std::string& field) {
           return ValuesOf(field, device, placements);
         });
}

bool DeviceFilter::NeedsPlacements() const {
  return root_ != nullptr && AsksFor(*root_, [](const std::string& field) {
           return FindPlacementField(field) != nullptr;
         });
}

absl::StatusOr<DeviceFilter> ParseDeviceFilter(std::string_view text) {
  ASSIGN_OR_RETURN(FilterPtr root, ParseFilter(text, AnyField));
  return DeviceFilter(std::move(root));
}

absl::StatusOr<DeviceFilter> ParseDeviceSelector(std::string_view text) {
  ASSIGN_OR_RETURN(FilterPtr root, ParseFilter(text, SelectorField));
  return DeviceFilter(std::move(root));
}

absl::StatusOr<bool> Matches(store::ReadView& view, const DeviceFilter& filter,
                             const domain::Device& device) {
  if (!filter.NeedsPlacements()) return filter.Matches(device);
  ASSIGN_OR_RETURN(const std::vector<domain::Placement> placements,
                   view.PlacementsOf(device.asset_tag));
  return filter.Matches(device, placements);
}

}  // namespace kirikae::app
