#include "service/app/inventory/device_filter.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/domain/record_fields.h"
#include "service/domain/terms.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Device;
using domain::DeviceUser;
using domain::Placement;
using Values = std::vector<std::string>;

constexpr std::string_view kLabels = "labels.";
constexpr std::string_view kRollout = "placement.rollout";

template <typename Enum>
std::string NameOf(const std::optional<Enum>& value) {
  return value.has_value() ? std::string(domain::Name(*value)) : std::string();
}

template <typename Read>
Values OfUsers(const Device& device, Read read) {
  Values values;
  for (const DeviceUser& user : device.users) values.push_back(read(user));
  return values;
}

// What filters ask for that is no plain field of a device.
struct DerivedField {
  std::string_view name;
  Values (*read)(const Device&);
  const domain::TermSet& (*terms)() = nullptr;
};

constexpr DerivedField kDerivedFields[] = {
    {"asset_tag", [](const Device& d) { return Values{d.asset_tag}; }},
    {"effective_method",
     [](const Device& d) {
       // The daemon ends an exception when its time is over.
       return Values{NameOf(std::optional(d.exception ? d.exception->method : d.auth_method))};
     },
     domain::TermsOf<domain::AuthMethod>},
    {"exception.method",
     [](const Device& d) {
       return d.exception ? Values{NameOf(std::optional(d.exception->method))} : Values();
     },
     domain::TermsOf<domain::AuthMethod>},
    {"users.name",
     [](const Device& d) { return OfUsers(d, [](const DeviceUser& u) { return u.name; }); }},
    {"users.kana",
     [](const Device& d) { return OfUsers(d, [](const DeviceUser& u) { return u.kana; }); }},
    {"users.role",
     [](const Device& d) { return OfUsers(d, [](const DeviceUser& u) { return NameOf(u.role); }); },
     domain::TermsOf<domain::StaffRole>},
    {"users.enrolment",
     [](const Device& d) {
       return OfUsers(d, [](const DeviceUser& u) { return NameOf(u.enrolment); });
     },
     domain::TermsOf<domain::EnrolmentState>},
    {"users.staff_number",
     [](const Device& d) {
       return OfUsers(d, [](const DeviceUser& u) { return u.staff_number; });
     }},
};

const DerivedField* FindDerived(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kDerivedFields), std::end(kDerivedFields),
                   [&](const DerivedField& field) { return field.name == name; });
  return found == std::end(kDerivedFields) ? nullptr : found;
}

template <typename Record>
const domain::Field<Record>* FindFiltered(std::string_view name) {
  return domain::FindApiField<Record>(name, domain::kFiltered);
}

// No day is no value: it is neither before nor after a day.
Values ValuesOf(const domain::Field<Device>& field, const Device& device) {
  std::string text = field.get(device);
  if (text.empty() && field.kind == domain::ValueKind::kDay) return {};
  return {std::move(text)};
}

Values ValuesOf(const std::string& name, const Device& device,
                std::span<const Placement> placements) {
  if (const auto* const field = FindFiltered<Device>(name)) return ValuesOf(*field, device);
  if (const DerivedField* const field = FindDerived(name)) return field->read(device);
  Values values;
  if (name == kRollout) {
    for (const Placement& placement : placements) values.push_back(placement.rollout);
  } else if (const auto* const field = FindFiltered<Placement>(name)) {
    for (const Placement& placement : placements) values.push_back(field->get(placement));
  } else if (const auto label = device.labels.find(name.substr(kLabels.size()));
             label != device.labels.end()) {
    values.push_back(label->second);
  }
  return values;
}

std::optional<FilterTerms> SelectorField(std::string_view name) {
  if (const auto* const field = FindFiltered<Device>(name)) return field->Terms();
  if (const DerivedField* const field = FindDerived(name)) {
    return field->terms == nullptr ? FilterTerms() : field->terms().terms;
  }
  if (name.starts_with(kLabels) && name.size() > kLabels.size()) return FilterTerms();
  return std::nullopt;
}

bool IsOfPlacements(std::string_view name) {
  return name == kRollout || FindFiltered<Placement>(name) != nullptr;
}

std::optional<FilterTerms> AnyField(std::string_view name) {
  if (name == kRollout) return FilterTerms();
  if (const auto* const field = FindFiltered<Placement>(name)) return field->Terms();
  return SelectorField(name);
}

}  // namespace

bool DeviceFilter::Matches(const domain::Device& device,
                           std::span<const domain::Placement> placements) const {
  return root_ == nullptr || Holds(*root_, [&](const std::string& field) {
           return ValuesOf(field, device, placements);
         });
}

bool DeviceFilter::NeedsPlacements() const {
  return root_ != nullptr && AsksFor(*root_, IsOfPlacements);
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
