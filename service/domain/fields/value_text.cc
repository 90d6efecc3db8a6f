#include "service/domain/fields/value_text.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "service/absl_view.h"

namespace kirikae::domain {

std::string InstantText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", absl::FromUnixMicros(absl::ToUnixMicros(time)),
                          absl::UTCTimeZone());
}

bool ReadInstant(std::string_view text, absl::Time& time) {
  absl::Time read;
  if (!absl::ParseTime(absl::RFC3339_full, AbslView(text), &read, nullptr)) return false;
  time = read;
  return true;
}

std::string DayText(absl::CivilDay day) { return absl::FormatCivilTime(day); }

bool ReadDay(std::string_view text, absl::CivilDay& day) {
  absl::CivilDay read;
  if (text.size() != 10 || !absl::ParseCivilTime(AbslView(text), &read)) return false;
  day = read;
  return true;
}

bool ReadNumber(std::string_view text, int64_t& number) {
  int64_t read = 0;
  if (!text.empty() && !absl::SimpleAtoi(AbslView(text), &read)) return false;
  number = read;
  return true;
}

std::string Digest(std::string_view bytes) {
  if (bytes.empty()) return "";
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::array<char, 33> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return std::to_string(bytes.size()) + " bytes " + hex.data();
}

std::string UsersText(const std::vector<DeviceUser>& users) {
  std::string text;
  for (const DeviceUser& user : users) {
    if (!text.empty()) text += "\n";
    text += user.staff_number + "\t" + user.name + "\t" + user.kana;
  }
  return text;
}

bool ReadUsers(std::string_view text, std::vector<DeviceUser>& users) {
  std::vector<DeviceUser> read;
  if (!text.empty()) {
    for (const absl::string_view line : absl::StrSplit(AbslView(text), '\n')) {
      const std::vector<std::string> parts = absl::StrSplit(line, '\t');
      if (parts.size() != 3) return false;
      read.push_back({parts[0], parts[1], parts[2], {}, {}});
    }
  }
  users = std::move(read);
  return true;
}

}  // namespace kirikae::domain
