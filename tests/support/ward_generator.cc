#include "tests/support/ward_generator.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "service/text/encoding.h"
#include "service/text/utf8.h"
#include "tests/support/ward_names.h"

namespace kirikae::testing {
namespace {

constexpr size_t kMaxDevices = 1'000'000;

// `text` as UTF-16LE with a byte order mark, as spreadsheets save "Unicode text".
std::string Utf16Le(std::string_view text) {
  std::string out("\xFF\xFE");
  const auto append = [&out](char32_t unit) {
    out.push_back(static_cast<char>(unit & 0xFF));
    out.push_back(static_cast<char>(unit >> 8));
  };
  for (size_t i = 0; i < text.size();) {
    const char32_t c = text::NextCodePoint(text, &i);
    if (c > 0xFFFF) {
      append(0xD800 + ((c - 0x10000) >> 10));
      append(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      append(c);
    }
  }
  return out;
}

// SplitMix64's step (Steele, Lea, Flood 2014). The standard library's distributions differ between
// implementations; these files must not.
class Dice {
 public:
  explicit Dice(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15u;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }

  size_t Below(size_t limit) { return static_cast<size_t>(Next() % limit); }
  bool Percent(size_t percent) { return Below(100) < percent; }

  template <typename T>
  const T& OneOf(std::span<const T> all) {
    return all[Below(all.size())];
  }

 private:
  uint64_t state_;
};

struct Person {
  std::string number;
  std::string name;  // 氏　名
  std::string kana;
  const Section* section = nullptr;
  std::string title;
  std::string_view role;
};

struct Device {
  std::string_view kind;
  std::vector<size_t> users;  // indices of people
};

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

// Katakana in half width, as old terminals print it.
std::string HalfWidthKana(std::string_view kana) {
  static const std::map<std::string_view, std::string_view> kHalf = {
      {"ア", "ｱ"},  {"イ", "ｲ"},  {"ウ", "ｳ"},  {"エ", "ｴ"},  {"オ", "ｵ"},  {"カ", "ｶ"},
      {"キ", "ｷ"},  {"ク", "ｸ"},  {"ケ", "ｹ"},  {"コ", "ｺ"},  {"サ", "ｻ"},  {"シ", "ｼ"},
      {"ス", "ｽ"},  {"セ", "ｾ"},  {"ソ", "ｿ"},  {"タ", "ﾀ"},  {"チ", "ﾁ"},  {"ツ", "ﾂ"},
      {"テ", "ﾃ"},  {"ト", "ﾄ"},  {"ナ", "ﾅ"},  {"ニ", "ﾆ"},  {"ヌ", "ﾇ"},  {"ネ", "ﾈ"},
      {"ノ", "ﾉ"},  {"ハ", "ﾊ"},  {"ヒ", "ﾋ"},  {"フ", "ﾌ"},  {"ヘ", "ﾍ"},  {"ホ", "ﾎ"},
      {"マ", "ﾏ"},  {"ミ", "ﾐ"},  {"ム", "ﾑ"},  {"メ", "ﾒ"},  {"モ", "ﾓ"},  {"ヤ", "ﾔ"},
      {"ユ", "ﾕ"},  {"ヨ", "ﾖ"},  {"ラ", "ﾗ"},  {"リ", "ﾘ"},  {"ル", "ﾙ"},  {"レ", "ﾚ"},
      {"ロ", "ﾛ"},  {"ワ", "ﾜ"},  {"ヲ", "ｦ"},  {"ン", "ﾝ"},  {"ッ", "ｯ"},  {"ャ", "ｬ"},
      {"ュ", "ｭ"},  {"ョ", "ｮ"},  {"ー", "ｰ"},  {"ガ", "ｶﾞ"}, {"ギ", "ｷﾞ"}, {"グ", "ｸﾞ"},
      {"ゲ", "ｹﾞ"}, {"ゴ", "ｺﾞ"}, {"ザ", "ｻﾞ"}, {"ジ", "ｼﾞ"}, {"ズ", "ｽﾞ"}, {"ゼ", "ｾﾞ"},
      {"ゾ", "ｿﾞ"}, {"ダ", "ﾀﾞ"}, {"ヂ", "ﾁﾞ"}, {"ヅ", "ﾂﾞ"}, {"デ", "ﾃﾞ"}, {"ド", "ﾄﾞ"},
      {"バ", "ﾊﾞ"}, {"ビ", "ﾋﾞ"}, {"ブ", "ﾌﾞ"}, {"ベ", "ﾍﾞ"}, {"ボ", "ﾎﾞ"}, {"パ", "ﾊﾟ"},
      {"ピ", "ﾋﾟ"}, {"プ", "ﾌﾟ"}, {"ペ", "ﾍﾟ"}, {"ポ", "ﾎﾟ"},
  };
  std::string out;
  for (size_t i = 0; i < kana.size();) {
    const size_t length = static_cast<unsigned char>(kana[i]) < 0x80 ? 1 : 3;
    const std::string_view one = kana.substr(i, length);
    const auto half = kHalf.find(one);
    out += half == kHalf.end() ? one : half->second;
    i += length;
  }
  return out;
}

std::string FullWidth(std::string_view ascii) {
  std::string out;
  for (char c : ascii) {
    // U+FF01 to U+FF5E mirror 0x21 to 0x7E.
    const unsigned code_point = 0xFF01u + static_cast<unsigned>(c - '!');
    out.push_back(static_cast<char>(0xE0 | (code_point >> 12)));
    out.push_back(static_cast<char>(0x80 | ((code_point >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (code_point & 0x3F)));
  }
  return out;
}

// The ward's people and who has which device.
class Ward {
 public:
  Ward(size_t devices, uint64_t seed) : wanted_(devices), dice_(seed) {
    HeadsOfDivisions();
    for (const Section& section : Sections()) SectionStaff(section);
    while (devices_.size() < wanted_) {
      const Section& section = Sections()[dice_.Below(Sections().size())];
      Give("職員端末", {Hire(section, OtherTitle(), "一般職員")});
    }
  }

  WardFiles Files() {
    WardFiles files;
    files.devices_csv = DevicesCsv();
    files.staff_tsv = StaffTsv();
    files.enrolments_csv = EnrolmentsCsv();
    files.truth_json = Truth();
    return files;
  }

 private:
  // Staff lists have gaps where people have left.
  size_t Hire(const Section& section, std::string title, std::string_view role) {
    number_ += 1 + dice_.Below(7);
    const NamePart& family = dice_.OneOf(FamilyNames());
    const NamePart& given = dice_.OneOf(GivenNames());
    people_.push_back({.number = absl::StrFormat("%07d", number_),
                       .name = absl::StrCat(Absl(family.written), "　", Absl(given.written)),
                       .kana = absl::StrCat(Absl(family.kana), " ", Absl(given.kana)),
                       .section = &section,
                       .title = std::move(title),
                       .role = role});
    return people_.size() - 1;
  }

  void Give(std::string_view kind, std::vector<size_t> users) {
    if (devices_.size() < wanted_) devices_.push_back({kind, std::move(users)});
  }

  std::string OtherTitle() {
    constexpr std::string_view kTitles[] = {"主事", "係長", "主任", "会計年度任用職員"};
    return std::string(dice_.OneOf(std::span<const std::string_view>(kTitles)));
  }

  void HeadsOfDivisions() {
    std::string_view division;
    for (const Section& section : Sections()) {
      if (section.division == division) continue;
      if (devices_.size() == wanted_) return;
      division = section.division;
      const bool office =
          division.ends_with("室") || division.ends_with("部") || division.ends_with("局");
      Give("管理職端末",
           {Hire(section, absl::StrCat(Absl(division), office ? "長" : ""), "管理職")});
    }
  }

  void SectionStaff(const Section& section) {
    constexpr std::string_view kTitles[] = {"係長", "主任", "主査"};
    if (devices_.size() == wanted_) return;
    Give("管理職端末", {Hire(section, std::string(section.head_title), "管理職")});
    for (int i = 0; i < 2 && devices_.size() < wanted_; ++i) {
      const std::string title(dice_.OneOf(std::span<const std::string_view>(kTitles)));
      Give("職員端末", {Hire(section, title, "情報化推進員")});
    }
    if (section.counter && devices_.size() < wanted_) Counter(section);
  }

  // One group of people shares a counter's terminals.
  void Counter(const Section& section) {
    size_t counters = 0;
    size_t before = 0;
    for (const Section& each : Sections()) {
      if (&each < &section) before += each.counter;
      counters += each.counter;
    }
    const size_t all = std::max<size_t>(1, (wanted_ * 46 + 350) / 700);
    const size_t terminals = all * (before + 1) / counters - all * before / counters;
    for (size_t done = 0; done < terminals;) {
      std::vector<size_t> group;
      const size_t people = 4 + dice_.Below(4);
      for (size_t i = 0; i < people; ++i) group.push_back(Hire(section, "主事", "一般職員"));
      for (size_t i = 0; i < 5 && done < terminals; ++i, ++done) Give("窓口共用端末", group);
    }
  }

  std::string Camera(size_t index) {
    // A shared counter terminal without a camera blocks all its users, so there are few of them.
    const bool counter = devices_[index].kind == "窓口共用端末";
    const size_t roll = dice_.Below(1000);
    if (roll < (counter ? 45u : 68u)) return "なし";
    return roll < 145 ? "外付" : "内蔵";
  }

  std::string InventoryDate() {
    const size_t month = 4 + dice_.Below(6);
    const size_t day = 1 + dice_.Below(28);
    if (dice_.Percent(69)) return absl::StrCat("令和6年", month, "月", day, "日");
    return absl::StrCat("2024/", month, "/", day);
  }

  std::string Remark() {
    constexpr std::string_view kRemarks[] = {"貸出中", "ﾓﾆﾀ2台", "ドッキングステーション有",
                                             "\"更新予定\n(令和8年度)\"", "10:00～16:00のみ立会可"};
    if (dice_.Percent(45)) return "";
    return std::string(dice_.OneOf(std::span<const std::string_view>(kRemarks)));
  }

  std::string DeviceLine(size_t index) {
    constexpr std::string_view kModels[] = {"LIFEBOOK U93", "ThinkPad L13", "VersaPro VKT",
                                            "Latitude 5340"};
    const Device& device = devices_[index];
    const Person& user = people_[device.users.front()];
    const Section& section = *user.section;
    const bool counter = device.kind == "窓口共用端末";
    std::vector<std::string> numbers;
    for (size_t person : device.users) numbers.push_back(people_[person].number);
    std::string host = absl::StrFormat("TSMPC%05d", index + 1);
    if (dice_.Percent(4)) host = FullWidth(host);
    const size_t floor = section.site == "本庁舎" ? 3 + dice_.Below(7) : 1 + dice_.Below(2);
    const std::string serial = absl::StrFormat("%08X", dice_.Next() & 0xFFFFFFFFu);
    const std::string_view model = dice_.OneOf(std::span<const std::string_view>(kModels));
    const std::string_view system = dice_.Percent(30) ? "Windows 10 Pro" : "Windows 11 Pro";
    const std::string kana = dice_.Percent(20) ? HalfWidthKana(user.kana) : user.kana;
    const std::string camera = Camera(index);
    if (camera == "なし") ++no_camera_;
    const std::string inventoried = InventoryDate();
    const std::string remark = Remark();
    return absl::StrCat(absl::StrFormat("TSM-%05d,", index + 1), host, ",", serial, ",",
                        Absl(model), ",", Absl(system), ",", Absl(section.site), ",", floor, "階,",
                        Absl(section.division), ",", Absl(section.section), ",", Absl(device.kind),
                        ",", counter ? "個人番号利用事務系" : "LGWAN系", ",",
                        absl::StrJoin(numbers, ";"), ",", user.name, counter ? " 他" : "", ",",
                        kana, ",", user.title, ",", camera, ",ICカード＋パスワード,", inventoried,
                        ",", remark, "\r\n");
  }

  std::string DevicesCsv() {
    std::string text =
        "資産管理番号,ホスト名,シリアル番号,機種,OS,設置場所,階,部,課,端末区分,ネットワーク区分,"
        "使用者職員番号,使用者氏名,使用者カナ,役職,カメラ,認証方式,最終棚卸日,備考\r\n";
    for (size_t i = 0; i < devices_.size(); ++i) text += DeviceLine(i);
    std::vector<text::WrittenAs> lost;
    return text::EncodeCp932(text, &lost);
  }

  std::string StaffTsv() {
    std::string text = "職員番号\t氏名\tフリガナ\t部\t課\t役職\t区分\r\n";
    for (const Person& person : people_) {
      absl::StrAppend(&text, person.number, "\t", person.name, "\t", person.kana, "\t",
                      Absl(person.section->division), "\t", Absl(person.section->section), "\t",
                      person.title, "\t", Absl(person.role), "\r\n");
    }
    return Utf16Le(text);
  }

  // Nine of ten persons are registered; of the others, some failed and some never came.
  std::string EnrolmentsCsv() {
    std::string text = "職員番号,顔登録日,登録状態\r\n";
    for (const Person& person : people_) {
      const size_t roll = dice_.Below(1000);
      if (roll < 902) {
        ++enrolled_;
        absl::StrAppendFormat(&text, "%s,2025-04-%02d,登録済\r\n", person.number,
                              1 + dice_.Below(28));
      } else if (roll < 944) {
        absl::StrAppend(&text, person.number, ",,撮影失敗\r\n");
      }
    }
    return text::EncodeUtf8WithMark(text);
  }

  std::string Truth() const {
    constexpr std::string_view kKinds[] = {"管理職端末", "職員端末", "窓口共用端末"};
    std::string out = absl::StrCat("{\n \"devices\": ", devices_.size(),
                                   ",\n \"staff\": ", people_.size(), ",\n \"kinds\": {\n");
    for (std::string_view kind : kKinds) {
      const auto count = std::count_if(devices_.begin(), devices_.end(),
                                       [kind](const Device& d) { return d.kind == kind; });
      absl::StrAppend(&out, "  \"", Absl(kind), "\": ", count, kind == kKinds[2] ? "\n" : ",\n");
    }
    absl::StrAppend(&out, " },\n \"no_camera\": ", no_camera_, ",\n \"by_name\": {\n");
    const size_t named = std::min<size_t>(40, devices_.size());
    for (size_t i = 0; i < named; ++i) {
      absl::StrAppendFormat(&out, "  \"TSM-%05d\": [\n   \"%s\"\n  ]%s\n", i + 1,
                            people_[devices_[i].users.front()].name, i + 1 < named ? "," : "");
    }
    absl::StrAppend(&out, " },\n \"enrolled\": ", enrolled_, "\n}\n");
    return out;
  }

  const size_t wanted_;
  Dice dice_;
  size_t number_ = 100000;
  std::vector<Person> people_;
  std::vector<Device> devices_;
  size_t no_camera_ = 0;
  size_t enrolled_ = 0;
};

absl::Status WriteFile(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return absl::UnavailableError(absl::StrCat("cannot write ", path.string()));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<WardFiles> MakeWard(size_t devices, uint64_t seed) {
  if (devices < 1 || devices > kMaxDevices) {
    return absl::InvalidArgumentError(
        absl::StrCat("a ward has 1 to ", kMaxDevices, " devices, not ", devices));
  }
  return Ward(devices, seed).Files();
}

absl::Status WriteWard(const WardFiles& files, const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return absl::UnavailableError(absl::StrCat("cannot make ", directory));
  const std::filesystem::path to = directory;
  const std::pair<std::string_view, const std::string*> all[] = {
      {"devices.csv", &files.devices_csv},
      {"staff.tsv", &files.staff_tsv},
      {"enrolments.csv", &files.enrolments_csv},
      {"truth.json", &files.truth_json}};
  for (const auto& [name, bytes] : all) {
    if (absl::Status written = WriteFile(to / name, *bytes); !written.ok()) return written;
  }
  return absl::OkStatus();
}

}  // namespace kirikae::testing
