#include "tests/bench/planner/highs.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/support/program.h"

namespace kirikae::bench {

MipAnswer RunHighs(const std::string& lp, double seconds) {
  const testing::TemporaryFolder folder;
  const std::string file = folder / "problem.lp";
  testing::WriteFile(file, lp);
  const testing::ProgramResult run =
      testing::RunProgram({"/usr/bin/env", "node", std::string(KIRIKAE_HIGHS) + "/solve.mjs", file,
                           std::to_string(seconds)});
  const auto read = nlohmann::json::parse(run.out, nullptr, /*allow_exceptions=*/false);
  if (run.exit_code != 0 || !read.is_object()) {
    throw std::runtime_error("highs ended with " + std::to_string(run.exit_code) + ": " + run.err +
                             run.out);
  }
  MipAnswer answer;
  if (!read.at("value").is_null()) answer.value = read.at("value").get<double>();
  // Without a bound, HiGHS says that it is infinite, which JSON has as null.
  if (!read.at("bound").is_null()) answer.bound = read.at("bound").get<double>();
  answer.proven = read.at("proven").get<bool>();
  answer.seconds = read.at("seconds").get<double>();
  return answer;
}

}  // namespace kirikae::bench
