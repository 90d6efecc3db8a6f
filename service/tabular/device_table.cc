#include "service/tabular/device_table.h"

#include "absl/strings/str_join.h"
#include "service/tabular/enumerations.h"
#include "service/text/era.h"

namespace kirikae::tabular {
namespace {

std::string Joined(const std::optional<std::vector<std::string>>& texts) {
  return texts.has_value() ? absl::StrJoin(*texts, ";") : std::string();
}

std::string Word(std::string_view field, const std::optional<std::string>& canonical) {
  return canonical.has_value() ? JapaneseWord(field, *canonical) : std::string();
}

}  // namespace

std::vector<std::string> DeviceHeader() {
  return {"資産管理番号",   "ホスト名",   "シリアル番号", "機種",     "OS",
          "設置場所",       "階",         "所属",         "端末区分", "ネットワーク区分",
          "使用者職員番号", "使用者氏名", "使用者カナ",   "カメラ",   "認証方式",
          "最終棚卸日",     "備考"};
}

std::vector<std::string> DeviceCells(const DeviceRow& row) {
  const bool dated = row.inventoried_on.has_value() && row.inventoried_on->has_value();
  return {row.asset_tag,
          row.host_name.value_or(""),
          row.serial.value_or(""),
          row.model.value_or(""),
          row.os.value_or(""),
          row.site.value_or(""),
          row.floor.value_or(""),
          row.department.value_or(""),
          Word("kind", row.kind),
          Word("network", row.network),
          Joined(row.user_staff_numbers),
          Joined(row.user_names),
          Joined(row.user_kana),
          Word("camera", row.camera),
          Word("auth_method", row.auth_method),
          dated ? text::IsoDate(**row.inventoried_on) : std::string(),
          row.note.value_or("")};
}

}  // namespace kirikae::tabular
