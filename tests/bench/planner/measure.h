// The figures of a benchmark run: a table for people, and rows of a JSON file.
#pragma once

#include <string>
#include <vector>

namespace kirikae::bench {

/// One measured figure and its bar.
struct Figure {
  std::string name;
  double value = 0;
  std::string unit;
  double bar = 0;
  bool met = false;
};

/// Processor seconds used by this process. On an idle machine this equals wall time; on a busy
/// machine it is the wall time of an idle one.
double ProcessorSeconds();

/// Peak memory of this process in MiB.
double PeakMebibytes();

/// Prints `figure` and keeps it for WriteFigures.
void Report(const Figure& figure);

/// Writes all reported figures to `path` as a JSON array; false when that fails.
bool WriteFigures(const std::string& path);

/// Whether every reported figure meets its bar.
bool AllMet();

}  // namespace kirikae::bench
