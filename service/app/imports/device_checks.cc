#include "service/app/imports/device_checks.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/str_join.h"
#include "service/app/imports/row_problem.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/device_rules.h"
#include "service/domain/error_detail.h"
#include "service/domain/sentence.h"
#include "service/status_macros.h"
#include "service/text/fold.h"
#include "service/text/similar.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

stored::ImportProblem& Warn(std::string_view code, const Sentence& sentence,
                            stored::ImportRow& shown) {
  stored::ImportProblem& problem = AddProblem(code, sentence, shown);
  problem.set_warning(true);
  return problem;
}

bool HasUser(const domain::Device* device, const std::string& number) {
  return device != nullptr &&
         std::any_of(device->users.begin(), device->users.end(),
                     [&](const domain::DeviceUser& user) { return user.staff_number == number; });
}

bool HasUserNamed(const domain::Device* device, const std::string& name) {
  return device != nullptr &&
         std::any_of(device->users.begin(), device->users.end(), [&](const auto& user) {
           return text::FoldSearch(user.name) == text::FoldSearch(name);
         });
}

}  // namespace

absl::Status DeviceChecks::Check(const tabular::DeviceRow& row, const domain::Device* found,
                                 stored::ImportRow& shown) {
  if (found == nullptr) {
    const auto fault = domain::DetailOf(domain::CheckNewTag(row.asset_tag));
    if (fault.has_value() && !fault->violations.empty()) {
      AddProblem("BAD_TAG", fault->violations.front().sentence, shown);
      return absl::OkStatus();
    }
  }
  RETURN_IF_ERROR(CheckUsers(row, found, shown));
  RETURN_IF_ERROR(CheckNames(row, found, shown));
  const std::string department = row.department.value_or("");
  if (!department.empty() && (found == nullptr || found->department != department)) {
    RETURN_IF_ERROR(CheckDepartment(department, shown));
  }
  const std::string host = row.host_name.value_or("");
  if (!host.empty() && (found == nullptr || found->host_name != host)) {
    RETURN_IF_ERROR(CheckUnique("host_name", host, row.asset_tag, shown));
  }
  const std::string serial = row.serial.value_or("");
  if (!serial.empty() && (found == nullptr || found->serial != serial)) {
    RETURN_IF_ERROR(CheckUnique("serial", serial, row.asset_tag, shown));
  }
  return absl::OkStatus();
}

absl::Status DeviceChecks::CheckUsers(const tabular::DeviceRow& row, const domain::Device* found,
                                      stored::ImportRow& shown) {
  if (!row.user_staff_numbers.has_value() || row.user_staff_numbers->empty()) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const bool has_list, staff_.HasList());
  if (!has_list) return absl::OkStatus();
  for (const std::string& number : *row.user_staff_numbers) {
    if (HasUser(found, number)) continue;
    ASSIGN_OR_RETURN(const bool known, staff_.Knows(number));
    if (known) continue;
    ASSIGN_OR_RETURN(const std::optional<domain::Staff> meant, staff_.WithZeros(number));
    if (meant.has_value()) {
      AddZerosLost(number, *meant, false, shown);
      continue;
    }
    Warn("UNKNOWN_STAFF_NUMBER",
         Sentence(
             "Staff number $0 is not in the staff list; the device gets this user all the same.",
             {number}),
         shown);
  }
  return absl::OkStatus();
}

absl::Status DeviceChecks::CheckNames(const tabular::DeviceRow& row, const domain::Device* found,
                                      stored::ImportRow& shown) {
  if (!row.user_names.has_value() ||
      !row.user_staff_numbers.value_or(std::vector<std::string>()).empty()) {
    return absl::OkStatus();
  }
  // Without a column of numbers the users stay, so that their own names are no news.
  const bool stays = !row.user_staff_numbers.has_value();
  for (const std::string& name : *row.user_names) {
    if (stays && HasUserNamed(found, name)) continue;
    stored::ImportProblem& problem = Warn(
        "NAME_WITHOUT_NUMBER",
        Sentence("The name $0 stands without a staff number, so it is not taken.", {name}), shown);
    ASSIGN_OR_RETURN(const bool has_list, staff_.HasList());
    if (!has_list) continue;
    ASSIGN_OR_RETURN(const std::vector<domain::Staff> people, staff_.Named(name));
    problem.set_suggestion(
        absl::StrJoin(people, ", ", [](std::string* out, const domain::Staff& person) {
          out->append(person.staff_number + " " + person.name);
        }));
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> DeviceChecks::IsOfADevice(const std::string& department) {
  constexpr int kBatch = 500;
  if (!departments_of_devices_.has_value()) {
    departments_of_devices_.emplace();
    std::string after;
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<domain::Device> batch,
                       view_.ListDevices({.after = after, .limit = kBatch}));
      for (const domain::Device& device : batch) {
        departments_of_devices_->emplace(text::FoldSearch(device.department), true);
      }
      if (batch.size() < static_cast<size_t>(kBatch)) break;
      after = batch.back().asset_tag;
    }
  }
  return departments_of_devices_->contains(text::FoldSearch(department));
}

absl::Status DeviceChecks::CheckDepartment(const std::string& department,
                                           stored::ImportRow& shown) {
  ASSIGN_OR_RETURN(const bool has_list, staff_.HasList());
  if (!has_list) return absl::OkStatus();
  ASSIGN_OR_RETURN(const auto* const departments, staff_.Departments());
  if (departments->empty() || departments->contains(text::FoldSearch(department))) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const bool of_a_device, IsOfADevice(department));
  if (of_a_device) return absl::OkStatus();
  stored::ImportProblem& problem =
      Warn("UNKNOWN_DEPARTMENT",
           Sentence("Nobody in the staff list and no other device is in the department $0.",
                    {department}),
           shown);
  std::vector<std::string> names;
  for (const auto& [key, name] : *departments) names.push_back(name);
  std::sort(names.begin(), names.end());
  constexpr size_t kNear = 2;
  problem.set_suggestion(text::Nearest(department, names, kNear).value_or(""));
  return absl::OkStatus();
}

absl::Status DeviceChecks::CheckUnique(std::string_view field, const std::string& value,
                                       const std::string& asset_tag, stored::ImportRow& shown) {
  constexpr int kLooked = 20;
  if (!any_device_.has_value()) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> first,
                     view_.ListDevices({.after = "", .limit = 1}));
    any_device_ = !first.empty();
  }
  if (!*any_device_) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::vector<store::SearchHit> hits,
                   view_.Search(kIdentifierTier, {value, value + '\0'}, kLooked));
  for (const store::SearchHit& hit : hits) {
    if (hit.field != field || hit.asset_tag == asset_tag) continue;
    ASSIGN_OR_RETURN(const std::optional<domain::Device> other, view_.FindDevice(hit.asset_tag));
    if (!other.has_value() || other->state == domain::DeviceState::kRetired) continue;
    Warn("VALUE_OF_ANOTHER_DEVICE",
         Sentence("$0 is also the host name or serial number of device $1, which is in use.",
                  {value, hit.asset_tag}),
         shown);
    break;
  }
  return absl::OkStatus();
}

}  // namespace kirikae::app
