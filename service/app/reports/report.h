// The report for the headquarters' meeting, from the same counts as the progress.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "kirikae/v1/rollout_service.pb.h"
#include "service/catalogue/catalogue.h"
#include "service/domain/sentence.h"

namespace kirikae::app {

using catalogue::Language;

/// A report's words and figures, in the order it shows them; both forms are made of it.
class ReportWords {
 public:
  explicit ReportWords(Language language) : language_(language) {}

  std::string Say(const domain::Sentence& sentence) const;
  std::string Say(const v1::LocalizedText& text) const;
  std::string State(v1::RolloutState state) const;
  std::string State(v1::PhaseState state) const;
  std::string Cause(v1::FailureCause cause) const;
  /// The headers of a table of ProgressRow, the first one as given.
  std::vector<std::string> RowHeaders(const std::string& first) const;
  Language language() const { return language_; }

 private:
  const Language language_;
};

/// RFC 3339 as people write it, `2025-05-01 09:00`.
std::string ShownTime(std::string_view rfc3339);

/// Total, not planned, blocked, planned, due, migrated, verified, failed, rolled back, deferred,
/// exempt: as RowHeaders names them behind the first column.
std::vector<int> RowFigures(const v1::ProgressRow& row);

/// A whole HTML page for A4 paper, charts as SVG within; it needs nothing from elsewhere.
std::string HtmlReport(const v1::Progress& progress, Language language);

/// The same as a workbook with a sheet a table, figures as numbers. UNAVAILABLE when its temporary
/// file can't be written.
absl::StatusOr<std::string> XlsxReport(const v1::Progress& progress, Language language);

}  // namespace kirikae::app
