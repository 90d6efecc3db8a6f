#include "service/tabular/device_users.h"

#include <string>
#include <string_view>

#include "service/tabular/cells.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

// `斎藤　恵 他`, `斎藤　恵他3名`: others share the device.
bool TakeOthers(std::string& names) {
  std::string_view rest = names;
  bool counted = false;
  if (rest.ends_with("名")) {
    rest.remove_suffix(std::string_view("名").size());
    while (!rest.empty() && rest.back() >= '0' && rest.back() <= '9') rest.remove_suffix(1);
    counted = true;
  }
  for (std::string_view others : {"他", "ほか", "外"}) {
    if (!rest.ends_with(others)) continue;
    const std::string_view name = rest.substr(0, rest.size() - others.size());
    // A name may end in these characters: without a count, a space must stand before them.
    if (name.empty() || (!counted && Trimmed(name).size() == name.size())) continue;
    names = std::string(Trimmed(name));
    return true;
  }
  return false;
}

}  // namespace

void ReadUsers(RowReader& reader, DeviceRow& row, std::vector<Problem>& problems) {
  constexpr size_t kLongest = kMostCharacters * kMostUsers;
  row.user_staff_numbers = reader.Identifiers("user_staff_numbers");
  const size_t numbers = row.user_staff_numbers ? row.user_staff_numbers->size() : 0;
  if (std::optional<std::string> names = reader.Text("user_names", kLongest)) {
    const std::string given = *names;
    row.users_abbreviated = TakeOthers(*names);
    row.user_names = SplitNames(*names, numbers);
    if (row.users_abbreviated && numbers <= row.user_names->size()) {
      problems.push_back(OthersNotNamed(reader.Header("user_names"), given));
    }
  }
  if (const std::optional<std::string> kana = reader.Text("user_kana", kLongest)) {
    row.user_kana = SplitNames(*kana, numbers);
  }
  for (const auto* const entries : {&row.user_names, &row.user_kana}) {
    for (const std::string& entry : entries->value_or(std::vector<std::string>())) {
      if (!text::IsLongerThan(entry, kMostCharacters)) continue;
      problems.push_back(TextTooLong(
          reader.Header(entries == &row.user_names ? "user_names" : "user_kana"), kMostCharacters));
    }
  }
  if (!row.user_staff_numbers || !row.user_names || row.users_abbreviated) return;
  const size_t names = row.user_names->size();
  if (numbers > 0 && names > 0 && numbers != names) {
    problems.push_back(UserCountsDiffer(reader.Header("user_names"), names, numbers));
  }
}

}  // namespace kirikae::tabular
