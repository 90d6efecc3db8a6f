#include "service/api/convert/card.h"

#include <string>
#include <string_view>

#include "service/api/convert/records.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/record_name.h"
#include "service/domain/terms.h"

namespace kirikae::api {
namespace {

v1::MatchKind ToProto(app::MatchKind kind) {
  switch (kind) {
    case app::MatchKind::kExact:
      return v1::MATCH_KIND_EXACT;
    case app::MatchKind::kFolded:
      return v1::MATCH_KIND_FOLDED;
    case app::MatchKind::kKana:
      return v1::MATCH_KIND_KANA;
    case app::MatchKind::kVariant:
      return v1::MATCH_KIND_VARIANT;
    case app::MatchKind::kSuffix:
      return v1::MATCH_KIND_SUFFIX;
    case app::MatchKind::kPrefix:
      return v1::MATCH_KIND_PREFIX;
    case app::MatchKind::kNear:
      return v1::MATCH_KIND_NEAR;
  }
  return v1::MATCH_KIND_UNSPECIFIED;
}

using catalogue::Language;

// The word of a value by its canonical name; the name itself where the set has none.
std::string WordOf(const domain::TermSet& set, const std::string& name, Language language) {
  for (const domain::Term& term : set.terms) {
    if (term.name == name) return catalogue::InLanguage(set, term, language);
  }
  return name;
}

// The enumeration that a field's value is of; null for other fields.
const domain::TermSet* SetOf(std::string_view field) {
  if (field == "placement.state") return &domain::TermsOf<domain::PlacementState>();
  if (field == "placement.cause") return &domain::TermsOf<domain::FailureCause>();
  if (field == "auth_method") return &domain::TermsOf<domain::AuthMethod>();
  if (field == "state") return &domain::TermsOf<domain::DeviceState>();
  if (field == "kind") return &domain::TermsOf<domain::DeviceKind>();
  if (field == "network") return &domain::TermsOf<domain::Network>();
  if (field == "camera") return &domain::TermsOf<domain::Camera>();
  return nullptr;
}

// What people call the field.
std::string LabelOf(std::string_view field, Language language) {
  if (field == "exists") {
    return catalogue::InLanguage(domain::Sentence("entered into the inventory"), language);
  }
  constexpr std::string_view kPlacement = "placement.";
  if (field.starts_with(kPlacement)) field.remove_prefix(kPlacement.size());
  for (const domain::TermSet& set : domain::FieldLabels()) {
    if (set.name != "Device") continue;
    for (const domain::Term& term : set.terms) {
      if (term.name == field) return catalogue::InLanguage(set, term, language);
    }
  }
  return std::string(field);
}

std::string LocalTime(absl::Time time, const absl::TimeZone& zone) {
  return absl::FormatTime("%Y-%m-%d %H:%M", time, zone);
}

// The value as people read it: words for codes, the ward's time, names of users.
std::string ValueOf(const app::Card& card, const absl::TimeZone& zone, Language language) {
  const domain::Change& change = card.last_change->change;
  const std::string& value = change.new_value;
  if (change.field == "exists") return "";
  if (value.empty()) return "-";
  if (const domain::TermSet* const set = SetOf(change.field)) return WordOf(*set, value, language);
  if (change.field == "users") {
    std::string names;
    for (const domain::DeviceUser& user : card.device.users) {
      names += (names.empty() ? "" : ", ") + user.name;
    }
    return names;
  }
  absl::Time time;
  const bool is_instant = value.size() > 10 && value[10] == 'T' &&
                          absl::ParseTime(absl::RFC3339_full, value, &time, nullptr);
  return is_instant ? LocalTime(time, zone) : value;
}

std::string LastChange(const app::Card& card, const absl::TimeZone& zone, Language language) {
  const domain::HistoryEntry& entry = *card.last_change;
  std::string text = LocalTime(entry.change_set.recorded_time, zone) + " " +
                     entry.change_set.actor + ": " + LabelOf(entry.change.field, language);
  const std::string value = ValueOf(card, zone, language);
  if (!value.empty()) text += " → " + value;
  return text;
}

}  // namespace

void ToProto(const app::FieldHit& hit, v1::FieldMatch* proto) {
  proto->set_field(hit.field);
  proto->set_kind(ToProto(hit.kind));
  proto->set_value(hit.value);
}

void ToProto(const app::Card& card, const absl::TimeZone& zone, v1::DeviceCard* proto) {
  ToProto(card.device, proto->mutable_device(), card.now);
  proto->set_effective_method(static_cast<v1::AuthMethod>(card.effective_method));
  proto->set_since(FormatInstant(card.since));
  if (card.live.has_value()) {
    proto->set_rollout(domain::RolloutName(card.live->placement.rollout));
    proto->set_placement_state(static_cast<v1::PlacementState>(card.live->placement.state));
  }
  if (card.planned_method.has_value()) {
    proto->set_planned_method(static_cast<v1::AuthMethod>(*card.planned_method));
  }
  if (card.planned_day.has_value()) {
    proto->set_planned_day(absl::FormatCivilTime(*card.planned_day));
    proto->set_planned_slot(card.planned_slot);
  }
  for (const domain::Blocker& blocker : card.blockers) ToProto(blocker, proto->add_blockers());
  if (card.last_change.has_value()) {
    ToProto(*card.last_change, proto->mutable_last_change());
    auto* const text = proto->mutable_last_change_text();
    text->set_en(LastChange(card, zone, Language::kEnglish));
    text->set_ja(LastChange(card, zone, Language::kJapanese));
  }
  if (card.state.has_value()) ToProto(*card.state, proto->mutable_state_text());
  proto->set_overdue(card.overdue);
  proto->set_reason(card.reason);
  if (card.live.has_value() && card.live->placement.until.has_value() &&
      card.live->placement.state == domain::PlacementState::kDeferred) {
    proto->set_deferred_until(absl::FormatCivilTime(*card.live->placement.until));
  }
  if (card.live.has_value() && card.live->placement.cause.has_value() &&
      card.live->placement.state == domain::PlacementState::kFailed) {
    proto->set_cause(static_cast<v1::FailureCause>(*card.live->placement.cause));
  }
  ToProto(card.advice, proto->mutable_advice());
}

void ToProto(const app::PersonHit& hit, v1::LookupPerson* proto) {
  ToProto(hit.staff, proto->mutable_staff());
  for (const app::FieldHit& field : hit.fields) ToProto(field, proto->add_fields());
  proto->set_device_count(static_cast<int>(hit.devices));
  for (const std::string& tag : hit.tags) proto->add_asset_tags(tag);
}

void ToProto(const app::KnownDepartment& department, v1::LookupDepartment* proto) {
  proto->set_department(department.path);
  proto->set_kind(department.whole ? v1::MATCH_KIND_FOLDED : v1::MATCH_KIND_PREFIX);
  proto->set_device_count(static_cast<int>(department.devices));
  proto->set_staff_count(static_cast<int>(department.staff));
  for (const std::string& tag : department.tags) proto->add_asset_tags(tag);
}

}  // namespace kirikae::api
