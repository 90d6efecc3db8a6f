#include "service/domain/readiness.h"

#include <cstdint>

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "service/absl_view.h"

namespace kirikae::domain {

bool NeedsFace(AuthMethod method) { return method != AuthMethod::kIcCardAndPassword; }

namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// `Windows 11 Pro 23H2` parsed as `windows` and 11, 23, 2. A word width (64bit, x64) is not a
// version.
struct OsVersion {
  std::string family;
  std::vector<int64_t> numbers;
};

OsVersion ReadOs(std::string_view os) {
  OsVersion version;
  const std::string text = absl::AsciiStrToLower(AbslView(os));
  const size_t first = text.find_first_of("0123456789");
  version.family = std::string(absl::StripAsciiWhitespace(AbslView(text).substr(0, first)));
  for (size_t i = first; i < text.size();) {
    if (!IsDigit(text[i])) {
      ++i;
      continue;
    }
    const bool after_x = i > 0 && text[i - 1] == 'x';
    int64_t number = 0;
    for (; i < text.size() && IsDigit(text[i]); ++i) {
      number = number > 100'000'000 ? number : number * 10 + (text[i] - '0');
    }
    absl::string_view rest = AbslView(text).substr(i);
    absl::ConsumePrefix(&rest, "-");
    if (!after_x && !absl::StartsWith(rest, "bit")) version.numbers.push_back(number);
  }
  return version;
}

// Adds blockers with the day on which they end by the records.
class DatedBlockers {
 public:
  DatedBlockers(const Device& device, std::vector<Blocker>& blockers)
      : device_(device), blockers_(blockers) {}

  /// `recorded` is the day of a field; without it, the label's counts.
  void Add(Blocker blocker, const std::optional<absl::CivilDay>& recorded, const char* label) {
    blocker.clears_on = recorded;
    const auto due = device_.labels.find(label);
    if (recorded.has_value() || due == device_.labels.end()) {
      blockers_.push_back(std::move(blocker));
      return;
    }
    absl::CivilDay day;
    if (due->second.size() == 10 && absl::ParseCivilTime(due->second, &day)) {
      blocker.clears_on = day;
      blockers_.push_back(std::move(blocker));
      return;
    }
    blockers_.push_back(std::move(blocker));
    blockers_.push_back(
        {"DUE_DATE_UNREADABLE", Sentence("The label $0 says $1, which is no day; write it like "
                                         "2025-06-01.",
                                         {label, due->second})});
  }

 private:
  const Device& device_;
  std::vector<Blocker>& blockers_;
};

void AddUsers(const Device& device, std::vector<Blocker>& blockers, DatedBlockers& dated) {
  if (device.users.empty()) {
    blockers.push_back({"NO_USER", Sentence("The device has no user; say who uses it.")});
  }
  for (const DeviceUser& user : device.users) {
    Blocker blocker;
    blocker.staff_number = user.staff_number;
    blocker.staff_name = user.name;
    if (user.consent_withheld) {
      blocker.code = "CONSENT_WITHHELD";
      blocker.sentence =
          Sentence("Staff $0 withholds consent to registering a face; exempt the device.",
                   {user.staff_number});
      blockers.push_back(std::move(blocker));
      continue;
    }
    if (user.enrolment == EnrolmentState::kEnrolled) continue;
    blocker.code = "USER_NOT_ENROLLED";
    blocker.sentence =
        Sentence("Staff $0's face is not registered; have it registered.", {user.staff_number});
    blocker.awaits = Awaited::kEnrolment;
    dated.Add(std::move(blocker), user.enrolled_on, "enrolment_due");
  }
}

}  // namespace

bool IsOsVersion(std::string_view text) {
  const OsVersion version = ReadOs(text);
  return !version.family.empty() && !version.numbers.empty();
}

bool ReachesOs(std::string_view os, std::string_view minimum) {
  const OsVersion have = ReadOs(os);
  const OsVersion need = ReadOs(minimum);
  if (have.family != need.family) return false;
  for (size_t i = 0; i < need.numbers.size(); ++i) {
    if (i >= have.numbers.size()) return false;
    if (have.numbers[i] != need.numbers[i]) return have.numbers[i] > need.numbers[i];
  }
  return true;
}

std::string_view BlockerWord(std::string_view code) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"NO_CAMERA", "no camera"},       {"CAMERA_BROKEN", "camera broken"},
      {"NO_USER", "no user"},           {"USER_NOT_ENROLLED", "face not registered"},
      {"NOT_ACTIVE", "not in use"},     {"CONSENT_WITHHELD", "consent withheld"},
      {"OS_TOO_OLD", "system too old"}, {"DUE_DATE_UNREADABLE", "due date unreadable"}};
  for (const auto& [name, word] : kWords) {
    if (name == code) return word;
  }
  return code;
}

std::vector<Blocker> Blockers(const Device& device, AuthMethod to, std::string_view minimum_os) {
  std::vector<Blocker> blockers;
  DatedBlockers dated(device, blockers);
  if (device.state != DeviceState::kActive) {
    blockers.push_back(
        {"NOT_ACTIVE", Sentence("The device is not in use; restore it to active first.")});
  }
  if (!minimum_os.empty() && !ReachesOs(device.os, minimum_os)) {
    Blocker old{"OS_TOO_OLD",
                Sentence("The OS is $0, but $1 is needed; have it renewed.",
                         {device.os.empty() ? "-" : device.os, std::string(minimum_os)})};
    old.awaits = Awaited::kOs;
    dated.Add(std::move(old), std::nullopt, "os_due");
  }
  if (!NeedsFace(to)) return blockers;
  if (device.camera == Camera::kNone || device.camera == Camera::kBroken) {
    Blocker camera =
        device.camera == Camera::kNone
            ? Blocker{"NO_CAMERA", Sentence("The device has no camera; attach one.")}
            : Blocker{"CAMERA_BROKEN", Sentence("The camera is broken; have it repaired.")};
    camera.awaits = Awaited::kCamera;
    dated.Add(std::move(camera), device.camera_due_on, "camera_due");
  }
  AddUsers(device, blockers, dated);
  return blockers;
}

}  // namespace kirikae::domain
