#include <string>
#include <string_view>
#include <utility>

#include "service/app/reports/report.h"
#include "service/catalogue/catalogue.h"

namespace kirikae::app {

using domain::Sentence;

std::string ReportWords::Say(const Sentence& sentence) const {
  return catalogue::InLanguage(sentence, language_);
}

std::string ReportWords::Say(const v1::LocalizedText& text) const {
  return language_ == Language::kJapanese ? text.ja() : text.en();
}

std::string ReportWords::State(v1::RolloutState state) const {
  switch (state) {
    case v1::ROLLOUT_STATE_DRAFT:
      return Say(Sentence("Draft"));
    case v1::ROLLOUT_STATE_ACTIVE:
      return Say(Sentence("Active"));
    case v1::ROLLOUT_STATE_PAUSED:
      return Say(Sentence("Paused"));
    case v1::ROLLOUT_STATE_COMPLETED:
      return Say(Sentence("Completed"));
    case v1::ROLLOUT_STATE_CANCELLED:
      return Say(Sentence("Cancelled"));
    default:
      return "";
  }
}

std::string ReportWords::State(v1::PhaseState state) const {
  switch (state) {
    case v1::PHASE_STATE_WAITING:
      return Say(Sentence("Waiting"));
    case v1::PHASE_STATE_OPEN:
      return Say(Sentence("Running"));
    case v1::PHASE_STATE_SOAKING:
      return Say(Sentence("Soaking"));
    case v1::PHASE_STATE_GATE:
      return Say(Sentence("At its gate"));
    case v1::PHASE_STATE_PASSED:
      return Say(Sentence("Passed"));
    case v1::PHASE_STATE_HELD:
      return Say(Sentence("Held"));
    default:
      return "";
  }
}

std::string ReportWords::Cause(v1::FailureCause cause) const {
  switch (cause) {
    case v1::FAILURE_CAUSE_NO_CAMERA:
      return Say(Sentence("No camera"));
    case v1::FAILURE_CAUSE_CAMERA_FAULT:
      return Say(Sentence("Camera fault"));
    case v1::FAILURE_CAUSE_ENROLMENT_FAILED:
      return Say(Sentence("Face could not be registered"));
    case v1::FAILURE_CAUSE_USER_ABSENT:
      return Say(Sentence("User absent"));
    case v1::FAILURE_CAUSE_SOFTWARE_FAULT:
      return Say(Sentence("Software fault"));
    case v1::FAILURE_CAUSE_HARDWARE_FAULT:
      return Say(Sentence("Hardware fault"));
    case v1::FAILURE_CAUSE_USER_REFUSED:
      return Say(Sentence("User refused"));
    default:
      return Say(Sentence("Other"));
  }
}

std::vector<std::string> ReportWords::RowHeaders(const std::string& first) const {
  return {first,
          Say(Sentence("Devices")),
          Say(Sentence("Not planned")),
          Say(Sentence("of them blocked")),
          Say(Sentence("Planned")),
          Say(Sentence("Due")),
          Say(Sentence("Switched")),
          Say(Sentence("Confirmed")),
          Say(Sentence("Failed")),
          Say(Sentence("Switched back")),
          Say(Sentence("Put off")),
          Say(Sentence("Exempt"))};
}

std::string ShownTime(std::string_view rfc3339) {
  constexpr size_t kDay = 10;
  constexpr size_t kMinute = 16;
  std::string text(rfc3339.substr(0, kMinute));
  if (text.size() == kMinute) text[kDay] = ' ';
  return text;
}

std::vector<int> RowFigures(const v1::ProgressRow& row) {
  return {row.total(),       row.unplanned(), row.blocked(),  row.planned(),
          row.due(),         row.migrated(),  row.verified(), row.failed(),
          row.rolled_back(), row.deferred(),  row.exempt()};
}

}  // namespace kirikae::app
