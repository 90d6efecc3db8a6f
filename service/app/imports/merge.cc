#include "service/app/imports/merge.h"

#include <utility>

namespace kirikae::app {
namespace {

// The users' names with their numbers; with their kana too if `with_kana`, for when only the kana
// differ.
std::string UsersText(const std::vector<domain::DeviceUser>& users, bool with_kana) {
  std::string text;
  for (const domain::DeviceUser& user : users) {
    if (!text.empty()) text += "; ";
    text += user.staff_number + " " + user.name;
    if (with_kana) text += " (" + user.kana + ")";
  }
  return text;
}

// The text of users in the history has tabs and line breaks, so the preview shows another text.
void ShowUsers(const domain::Device& old, const domain::Device& now, stored::ImportChange& change) {
  const bool with_kana = UsersText(old.users, false) == UsersText(now.users, false);
  change.set_old_value(UsersText(old.users, with_kana));
  change.set_new_value(UsersText(now.users, with_kana));
}

void ShowUsers(const domain::Staff&, const domain::Staff&, stored::ImportChange&) {}

template <typename Record>
std::vector<stored::ImportChange> Compare(const Record& old, const Record& now) {
  std::vector<stored::ImportChange> changes;
  for (const domain::Field<Record>& field : domain::FieldTable<Record>()) {
    if (!field.Is(domain::kImported)) continue;
    std::string old_value = field.get(old);
    std::string new_value = field.get(now);
    if (old_value == new_value) continue;
    stored::ImportChange& change = changes.emplace_back();
    change.set_field(std::string(field.name));
    change.set_old_value(std::move(old_value));
    change.set_new_value(std::move(new_value));
    if (field.kind == domain::ValueKind::kUsers) ShowUsers(old, now, change);
  }
  return changes;
}

}  // namespace

std::vector<stored::ImportChange> Differences(const domain::Device& old,
                                              const domain::Device& now) {
  return Compare(old, now);
}

std::vector<stored::ImportChange> Differences(const domain::Staff& old, const domain::Staff& now) {
  return Compare(old, now);
}

}  // namespace kirikae::app
