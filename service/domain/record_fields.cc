#include "service/domain/record_fields.h"

#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/labels.h"

namespace kirikae::domain {
namespace {

absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

// To the microsecond, as rows keep it: an undo compares a row with what history says it was.
std::string Text(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", absl::FromUnixMicros(absl::ToUnixMicros(time)),
                          absl::UTCTimeZone());
}

std::string Text(const std::optional<absl::Time>& time) {
  return time.has_value() ? Text(*time) : std::string();
}

std::string Text(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

template <typename Enum>
std::string Term(Enum value) {
  return std::string(Name(value));
}

template <typename Enum>
std::string Term(const std::optional<Enum>& value) {
  return value.has_value() ? Term(*value) : std::string();
}

// Nothing counted is nothing said.
std::string CountText(int64_t count) { return count == 0 ? "" : std::to_string(count); }

std::string UsersText(const std::vector<DeviceUser>& users) {
  std::string text;
  for (const DeviceUser& user : users) {
    if (!text.empty()) text += "\n";
    text += user.staff_number + "\t" + user.name + "\t" + user.kana;
  }
  return text;
}

// Takes one field's text apart; remembers whether the field was known and its text a value.
class Reader {
 public:
  Reader(std::string_view field, std::string_view text) : field_(field), text_(text) {}

  void Field(std::string_view name, std::string& value) {
    if (Is(name)) value = std::string(text_);
  }
  void Field(std::string_view name, bool& value) {
    if (Is(name)) value = text_ == "true";
  }
  void Field(std::string_view name, int64_t& value) {
    if (Is(name)) good_ = absl::SimpleAtoi(text_.empty() ? "0" : Absl(text_), &value);
  }
  void Field(std::string_view name, absl::Time& value) {
    if (!Is(name)) return;
    good_ = text_.empty() || absl::ParseTime(absl::RFC3339_full, Absl(text_), &value, nullptr);
    if (text_.empty()) value = absl::Time();
  }
  void Field(std::string_view name, std::optional<absl::Time>& value) {
    if (!Is(name)) return;
    absl::Time time;
    good_ = text_.empty() || absl::ParseTime(absl::RFC3339_full, Absl(text_), &time, nullptr);
    value = text_.empty() ? std::nullopt : std::optional(time);
  }
  void Field(std::string_view name, std::optional<absl::CivilDay>& value) {
    if (!Is(name)) return;
    absl::CivilDay day;
    good_ = text_.empty() || absl::ParseCivilTime(Absl(text_), &day);
    value = text_.empty() ? std::nullopt : std::optional(day);
  }
  template <typename Enum>
  void Enumeration(std::string_view name, Enum& value, Enum empty) {
    if (!Is(name)) return;
    const std::optional<Enum> found = text_.empty() ? empty : FromName<Enum>(text_);
    good_ = found.has_value();
    if (good_) value = *found;
  }
  template <typename Enum>
  void Enumeration(std::string_view name, std::optional<Enum>& value) {
    if (!Is(name)) return;
    value = text_.empty() ? std::nullopt : FromName<Enum>(text_);
    good_ = text_.empty() || value.has_value();
  }
  void Field(std::string_view name, std::vector<DeviceUser>& users) {
    if (!Is(name)) return;
    users.clear();
    if (text_.empty()) return;
    for (const absl::string_view line : absl::StrSplit(Absl(text_), '\n')) {
      const std::vector<std::string> parts = absl::StrSplit(line, '\t');
      good_ = good_ && parts.size() == 3;
      if (parts.size() == 3) users.push_back({parts[0], parts[1], parts[2], {}, {}});
    }
  }
  void Field(std::string_view name, std::optional<MethodException>& exception) {
    if (!Is(name)) return;
    exception = UnpackException(text_);
    good_ = text_.empty() || exception.has_value();
  }
  void Field(std::string_view name, std::map<std::string, std::string>& labels) {
    if (Is(name)) labels = UnpackLabels(text_);
  }

  absl::Status Result() const {
    if (known_ && good_) return absl::OkStatus();
    return absl::InvalidArgumentError(std::string(known_ ? "not a value of " : "no field ") +
                                      std::string(field_));
  }

 private:
  bool Is(std::string_view name) {
    if (name != field_) return false;
    known_ = true;
    return true;
  }

  const std::string_view field_;
  const std::string_view text_;
  bool known_ = false;
  bool good_ = true;
};

}  // namespace

std::string PackException(const std::optional<MethodException>& exception) {
  if (!exception.has_value()) return "";
  return Term(exception->method) + "\t" + Text(exception->from) + "\t" + Text(exception->until) +
         "\t" + exception->granted_by + "\t" + exception->reason;
}

std::optional<MethodException> UnpackException(std::string_view text) {
  const std::vector<std::string> parts = absl::StrSplit(Absl(text), absl::MaxSplits('\t', 4));
  if (parts.size() != 5) return std::nullopt;
  MethodException exception;
  const std::optional<AuthMethod> method = FromName<AuthMethod>(parts[0]);
  if (!method.has_value() ||
      !absl::ParseTime(absl::RFC3339_full, parts[1], &exception.from, nullptr) ||
      !absl::ParseTime(absl::RFC3339_full, parts[2], &exception.until, nullptr)) {
    return std::nullopt;
  }
  exception.method = *method;
  exception.granted_by = parts[3];
  exception.reason = parts[4];
  return exception;
}

Fields FieldsOf(const Device& device) {
  Fields fields;
  fields.reserve(18);
  const auto add = [&fields](const char* name, std::string text) {
    fields.emplace_back(name, std::move(text));
  };
  add("host_name", device.host_name);
  add("serial", device.serial);
  add("model", device.model);
  add("os", device.os);
  add("kind", Term(device.kind));
  add("network", Term(device.network));
  add("department", device.department);
  add("site", device.site);
  add("floor", device.floor);
  add("users", UsersText(device.users));
  add("camera", Term(device.camera));
  add("auth_method_since", Text(device.auth_method_since));
  add("auth_method", Term(device.auth_method));
  add("state", Term(device.state));
  add("labels", PackLabels(device.labels));
  add("note", device.note);
  add("inventoried_on", Text(device.inventoried_on));
  add("exception", PackException(device.exception));
  return fields;
}

Fields FieldsOf(const Staff& staff) {
  return {{"name", staff.name},
          {"kana", staff.kana},
          {"department", staff.department},
          {"title", staff.title},
          {"role", Term(staff.role)},
          {"enrolment", Term(staff.enrolment)},
          {"enrolled_on", Text(staff.enrolled_on)},
          {"consent_withheld", staff.consent_withheld}};
}

Fields FieldsOf(const Placement& placement) {
  return {{"placement.wave", std::to_string(placement.wave)},
          {"placement.phase", placement.phase},
          {"placement.day", Text(placement.day)},
          {"placement.slot", placement.slot},
          {"placement.team", placement.team},
          {"placement.cause", Term(placement.cause)},
          {"placement.method_before", Term(placement.method_before)},
          {"placement.off_schedule", placement.off_schedule ? "true" : ""},
          {"placement.until", Text(placement.until)},
          {"placement.marked_time", Text(placement.marked_time)},
          {"placement.failures", CountText(placement.failures)},
          {"placement.absences", CountText(placement.absences)},
          {"placement.state", Term(placement.state)}};
}

Fields FieldsOf(const CalendarDay& day) {
  return {{"holiday", day.holiday}, {"office", Term(day.office)}, {"reason", day.reason}};
}

absl::Status SetField(Device& device, std::string_view field, std::string_view text) {
  Reader reader(field, text);
  reader.Field("host_name", device.host_name);
  reader.Field("serial", device.serial);
  reader.Field("model", device.model);
  reader.Field("os", device.os);
  reader.Enumeration("kind", device.kind, DeviceKind::kStaffDevice);
  reader.Enumeration("network", device.network, Network::kLgwan);
  reader.Field("department", device.department);
  reader.Field("site", device.site);
  reader.Field("floor", device.floor);
  reader.Field("users", device.users);
  reader.Enumeration("camera", device.camera, Camera::kUnknown);
  reader.Field("auth_method_since", device.auth_method_since);
  reader.Enumeration("auth_method", device.auth_method, AuthMethod::kIcCardAndPassword);
  reader.Enumeration("state", device.state, DeviceState::kActive);
  reader.Field("labels", device.labels);
  reader.Field("note", device.note);
  reader.Field("inventoried_on", device.inventoried_on);
  reader.Field("exception", device.exception);
  return reader.Result();
}

absl::Status SetField(Staff& staff, std::string_view field, std::string_view text) {
  Reader reader(field, text);
  reader.Field("name", staff.name);
  reader.Field("kana", staff.kana);
  reader.Field("department", staff.department);
  reader.Field("title", staff.title);
  reader.Enumeration("role", staff.role, StaffRole::kStaff);
  reader.Enumeration("enrolment", staff.enrolment, EnrolmentState::kNone);
  reader.Field("enrolled_on", staff.enrolled_on);
  reader.Field("consent_withheld", staff.consent_withheld);
  return reader.Result();
}

absl::Status SetField(Placement& placement, std::string_view field, std::string_view text) {
  Reader reader(field, text);
  reader.Field("placement.wave", placement.wave);
  reader.Field("placement.phase", placement.phase);
  reader.Field("placement.day", placement.day);
  reader.Field("placement.slot", placement.slot);
  reader.Field("placement.team", placement.team);
  reader.Enumeration("placement.cause", placement.cause);
  reader.Enumeration("placement.method_before", placement.method_before);
  reader.Field("placement.off_schedule", placement.off_schedule);
  reader.Field("placement.until", placement.until);
  reader.Field("placement.marked_time", placement.marked_time);
  reader.Field("placement.failures", placement.failures);
  reader.Field("placement.absences", placement.absences);
  reader.Enumeration("placement.state", placement.state, PlacementState::kUnplanned);
  return reader.Result();
}

absl::Status SetField(CalendarDay& day, std::string_view field, std::string_view text) {
  Reader reader(field, text);
  reader.Field("holiday", day.holiday);
  reader.Enumeration("office", day.office);
  reader.Field("reason", day.reason);
  return reader.Result();
}

std::string FieldText(const Fields& fields, std::string_view field) {
  for (const auto& [name, text] : fields) {
    if (name == field) return text;
  }
  return "";
}

}  // namespace kirikae::domain
