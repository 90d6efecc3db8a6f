#include "service/app/reports/report.h"
#include "service/app/rollouts/gate_words.h"
#include "service/catalogue/catalogue.h"

namespace kirikae::app {

using domain::Sentence;

std::string ReportWords::Say(const Sentence& sentence) const {
  return catalogue::InLanguage(sentence, language_);
}

std::string ReportWords::State(domain::RolloutState state) const {
  switch (state) {
    case domain::RolloutState::kDraft:
      return Say(Sentence("Draft"));
    case domain::RolloutState::kActive:
      return Say(Sentence("Active"));
    case domain::RolloutState::kPaused:
      return Say(Sentence("Paused"));
    case domain::RolloutState::kCompleted:
      return Say(Sentence("Completed"));
    case domain::RolloutState::kCancelled:
      return Say(Sentence("Cancelled"));
  }
  return "";
}

std::string ReportWords::State(domain::PhaseState state) const {
  switch (state) {
    case domain::PhaseState::kWaiting:
      return Say(Sentence("Waiting"));
    case domain::PhaseState::kOpen:
      return Say(Sentence("Running"));
    case domain::PhaseState::kSoaking:
      return Say(Sentence("Soaking"));
    case domain::PhaseState::kGate:
      return Say(Sentence("At its gate"));
    case domain::PhaseState::kPassed:
      return Say(Sentence("Passed"));
    case domain::PhaseState::kHeld:
      return Say(Sentence("Held"));
  }
  return "";
}

std::string ReportWords::Cause(domain::FailureCause cause) const {
  switch (cause) {
    case domain::FailureCause::kNoCamera:
      return Say(Sentence("No camera"));
    case domain::FailureCause::kCameraFault:
      return Say(Sentence("Camera fault"));
    case domain::FailureCause::kEnrolmentFailed:
      return Say(Sentence("Face could not be registered"));
    case domain::FailureCause::kUserAbsent:
      return Say(Sentence("User absent"));
    case domain::FailureCause::kSoftwareFault:
      return Say(Sentence("Software fault"));
    case domain::FailureCause::kHardwareFault:
      return Say(Sentence("Hardware fault"));
    case domain::FailureCause::kUserRefused:
      return Say(Sentence("User refused"));
    case domain::FailureCause::kOther:
      break;
  }
  return Say(Sentence("Other"));
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

std::string ReportWords::Hold(const PhaseNow& phase) const {
  if (!IsHeld(phase.status)) return "";
  const auto sentence = HoldSentence(phase);
  return sentence.has_value() ? Say(*sentence) : phase.status.hold_reason;
}

std::string ReportWords::Time(const std::optional<absl::Time>& time) const {
  return time.has_value() ? absl::FormatTime("%Y-%m-%d %H:%M", *time, zone_) : "";
}

std::string DayText(const std::optional<absl::CivilDay>& day) {
  return day.has_value() ? absl::FormatCivilTime(*day) : "";
}

std::string NameOf(const ProgressRow& row) { return row.title.empty() ? row.id : row.title; }

std::string NameOf(const PhaseNow& phase) {
  return phase.spec.title.empty() ? phase.spec.id : phase.spec.title;
}

std::vector<int64_t> RowFigures(const ProgressRow& row) {
  using State = domain::PlacementState;
  const domain::Tally& tally = row.tally;
  return {tally.Total(),
          tally.Count(State::kUnplanned),
          row.blocked,
          tally.Count(State::kPlanned),
          tally.Count(State::kDue),
          tally.Count(State::kMigrated),
          tally.Count(State::kVerified),
          tally.Count(State::kFailed),
          tally.Count(State::kRolledBack),
          tally.Count(State::kDeferred),
          tally.Count(State::kExempt)};
}

}  // namespace kirikae::app
