// node solve.mjs PROBLEM.lp SECONDS: solves a program in CPLEX's LP format with HiGHS, which has one thread here, with an
// allowed gap of 0. Prints one line of JSON: `value` (null when no solution was found), `bound`, `proven`, and `seconds` of
// processor time.
import { readFileSync } from "node:fs";
import loadHighs from "highs";

const kFeasible = 2; // HiGHS's primal_solution_status
const kOptimal = 7; // HiGHS's model status
const [file, seconds] = process.argv.slice(2);
const highs = await loadHighs();
const answer = highs.withModel((model) => {
  const options = { output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0, time_limit: Number(seconds) };
  for (const [name, value] of Object.entries(options)) model.options.set(name, value);
  model.readModel({ format: "lp", data: readFileSync(file, "utf8") });
  const before = process.cpuUsage();
  model.run();
  const used = process.cpuUsage(before);
  return {
    value: model.info.get("primal_solution_status") === kFeasible ? model.info.get("objective_function_value") : null,
    bound: model.info.get("mip_dual_bound"),
    proven: model.getModelStatus() === kOptimal,
    seconds: (used.user + used.system) / 1e6,
  };
});
console.log(JSON.stringify(answer));
