#include "service/api/convert/records.h"

#include <string>

#include "absl/time/time.h"
#include "service/api/convert/plain_fields.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/record_name.h"

namespace kirikae::api {

std::string FormatInstant(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E*SZ", time, absl::UTCTimeZone());
}

void ToProto(const domain::Device& device, v1::Device* proto, absl::Time now) {
  proto->set_name(domain::DeviceName(device.asset_tag));
  proto->set_asset_tag(device.asset_tag);
  SetPlainFields(device, *proto);
  for (const domain::DeviceUser& user : device.users) {
    auto* const row = proto->add_users();
    row->set_staff_number(user.staff_number);
    row->set_name(user.name);
    row->set_kana(user.kana);
    if (user.role.has_value()) row->set_role(static_cast<v1::StaffRole>(*user.role));
    if (user.enrolment.has_value()) {
      row->set_enrolment(static_cast<v1::EnrolmentState>(*user.enrolment));
    }
    row->set_consent_withheld(user.consent_withheld);
  }
  for (const auto& [key, value] : device.labels) (*proto->mutable_labels())[key] = value;
  proto->set_etag(std::to_string(device.version));
  proto->set_effective_method(static_cast<v1::AuthMethod>(device.EffectiveMethod(now)));
  if (device.exception.has_value() && now < device.exception->until) {
    auto* const exception = proto->mutable_exception();
    exception->set_method(static_cast<v1::AuthMethod>(device.exception->method));
    exception->set_from(FormatInstant(device.exception->from));
    exception->set_until(FormatInstant(device.exception->until));
    exception->set_granted_by(device.exception->granted_by);
    exception->set_reason(device.exception->reason);
  }
}

void ToProto(const domain::Staff& staff, v1::Staff* proto) {
  proto->set_name(domain::StaffName(staff.staff_number));
  proto->set_staff_number(staff.staff_number);
  SetPlainFields(staff, *proto);
  proto->set_etag(std::to_string(staff.version));
}

void ToProto(const domain::HistoryEntry& entry, v1::HistoryEntry* proto) {
  proto->set_change_set(domain::ChangeSetName(entry.change_set.id));
  proto->set_actor(entry.change_set.actor);
  proto->set_reason(entry.change_set.reason);
  proto->set_effective_time(FormatInstant(entry.change_set.effective_time));
  proto->set_recorded_time(FormatInstant(entry.change_set.recorded_time));
  proto->set_field(entry.change.field);
  proto->set_old_value(entry.change.old_value);
  proto->set_new_value(entry.change.new_value);
  if (entry.change_set.undone_by != 0) {
    proto->set_undone_by(domain::ChangeSetName(entry.change_set.undone_by));
  }
}

void ToProto(const domain::Blocker& blocker, v1::Blocker* proto) {
  proto->set_code(blocker.code);
  ToProto(blocker.sentence, proto->mutable_text());
  if (blocker.clears_on.has_value()) {
    proto->set_clears_on(absl::FormatCivilTime(*blocker.clears_on));
  }
}

void ToProto(const domain::Sentence& sentence, v1::LocalizedText* proto) {
  proto->set_en(sentence.English());
  proto->set_ja(catalogue::Japanese(sentence));
}

}  // namespace kirikae::api
