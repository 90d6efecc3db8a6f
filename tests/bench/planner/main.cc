// Measures the planner; see --help. No test measures time.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <exception>
#include <string>

#include "tests/bench/planner/measure.h"
#include "tests/bench/planner/mip_bench.h"
#include "tests/bench/planner/oracle_bench.h"
#include "tests/bench/planner/packing_files.h"
#include "tests/bench/planner/packings.h"
#include "tests/bench/planner/packings_bench.h"
#include "tests/bench/planner/proofs_bench.h"
#include "tests/bench/planner/scale_bench.h"

namespace {

int Measure(int argc, char** argv) {
  CLI::App app{"Measures the planner"};
  app.require_subcommand(1);
  std::string json;
  app.add_option("--json", json, "Write the figures to this file");

  CLI::App* const packings = app.add_subcommand("packings", "Packings with a known optimum");
  double scale = 1, seconds = 1;
  std::string only;
  bool verbose = false;
  std::string files, optima;
  packings->add_option("--scale", scale, "Part of each class")->check(CLI::Range(0.01, 1.0));
  packings->add_option("--seconds", seconds, "Limit for each")->check(CLI::PositiveNumber);
  packings->add_option("--only", only, "One class or packing alone");
  packings->add_option("--files", files, "Those in this folder instead, as published by BPPLIB")
      ->check(CLI::ExistingDirectory);
  packings->add_option("--optima", optima, "Their least bins: lines of name, lower, upper")
      ->check(CLI::ExistingFile);
  packings->add_flag("--verbose", verbose, "Name those that miss");

  CLI::App* const oracle = app.add_subcommand("oracle", "Small problems against trying everything");
  int cases = 20'000;
  oracle->add_option("--cases", cases, "How many to compare")->check(CLI::PositiveNumber);
  CLI::App* const mip =
      app.add_subcommand("mip", "The same problems by the MIP solvers CBC and HiGHS");
  int middling = 500;
  double mip_seconds = 20;
  mip->add_option("--middling", middling, "Random problems of 12 to 30 items")
      ->check(CLI::PositiveNumber);
  mip->add_option("--seconds", mip_seconds, "A solver's limit for each")
      ->check(CLI::PositiveNumber);
  CLI::App* const proofs =
      app.add_subcommand("proofs", "How many plans of 15 to 60 items are proven");
  int proof_cases = 1'000;
  proofs->add_option("--cases", proof_cases, "How many to solve")->check(CLI::PositiveNumber);
  proofs->add_option("--seconds", seconds, "Limit for each")->check(CLI::PositiveNumber);
  proofs->add_flag("--verbose", verbose, "Name those with a gap");
  CLI::App* const huge = app.add_subcommand("huge", "100,000 devices");
  CLI::App* const replan = app.add_subcommand("replan", "Wards of 700 after a slip");
  CLI::App* const far = app.add_subcommand("far", "Few items, millions of places");
  CLI::App* const overfull = app.add_subcommand("overfull", "Wards of 700 not placed whole");
  CLI11_PARSE(app, argc, argv);

  if (packings->parsed()) {
    kirikae::bench::BenchPackings(files.empty() ? kirikae::bench::AllPackings(scale)
                                                : kirikae::bench::ReadPackings(files, optima),
                                  seconds, only, verbose);
  }
  if (oracle->parsed()) kirikae::bench::BenchOracle(cases);
  if (mip->parsed()) kirikae::bench::BenchMip(middling, mip_seconds);
  if (proofs->parsed()) kirikae::bench::BenchProofs(proof_cases, seconds, verbose);
  if (huge->parsed()) kirikae::bench::BenchHuge();
  if (far->parsed()) kirikae::bench::BenchFar();
  if (overfull->parsed()) kirikae::bench::BenchOverfull();
  if (replan->parsed()) kirikae::bench::BenchReplan();
  if (!json.empty() && !kirikae::bench::WriteFigures(json)) {
    std::fprintf(stderr, "cannot write %s\n", json.c_str());
    return 1;
  }
  return kirikae::bench::AllMet() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Measure(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
