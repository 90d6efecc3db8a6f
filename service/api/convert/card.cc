#include "service/api/convert/card.h"

#include "service/api/convert/records.h"
#include "service/domain/record_name.h"

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

}  // namespace

void ToProto(const app::FieldHit& hit, v1::FieldMatch* proto) {
  proto->set_field(hit.field);
  proto->set_kind(ToProto(hit.kind));
  proto->set_value(hit.value);
}

void ToProto(const app::Card& card, v1::DeviceCard* proto) {
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
  if (card.last_change.has_value()) ToProto(*card.last_change, proto->mutable_last_change());
  ToProto(card.advice, proto->mutable_advice());
}

}  // namespace kirikae::api
