#include "absl/strings/ascii.h"
#include "service/app/reports/report.h"
#include "service/app/rollouts/gate_words.h"
#include "service/catalogue/catalogue.h"

namespace kirikae::app {

using domain::Sentence;

std::string ReportWords::Say(const Sentence& sentence) const {
  return catalogue::InLanguage(sentence, language_);
}

std::string ReportWords::Capital(std::string word) {
  if (!word.empty()) word[0] = absl::ascii_toupper(static_cast<unsigned char>(word[0]));
  return word;
}

std::vector<std::string> ReportWords::RowHeaders(const std::string& first) const {
  using State = domain::PlacementState;
  return {first,
          Say(Sentence("Devices")),
          Term(State::kUnplanned),
          Say(Sentence("of them blocked")),
          Term(State::kPlanned),
          Term(State::kDue),
          Term(State::kMigrated),
          Term(State::kVerified),
          Term(State::kFailed),
          Term(State::kRolledBack),
          Term(State::kDeferred),
          Term(State::kExempt)};
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
