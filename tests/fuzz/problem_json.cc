// A planning problem as a file of JSON: the command line's check, then Protocol Buffers' reader,
// then the planner's form.
#include <google/protobuf/util/json_util.h>

#include <string>

#include "client/cli/json_check.h"
#include "service/plan_form/problem_and_solution.h"
#include "service/planner/validate.h"
#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace cli = kirikae::cli;
  namespace fuzz = kirikae::fuzz;
  namespace plan_form = kirikae::plan_form;
  namespace planner = kirikae::planner;
  namespace v1 = kirikae::v1;
  const std::string json(fuzz::Input(data, size));
  v1::PlanProblem problem;
  if (const auto fault = cli::FaultIn(json, *v1::PlanProblem::descriptor())) {
    fuzz::Require(!fault->code.empty() && !fault->sentence.empty(),
                  "a fault has code and sentence");
    return 0;
  }
  const auto read = google::protobuf::util::JsonStringToMessage(json, &problem);
  fuzz::Require(read.ok(), "JSON in which no fault was found can be read");
  const auto planned = plan_form::FromProto(problem);
  if (!planned.ok()) return 0;
  planner::Validate(*planned);
  v1::PlanProblem written;
  plan_form::ToProto(*planned, &written);
  std::string again;
  fuzz::Require(google::protobuf::util::MessageToJsonString(written, &again).ok() &&
                    !cli::FaultIn(again, *v1::PlanProblem::descriptor()).has_value(),
                "a problem can be written as JSON that has no fault");
  return 0;
}
