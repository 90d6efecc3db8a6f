#include "service/app/imports/device_import.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/app/imports/merge.h"
#include "service/app/imports/row_problem.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

// Requires that `row` has a column of user numbers.
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

}  // namespace

absl::StatusOr<domain::Device> DeviceImport::Merged(const Record& old, const Row& row,
                                                    store::ReadView& view) {
  domain::Device device = old;
  device.asset_tag = row.asset_tag;
  TakeColumns(row, device);
  // A list sets the method of new devices only. A known device's method changes by marks.
  if (old.version != 0) device.auth_method = old.auth_method;
  if (row.user_staff_numbers.has_value()) {
    ASSIGN_OR_RETURN(device.users, UsersOf(row, view));
  }
  return device;
}

bool DeviceImport::NeedsLookUp(const Row& row) {
  if (!row.user_staff_numbers.has_value() || row.user_staff_numbers->empty()) return false;
  const auto lacks = [&](const std::optional<std::vector<std::string>>& texts) {
    return !texts.has_value() || texts->size() < row.user_staff_numbers->size() ||
           std::any_of(texts->begin(), texts->end(),
                       [](const std::string& text) { return text.empty(); });
  };
  return lacks(row.user_names) || lacks(row.user_kana);
}

void DeviceImport::AddNotes(const Row& row, const Record& merged, stored::ImportRow& shown) {
  const std::string stays(domain::Name(merged.auth_method));
  if (row.auth_method.value_or("").empty() || *row.auth_method == stays) return;
  AddProblem("METHOD_DIFFERS",
             Sentence("The file says $0 and the record says $1, which stays: a list changes no "
                      "known device's method. Find out which is right; a wrong record is corrected "
                      "with: kirikae device correct-method",
                      {*row.auth_method, stays}),
             shown)
      .set_warning(true);
}

store::Edit DeviceImport::ToEdit(Record record, std::optional<Record> found, absl::Time effective) {
  if (!found.has_value()) record.auth_method_since = effective;
  std::vector<store::SearchKey> keys_now = keys.KeysOf(record);
  return store::DeviceEdit{std::move(record), std::move(keys_now),
                           store::DeviceBefore{std::move(found)}};
}

}  // namespace kirikae::app
