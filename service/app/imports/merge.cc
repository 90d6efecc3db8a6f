#include "service/app/imports/merge.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/time/civil_time.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

void Take(const std::optional<std::string>& given, std::string& field) {
  if (given.has_value()) field = *given;
}

// The reader of the file has already refused names outside the set.
template <typename Enum>
void TakeName(const std::optional<std::string>& given, Enum& field) {
  if (!given.has_value()) return;
  if (const auto value = domain::FromName<Enum>(*given)) field = *value;
}

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

std::string UsersText(const std::vector<domain::DeviceUser>& users) {
  std::string text;
  for (const domain::DeviceUser& user : users) {
    if (!text.empty()) text += "; ";
    text += user.staff_number + " " + user.name;
  }
  return text;
}

absl::StatusOr<std::vector<domain::DeviceUser>> UsersOf(const tabular::DeviceRow& row,
                                                        store::ReadView& view) {
  std::vector<domain::DeviceUser> users;
  const std::vector<std::string> names = row.user_names.value_or(std::vector<std::string>());
  const std::vector<std::string> kana = row.user_kana.value_or(std::vector<std::string>());
  for (size_t i = 0; i < row.user_staff_numbers->size(); ++i) {
    domain::DeviceUser user;
    user.staff_number = (*row.user_staff_numbers)[i];
    if (i < names.size()) user.name = names[i];
    if (i < kana.size()) user.kana = kana[i];
    if (user.name.empty() || user.kana.empty()) {
      ASSIGN_OR_RETURN(const std::optional<domain::Staff> staff, view.FindStaff(user.staff_number));
      if (staff.has_value() && user.name.empty()) user.name = staff->name;
      if (staff.has_value() && user.kana.empty()) user.kana = staff->kana;
    }
    users.push_back(std::move(user));
  }
  return users;
}

class Comparer {
 public:
  void Compare(std::string_view field, std::string_view old_value, std::string_view new_value) {
    if (old_value == new_value) return;
    v1::FieldChange change;
    change.set_field(std::string(field));
    change.set_old_value(std::string(old_value));
    change.set_new_value(std::string(new_value));
    changes_.push_back(std::move(change));
  }
  std::vector<v1::FieldChange> Result() { return std::move(changes_); }

 private:
  std::vector<v1::FieldChange> changes_;
};

// Whether a mark set the device's method: a list written before the mark must not take it back.
absl::StatusOr<bool> IsSetByRollout(const domain::Device& device, store::ReadView& view) {
  if (device.version == 0) return false;
  ASSIGN_OR_RETURN(const std::vector<domain::Placement> placements,
                   view.PlacementsOf(device.asset_tag));
  return std::any_of(placements.begin(), placements.end(), [](const domain::Placement& placement) {
    return placement.state == domain::PlacementState::kMigrated ||
           placement.state == domain::PlacementState::kVerified;
  });
}

}  // namespace

absl::StatusOr<domain::Device> Merge(const domain::Device& old, const tabular::DeviceRow& row,
                                     store::ReadView& view) {
  domain::Device device = old;
  device.asset_tag = row.asset_tag;
  Take(row.host_name, device.host_name);
  Take(row.serial, device.serial);
  Take(row.model, device.model);
  Take(row.os, device.os);
  Take(row.site, device.site);
  Take(row.floor, device.floor);
  Take(row.department, device.department);
  Take(row.note, device.note);
  TakeName(row.kind, device.kind);
  TakeName(row.network, device.network);
  TakeName(row.camera, device.camera);
  TakeName(row.auth_method, device.auth_method);
  if (device.auth_method != old.auth_method) {
    ASSIGN_OR_RETURN(const bool kept, IsSetByRollout(old, view));
    if (kept) device.auth_method = old.auth_method;
  }
  if (row.inventoried_on.has_value()) device.inventoried_on = *row.inventoried_on;
  if (row.user_staff_numbers.has_value()) {
    ASSIGN_OR_RETURN(device.users, UsersOf(row, view));
  }
  return device;
}

bool LooksUpStaff(const tabular::DeviceRow& row) {
  if (!row.user_staff_numbers.has_value()) return false;
  const auto lacks = [&](const std::optional<std::vector<std::string>>& texts) {
    return !texts.has_value() || texts->size() < row.user_staff_numbers->size() ||
           std::any_of(texts->begin(), texts->end(),
                       [](const std::string& text) { return text.empty(); });
  };
  return !row.user_staff_numbers->empty() && (lacks(row.user_names) || lacks(row.user_kana));
}

domain::Staff Merge(const domain::Staff& old, const tabular::StaffRow& row) {
  domain::Staff staff = old;
  staff.staff_number = row.staff_number;
  Take(row.name, staff.name);
  Take(row.kana, staff.kana);
  Take(row.department, staff.department);
  Take(row.title, staff.title);
  TakeName(row.role, staff.role);
  return staff;
}

domain::Staff Merge(const domain::Staff& old, const tabular::EnrolmentRow& row) {
  domain::Staff staff = old;
  TakeName<domain::EnrolmentState>(row.state, staff.enrolment);
  staff.enrolled_on = row.enrolled_on;
  return staff;
}

std::vector<v1::FieldChange> Differences(const domain::Device& old, const domain::Device& now) {
  Comparer compare;
  compare.Compare("host_name", old.host_name, now.host_name);
  compare.Compare("serial", old.serial, now.serial);
  compare.Compare("model", old.model, now.model);
  compare.Compare("os", old.os, now.os);
  compare.Compare("kind", domain::Name(old.kind), domain::Name(now.kind));
  compare.Compare("network", domain::Name(old.network), domain::Name(now.network));
  compare.Compare("department", old.department, now.department);
  compare.Compare("site", old.site, now.site);
  compare.Compare("floor", old.floor, now.floor);
  compare.Compare("users", UsersText(old.users), UsersText(now.users));
  compare.Compare("camera", domain::Name(old.camera), domain::Name(now.camera));
  compare.Compare("auth_method", domain::Name(old.auth_method), domain::Name(now.auth_method));
  compare.Compare("note", old.note, now.note);
  compare.Compare("inventoried_on", DayText(old.inventoried_on), DayText(now.inventoried_on));
  return compare.Result();
}

std::vector<v1::FieldChange> Differences(const domain::Staff& old, const domain::Staff& now) {
  Comparer compare;
  compare.Compare("name", old.name, now.name);
  compare.Compare("kana", old.kana, now.kana);
  compare.Compare("department", old.department, now.department);
  compare.Compare("title", old.title, now.title);
  compare.Compare("role", domain::Name(old.role), domain::Name(now.role));
  compare.Compare("enrolment", domain::Name(old.enrolment), domain::Name(now.enrolment));
  compare.Compare("enrolled_on", DayText(old.enrolled_on), DayText(now.enrolled_on));
  return compare.Result();
}

}  // namespace kirikae::app
