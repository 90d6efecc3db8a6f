#include "service/app/imports/kept_row.h"

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"

namespace kirikae::app {
namespace {

using Day = std::optional<absl::CivilDay>;

std::string DayText(const Day& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : std::string();
}

bool ReadDay(const std::string& text, Day& day) {
  absl::CivilDay read;
  if (!text.empty() && !absl::ParseCivilTime(text, &read)) return false;
  day = text.empty() ? std::nullopt : Day(read);
  return true;
}

void SetTexts(const std::vector<std::string>& texts, stored::Texts& stored) {
  stored.mutable_text()->Assign(texts.begin(), texts.end());
}

std::vector<std::string> TextsOf(const stored::Texts& stored) {
  return {stored.text().begin(), stored.text().end()};
}

absl::Status Unreadable() {
  return absl::DataLossError("a stored import preview lacks what its file gave");
}

}  // namespace

void SetGiven(const tabular::DeviceRow& row, stored::ImportPartRow& stored) {
  stored::GivenDevice& device = *stored.mutable_device();
  if (row.host_name.has_value()) device.set_host_name(*row.host_name);
  if (row.serial.has_value()) device.set_serial(*row.serial);
  if (row.model.has_value()) device.set_model(*row.model);
  if (row.os.has_value()) device.set_os(*row.os);
  if (row.site.has_value()) device.set_site(*row.site);
  if (row.floor.has_value()) device.set_floor(*row.floor);
  if (row.department.has_value()) device.set_department(*row.department);
  if (row.kind.has_value()) device.set_kind(*row.kind);
  if (row.network.has_value()) device.set_network(*row.network);
  if (row.camera.has_value()) device.set_camera(*row.camera);
  if (row.auth_method.has_value()) device.set_auth_method(*row.auth_method);
  if (row.inventoried_on.has_value()) device.set_inventoried_on(DayText(*row.inventoried_on));
  if (row.note.has_value()) device.set_note(*row.note);
  if (row.user_staff_numbers.has_value()) {
    SetTexts(*row.user_staff_numbers, *device.mutable_user_staff_numbers());
  }
  if (row.user_names.has_value()) SetTexts(*row.user_names, *device.mutable_user_names());
  if (row.user_kana.has_value()) SetTexts(*row.user_kana, *device.mutable_user_kana());
}

void SetGiven(const tabular::StaffRow& row, stored::ImportPartRow& stored) {
  stored::GivenStaff& staff = *stored.mutable_staff();
  if (row.name.has_value()) staff.set_name(*row.name);
  if (row.kana.has_value()) staff.set_kana(*row.kana);
  if (row.department.has_value()) staff.set_department(*row.department);
  if (row.title.has_value()) staff.set_title(*row.title);
  if (row.role.has_value()) staff.set_role(*row.role);
  if (row.devices.has_value()) staff.set_devices(*row.devices);
}

void SetGiven(const tabular::EnrolmentRow& row, stored::ImportPartRow& stored) {
  stored.mutable_enrolment()->set_state(row.state);
  stored.mutable_enrolment()->set_enrolled_on(DayText(row.enrolled_on));
}

absl::Status GetGiven(const stored::ImportPartRow& stored, tabular::DeviceRow& row) {
  if (!stored.has_device()) return Unreadable();
  const stored::GivenDevice& device = stored.device();
  row.asset_tag = stored.shown().key();
  if (device.has_host_name()) row.host_name = device.host_name();
  if (device.has_serial()) row.serial = device.serial();
  if (device.has_model()) row.model = device.model();
  if (device.has_os()) row.os = device.os();
  if (device.has_site()) row.site = device.site();
  if (device.has_floor()) row.floor = device.floor();
  if (device.has_department()) row.department = device.department();
  if (device.has_kind()) row.kind = device.kind();
  if (device.has_network()) row.network = device.network();
  if (device.has_camera()) row.camera = device.camera();
  if (device.has_auth_method()) row.auth_method = device.auth_method();
  if (device.has_note()) row.note = device.note();
  if (device.has_user_staff_numbers()) {
    row.user_staff_numbers = TextsOf(device.user_staff_numbers());
  }
  if (device.has_user_names()) row.user_names = TextsOf(device.user_names());
  if (device.has_user_kana()) row.user_kana = TextsOf(device.user_kana());
  if (!device.has_inventoried_on()) return absl::OkStatus();
  return ReadDay(device.inventoried_on(), row.inventoried_on.emplace()) ? absl::OkStatus()
                                                                        : Unreadable();
}

absl::Status GetGiven(const stored::ImportPartRow& stored, tabular::StaffRow& row) {
  if (!stored.has_staff()) return Unreadable();
  const stored::GivenStaff& staff = stored.staff();
  row.staff_number = stored.shown().key();
  if (staff.has_name()) row.name = staff.name();
  if (staff.has_kana()) row.kana = staff.kana();
  if (staff.has_department()) row.department = staff.department();
  if (staff.has_title()) row.title = staff.title();
  if (staff.has_role()) row.role = staff.role();
  if (staff.has_devices()) row.devices = staff.devices();
  return absl::OkStatus();
}

absl::Status GetGiven(const stored::ImportPartRow& stored, tabular::EnrolmentRow& row) {
  if (!stored.has_enrolment()) return Unreadable();
  row.staff_number = stored.shown().key();
  row.state = stored.enrolment().state();
  return ReadDay(stored.enrolment().enrolled_on(), row.enrolled_on) ? absl::OkStatus()
                                                                    : Unreadable();
}

}  // namespace kirikae::app
