#include "service/tabular/enumerations.h"

#include <map>

#include "service/text/fold.h"
#include "service/text/similar.h"

namespace kirikae::tabular {
namespace {

// field → canonical value → words; the first word is the one a suggestion shows.
using Terms = std::map<std::string_view, std::map<std::string_view, std::vector<std::string>>>;

const Terms& BuiltInTerms() {
  static const Terms& terms = *new Terms{
      {"kind",
       {{"MANAGER_TERMINAL", {"管理職端末"}},
        {"STAFF_DEVICE", {"職員端末", "一般職員端末"}},
        {"SHARED_COUNTER_TERMINAL", {"窓口共用端末", "共用端末"}},
        {"SPARE", {"予備機", "予備"}}}},
      {"network",
       {{"LGWAN", {"LGWAN系", "LGWAN接続系"}},
        {"MY_NUMBER", {"個人番号利用事務系", "マイナンバー系", "マイナンバー利用事務系"}},
        {"INTERNET", {"インターネット系", "インターネット接続系", "インターネット"}}}},
      {"camera",
       {{"BUILT_IN", {"内蔵", "内蔵カメラ"}},
        {"EXTERNAL", {"外付", "外付け", "外付カメラ", "外付けカメラ"}},
        {"NONE", {"なし", "無", "無し", "カメラなし"}},
        {"BROKEN", {"故障", "故障中"}},
        {"UNKNOWN", {"不明", "未確認"}}}},
      {"auth_method",
       {{"IC_CARD_AND_PASSWORD",
         {"ICカード＋パスワード", "ICカードとパスワード", "ICカード・パスワード"}},
        {"FACE_AND_PASSWORD",
         {"顔＋パスワード", "顔認証＋パスワード", "顔とパスワード", "顔認証とパスワード"}},
        {"FACE_AND_IC_CARD",
         {"顔＋ICカード", "顔認証＋ICカード", "ICカード＋顔", "ICカード＋顔認証"}}}},
      {"role",
       {{"MANAGER", {"管理職"}},
        {"PROMOTION_OFFICER", {"情報化推進員", "推進員"}},
        {"STAFF", {"一般職員", "一般", "職員"}}}},
      {"devices", {{"FOLLOW", {"随行", "移動", "持参"}}, {"STAY", {"残置", "据置", "据え置き"}}}},
      {"state",
       {{"NONE", {"未登録"}},
        {"ENROLLED", {"登録済", "登録済み"}},
        {"FAILED", {"撮影失敗", "登録失敗", "失敗"}}}},
  };
  return terms;
}

std::string Key(std::string_view word) {
  std::string key = text::FoldSearch(word);
  std::erase_if(key, [](char c) { return c == '_' || c == '-' || c == '+' || c == '&'; });
  return key;
}

}  // namespace

std::string JapaneseWord(std::string_view field, std::string_view canonical) {
  const auto values = BuiltInTerms().find(field);
  if (values == BuiltInTerms().end()) return "";
  const auto words = values->second.find(canonical);
  return words == values->second.end() ? std::string() : words->second.front();
}

bool IsCanonicalValue(std::string_view field, std::string_view canonical) {
  const auto values = BuiltInTerms().find(field);
  return values != BuiltInTerms().end() && values->second.contains(canonical);
}

Enumeration::Enumeration(std::string_view field, const Profile& profile) {
  const auto add = [this](const std::string& word, std::string_view canonical) {
    words_.push_back(word);
    value_of_key_[Key(word)] = std::string(canonical);
  };
  const auto values = BuiltInTerms().find(field);
  if (values != BuiltInTerms().end()) {
    for (const auto& [canonical, words] : values->second) {
      for (const std::string& word : words) add(word, canonical);
    }
    for (const auto& [canonical, words] : values->second) add(std::string(canonical), canonical);
  }
  const auto own = profile.values.find(std::string(field));
  if (own == profile.values.end()) return;
  for (const auto& [canonical, words] : own->second) {
    for (const std::string& word : words) add(word, canonical);
  }
}

std::optional<std::string> Enumeration::Find(std::string_view word) {
  const auto remembered = value_of_word_.find(absl::string_view(word.data(), word.size()));
  if (remembered != value_of_word_.end()) return remembered->second;
  const auto found = value_of_key_.find(Key(word));
  if (found == value_of_key_.end()) return std::nullopt;
  // A table repeats few spellings; those of a hostile one are not worth keeping.
  if (value_of_word_.size() < 1000) value_of_word_.emplace(word, found->second);
  return found->second;
}

std::optional<std::string> Enumeration::Suggest(std::string_view word) const {
  return text::Nearest(word, words_, word.size() <= 6 ? 1 : 2);
}

bool IsSingleFactor(std::string_view word) {
  static const std::vector<std::string>& keys = *new std::vector<std::string>{
      Key("顔"),         Key("顔認証"),       Key("顔のみ"),
      Key("顔認証のみ"), Key("パスワード"),   Key("パスワードのみ"),
      Key("ICカード"),   Key("ICカードのみ"), Key("指紋"),
      Key("指紋認証"),   Key("静脈"),         Key("静脈認証"),
      Key("PIN"),        Key("暗証番号"),     Key("FACE"),
      Key("FACE_ONLY"),  Key("PASSWORD"),     Key("PASSWORD_ONLY"),
      Key("IC_CARD"),    Key("IC_CARD_ONLY"), Key("ID・パスワード"),
      Key("生体認証"),
  };
  const std::string key = Key(word);
  for (const std::string& single : keys) {
    if (key == single) return true;
  }
  return false;
}

}  // namespace kirikae::tabular
