#include "client/cli/terms.h"

#include "absl/time/time.h"
#include "client/cli/catalogue.h"

namespace kirikae::cli {

std::string Term(v1::AuthMethod method) {
  switch (method) {
    case v1::AUTH_METHOD_IC_CARD_AND_PASSWORD:
      return Tr("IC card + password");
    case v1::AUTH_METHOD_FACE_AND_PASSWORD:
      return Tr("face + password");
    case v1::AUTH_METHOD_FACE_AND_IC_CARD:
      return Tr("face + IC card");
    default:
      return "";
  }
}

std::string Term(v1::DeviceKind kind) {
  switch (kind) {
    case v1::DEVICE_KIND_MANAGER_TERMINAL:
      return Tr("manager terminal");
    case v1::DEVICE_KIND_STAFF_DEVICE:
      return Tr("staff device");
    case v1::DEVICE_KIND_SHARED_COUNTER_TERMINAL:
      return Tr("shared counter terminal");
    case v1::DEVICE_KIND_SPARE:
      return Tr("spare");
    default:
      return "";
  }
}

std::string Term(v1::PlacementState state) {
  switch (state) {
    case v1::PLACEMENT_STATE_UNPLANNED:
      return Tr("not planned");
    case v1::PLACEMENT_STATE_PLANNED:
      return Tr("planned");
    case v1::PLACEMENT_STATE_DUE:
      return Tr("due");
    case v1::PLACEMENT_STATE_MIGRATED:
      return Tr("migrated");
    case v1::PLACEMENT_STATE_VERIFIED:
      return Tr("verified");
    case v1::PLACEMENT_STATE_FAILED:
      return Tr("failed");
    case v1::PLACEMENT_STATE_ROLLED_BACK:
      return Tr("rolled back");
    case v1::PLACEMENT_STATE_DEFERRED:
      return Tr("deferred");
    case v1::PLACEMENT_STATE_EXEMPT:
      return Tr("exempt");
    default:
      return "";
  }
}

std::string Term(v1::MatchKind kind) {
  switch (kind) {
    case v1::MATCH_KIND_EXACT:
      return Tr("exact");
    case v1::MATCH_KIND_FOLDED:
      return Tr("other width or case");
    case v1::MATCH_KIND_PREFIX:
      return Tr("beginning");
    case v1::MATCH_KIND_SUFFIX:
      return Tr("end");
    case v1::MATCH_KIND_KANA:
      return Tr("kana");
    case v1::MATCH_KIND_VARIANT:
      return Tr("variant kanji");
    case v1::MATCH_KIND_CONTAINS:
      return Tr("inside");
    case v1::MATCH_KIND_NEAR:
      return Tr("near spelling");
    default:
      return "";
  }
}

std::string Term(v1::RolloutState state) {
  switch (state) {
    case v1::ROLLOUT_STATE_DRAFT:
      return Tr("draft");
    case v1::ROLLOUT_STATE_ACTIVE:
      return Tr("active");
    case v1::ROLLOUT_STATE_PAUSED:
      return Tr("paused");
    case v1::ROLLOUT_STATE_COMPLETED:
      return Tr("completed");
    case v1::ROLLOUT_STATE_CANCELLED:
      return Tr("cancelled");
    default:
      return "";
  }
}

std::string Term(v1::PlanState state) {
  switch (state) {
    case v1::PLAN_STATE_DRAFT:
      return Tr("draft");
    case v1::PLAN_STATE_SUBMITTED:
      return Tr("submitted");
    case v1::PLAN_STATE_APPROVED:
      return Tr("approved");
    case v1::PLAN_STATE_SUPERSEDED:
      return Tr("superseded");
    case v1::PLAN_STATE_REJECTED:
      return Tr("sent back");
    default:
      return "";
  }
}

std::string Term(v1::WaveState state) {
  switch (state) {
    case v1::WAVE_STATE_PLANNED:
      return Tr("planned");
    case v1::WAVE_STATE_IN_PROGRESS:
      return Tr("in progress");
    case v1::WAVE_STATE_DONE:
      return Tr("done");
    case v1::WAVE_STATE_CANCELLED:
      return Tr("cancelled");
    default:
      return "";
  }
}

std::string Term(v1::PhaseState state) {
  switch (state) {
    case v1::PHASE_STATE_WAITING:
      return Tr("waiting");
    case v1::PHASE_STATE_OPEN:
      return Tr("running");
    case v1::PHASE_STATE_SOAKING:
      return Tr("soaking");
    case v1::PHASE_STATE_GATE:
      return Tr("at its gate");
    case v1::PHASE_STATE_PASSED:
      return Tr("passed");
    case v1::PHASE_STATE_HELD:
      return Tr("held");
    default:
      return "";
  }
}

std::string Term(v1::FailureCause cause) {
  switch (cause) {
    case v1::FAILURE_CAUSE_NO_CAMERA:
      return Tr("no camera");
    case v1::FAILURE_CAUSE_CAMERA_FAULT:
      return Tr("camera fault");
    case v1::FAILURE_CAUSE_ENROLMENT_FAILED:
      return Tr("enrolment failed");
    case v1::FAILURE_CAUSE_USER_ABSENT:
      return Tr("user absent");
    case v1::FAILURE_CAUSE_SOFTWARE_FAULT:
      return Tr("software fault");
    case v1::FAILURE_CAUSE_HARDWARE_FAULT:
      return Tr("hardware fault");
    case v1::FAILURE_CAUSE_USER_REFUSED:
      return Tr("user refused");
    case v1::FAILURE_CAUSE_OTHER:
      return Tr("other");
    default:
      return "";
  }
}

std::string InLanguage(const v1::LocalizedText& text) {
  return CurrentLanguage() == Language::kJapanese ? text.ja() : text.en();
}

std::string Reasons(const google::protobuf::RepeatedPtrField<v1::PlanReason>& reasons) {
  std::string text;
  for (const v1::PlanReason& reason : reasons) {
    const bool japanese = CurrentLanguage() == Language::kJapanese && !reason.text_ja().empty();
    text += (text.empty() ? "" : "; ") + (japanese ? reason.text_ja() : reason.text());
  }
  return text;
}

std::string LocalTime(const std::string& rfc3339) {
  absl::Time time;
  if (rfc3339.empty() || !absl::ParseTime(absl::RFC3339_full, rfc3339, &time, nullptr)) return "";
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Asia/Tokyo", &zone)) zone = absl::FixedTimeZone(9 * 60 * 60);
  return absl::FormatTime("%Y-%m-%d %H:%M", time, zone);
}

}  // namespace kirikae::cli
