#include "tests/bench/planner/measure.h"

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>

namespace kirikae::bench {
namespace {

std::vector<Figure>& Figures() {
  static std::vector<Figure> figures;
  return figures;
}

}  // namespace

double ProcessorSeconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double PeakMebibytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void Report(const Figure& figure) {
  std::printf("%-58s %10.3f %-8s bar %8.3f  %s\n", figure.name.c_str(), figure.value,
              figure.unit.c_str(), figure.bar, figure.met ? "met" : "MISSED");
  std::fflush(stdout);
  Figures().push_back(figure);
}

bool WriteFigures(const std::string& path) {
  std::ofstream out(path);
  out << "[";
  const char* separator = "";
  for (const Figure& figure : Figures()) {
    out << separator << "{\"name\":\"" << figure.name << "\",\"ours\":" << figure.value
        << ",\"unit\":\"" << figure.unit << "\",\"bar\":" << figure.bar
        << ",\"met\":" << (figure.met ? "true" : "false") << "}";
    separator = ",";
  }
  out << "]\n";
  return out.good();
}

bool AllMet() {
  return std::all_of(Figures().begin(), Figures().end(), [](const Figure& f) { return f.met; });
}

}  // namespace kirikae::bench
