// The report for the headquarters' meeting on a rollout's progress.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/app/rollouts/progress.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/sentence.h"

namespace kirikae::app {

using catalogue::Language;

/// When a phase will be done, as planned and by the forecast. A day is absent when nothing is left,
/// or it is later than the forecast reaches.
struct PhaseOutlook {
  std::string phase;  ///< id; "" for the whole rollout
  std::optional<absl::CivilDay> planned;
  std::optional<absl::CivilDay> half;         ///< half of the simulated courses are done by it
  std::optional<absl::CivilDay> nine_of_ten;  ///< nine of ten are
  int64_t remaining = 0;                      ///< devices still to do
};

/// What the report tells besides the progress.
struct ReportOutlook {
  std::optional<domain::Plan> plan;  ///< the approved one; its solution is not read
  std::vector<PhaseOutlook> phases;  ///< in order, the whole rollout last; empty = no forecast
};

/// A complete HTML page for A4 paper with charts as SVG. It loads nothing from other places.
std::string HtmlReport(const Progress& progress, const ReportOutlook& outlook, Language language);

/// The same report as a workbook with a sheet per table; figures are numbers. UNAVAILABLE when its
/// temporary file can't be written.
absl::StatusOr<std::string> XlsxReport(const Progress& progress, Language language);

/// A report's words in one language, for both forms of the report. Thread-safe.
class ReportWords {
 public:
  ReportWords(Language language, const absl::TimeZone& zone) : language_(language), zone_(zone) {}

  std::string Say(const domain::Sentence& sentence) const;
  /// A value of a closed set; in English with a capital, as it begins a cell.
  template <typename Enum>
  std::string Term(Enum value) const {
    return Capital(catalogue::WordFor(value, language_));
  }
  /// The headers of a table of rows, `first` before those of RowFigures.
  std::vector<std::string> RowHeaders(const std::string& first) const;
  /// Why the phase is held; if a person holds it, in that person's own words. "": not held.
  std::string Hold(const PhaseNow& phase) const;
  /// An instant in the ward's zone, `2025-05-01 09:00`; "" for none.
  std::string Time(const std::optional<absl::Time>& time) const;
  Language language() const { return language_; }

 private:
  static std::string Capital(std::string word);

  const Language language_;
  const absl::TimeZone zone_;
};

/// A day, `2025-05-01`; "" for none.
std::string DayText(const std::optional<absl::CivilDay>& day);

/// A row's title, or its id when it has none.
std::string NameOf(const ProgressRow& row);
std::string NameOf(const PhaseNow& phase);

/// Total, not planned, blocked, planned, due, migrated, verified, failed, rolled back, deferred,
/// exempt, in the order of RowHeaders.
std::vector<int64_t> RowFigures(const ProgressRow& row);

}  // namespace kirikae::app
