// Figures a bench run gives, as a table for people and rows for a JSON file.
#pragma once

#include <string>
#include <vector>

namespace kirikae::bench {

/// One measured figure and the bar it is held against.
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  double bar = 0;
  bool met = false;
};

/// Processor seconds this process has used; on an idle machine the same as wall time, and on a busy
/// one what it would have been.
double ProcessorSeconds();

/// The most memory this process has held, in MiB.
double PeakMebibytes();

/// Prints `figure` and remembers it for WriteFigures.
void Report(const Figure& figure);

/// Writes all reported figures to `path` as a JSON array; false when that fails.
bool WriteFigures(const std::string& path);

/// True when every reported figure meets its bar.
bool AllMet();

}  // namespace kirikae::bench
