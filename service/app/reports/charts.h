// The HTML report's charts as SVG, and helpers that the page shares.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "service/app/reports/report.h"

namespace kirikae::app {

/// The text with `&`, `<`, `>` and `"` as HTML entities.
std::string Escaped(std::string_view text);

/// Devices done and devices planned, a point per day; "" for fewer than two days. Planned is
/// dashed, so that a print without colour shows the difference.
std::string BurnUpChart(const Progress& progress, const ReportWords& words);

/// A bar per phase: done, failed, excused and to do, one after another.
std::string PhaseChart(const Progress& progress, const ReportWords& words);

/// A bar per cause of failure; "" without failures.
std::string CauseChart(const Progress& progress, const ReportWords& words);

}  // namespace kirikae::app
