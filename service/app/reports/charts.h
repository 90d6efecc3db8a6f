// The HTML report's charts as SVG, and what they share with the rest of the page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "service/app/reports/report.h"

namespace kirikae::app {

/// The text with `&`, `<`, `>` and `"` as HTML entities.
std::string Escaped(std::string_view text);

/// Devices done against devices planned, a point a day; "" for fewer than two days. Planned is
/// dashed, so that a print without colour tells the two apart.
std::string BurnUpChart(const Progress& progress, const ReportWords& words);

/// A bar a phase: done, failed, excused and to do, one behind the other.
std::string PhaseChart(const Progress& progress, const ReportWords& words);

/// A bar a cause of failure; "" without failures.
std::string CauseChart(const Progress& progress, const ReportWords& words);

}  // namespace kirikae::app
