#include "client/cli/rollout_name.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "client/cli/catalogue.h"
#include "client/cli/paging.h"
#include "kirikae/v1/planning_service.grpc.pb.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr std::string_view kPrefix = "rollouts/";

bool IsNumber(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

std::string NumberedName(Session& session, const std::string& given,
                         const std::string& collection) {
  if (given.starts_with(kPrefix) && given.find("/" + collection + "/") != std::string::npos) {
    return given;
  }
  const size_t slash = given.rfind('/');
  const std::string tail = slash == std::string::npos ? given : given.substr(slash + 1);
  if (!IsNumber(tail)) return "";
  const std::string id = slash == std::string::npos ? "" : given.substr(0, slash);
  return RolloutName(session, id) + "/" + collection + "/" + tail;
}

std::string RolloutName(Session& session, const std::string& given) {
  if (given.starts_with(kPrefix)) return given;
  if (!given.empty()) return std::string(kPrefix) + given;
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListRolloutsRequest, v1::ListRolloutsResponse>(
      session, {}, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListRollouts(context, asked, page);
      });
  if (all.rollouts_size() == 1) return all.rollouts(0).name();
  if (all.rollouts().empty()) {
    throw Failure{
        .code = kUsage,
        .reason = "NO_ROLLOUT",
        .sentence = Tr("There is no rollout yet. Apply a file: kirikae rollout apply -f FILE")};
  }
  Failure several{.code = kUsage,
                  .reason = "SEVERAL_ROLLOUTS",
                  .sentence = Tr("There are several rollouts; say which one:")};
  for (const v1::Rollout& rollout : all.rollouts()) {
    several.faults.push_back({rollout.name(), rollout.title()});
  }
  throw Failure(std::move(several));
}

std::string PlanName(Session& session, const std::string& given) {
  if (std::string name = NumberedName(session, given, "plans"); !name.empty()) return name;
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  v1::ListPlansRequest request;
  request.set_parent(RolloutName(session, given));
  v1::ListPlansResponse plans;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->ListPlans(&context, request, &plans); });
  if (!plans.plans().empty()) return plans.plans(0).name();
  throw Failure{
      .code = kNotFound,
      .reason = "PLAN_NOT_FOUND",
      .sentence = Tr("$0 has no plan yet. Make one: kirikae plan create", {request.parent()})};
}

std::string PhaseName(Session& session, const std::string& given) {
  if (given.starts_with(kPrefix) && given.find("/phases/") != std::string::npos) return given;
  const size_t slash = given.rfind('/');
  const std::string id = slash == std::string::npos ? "" : given.substr(0, slash);
  const std::string phase = slash == std::string::npos ? given : given.substr(slash + 1);
  return RolloutName(session, id) + "/phases/" + phase;
}

std::string WaveName(Session& session, const std::string& given) {
  if (std::string name = NumberedName(session, given, "waves"); !name.empty()) return name;
  throw Usage(Tr("$0 names no wave; write ROLLOUT/N or N.", {given}));
}

}  // namespace kirikae::cli
