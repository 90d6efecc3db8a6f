#include "client/cli/live_names.h"

#include <yaml-cpp/yaml.h>

#include <chrono>
#include <functional>
#include <set>

#include "client/cli/context_file.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "kirikae/v1/planning_service.grpc.pb.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr auto kPatience = std::chrono::milliseconds(500);
constexpr int kMost = 200;  // more candidates help nobody
constexpr int kWholePage = 1000;

// Calls once; an answer that does not come in time is empty.
template <typename Stub, typename Request, typename Response>
Response Ask(Session& session, Stub& stub,
             grpc::Status (Stub::*rpc)(grpc::ClientContext*, const Request&, Response*),
             const Request& request) {
  grpc::ClientContext context;
  session.Prepare(context, 1);
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  Response answer;
  return (stub.*rpc)(&context, request, &answer).ok() ? answer : Response();
}

std::string AfterLast(const std::string& name) { return name.substr(name.rfind('/') + 1); }

std::vector<v1::Rollout> Rollouts(Session& session) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  const auto all =
      Ask(session, *stub, &v1::RolloutService::Stub::ListRollouts, v1::ListRolloutsRequest());
  return {all.rollouts().begin(), all.rollouts().end()};
}

// Names below rollouts: `N` where there is one rollout, `ROLLOUT/N` where there are several.
void ForEachRollout(
    Session& session,
    const std::function<void(const v1::Rollout&, const std::string& prefix)>& visit) {
  const std::vector<v1::Rollout> rollouts = Rollouts(session);
  for (const v1::Rollout& rollout : rollouts) {
    visit(rollout, rollouts.size() == 1 ? "" : AfterLast(rollout.name()) + "/");
  }
}

std::vector<Candidate> Tags(Session& session, const std::string& typed) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::ListDevicesRequest request;
  request.set_page_size(kMost);
  if (!typed.empty() && typed.find_first_of("\"\\") == std::string::npos) {
    request.set_filter("asset_tag : \"" + typed + "\"");
  }
  std::vector<Candidate> tags;
  const auto answer = Ask(session, *stub, &v1::InventoryService::Stub::ListDevices, request);
  for (const v1::Device& device : answer.devices()) {
    tags.push_back({device.asset_tag(), device.department()});
  }
  return tags;
}

// Of one page of devices, where there is no rollout that counts them.
std::set<std::string> OfDevices(Session& session, const std::string& (v1::Device::*field)() const) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::ListDevicesRequest request;
  request.set_page_size(kWholePage);
  std::set<std::string> names;
  const auto answer = Ask(session, *stub, &v1::InventoryService::Stub::ListDevices, request);
  for (const v1::Device& device : answer.devices()) {
    names.insert((device.*field)());
  }
  return names;
}

std::vector<Candidate> Plans(Session& session) {
  const auto stub = v1::PlanningService::NewStub(session.Channel());
  std::vector<Candidate> plans;
  ForEachRollout(session, [&](const v1::Rollout& rollout, const std::string& prefix) {
    v1::ListPlansRequest request;
    request.set_parent(rollout.name());
    const auto answer = Ask(session, *stub, &v1::PlanningService::Stub::ListPlans, request);
    for (const v1::Plan& plan : answer.plans()) {
      plans.push_back({prefix + AfterLast(plan.name()), plan.create_time().substr(0, 10)});
    }
  });
  return plans;
}

std::vector<Candidate> Waves(Session& session) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  std::vector<Candidate> waves;
  ForEachRollout(session, [&](const v1::Rollout& rollout, const std::string& prefix) {
    v1::ListWavesRequest request;
    request.set_parent(rollout.name());
    request.set_page_size(kWholePage);
    const auto answer = Ask(session, *stub, &v1::RolloutService::Stub::ListWaves, request);
    for (const v1::Wave& wave : answer.waves()) {
      waves.push_back({prefix + AfterLast(wave.name()),
                       wave.day() + " " + wave.slot() + " " + wave.team() + " " + wave.phase()});
    }
  });
  return waves;
}

std::vector<Candidate> Phases(Session& session, const std::string& end) {
  std::vector<Candidate> phases;
  ForEachRollout(session, [&](const v1::Rollout& rollout, const std::string& prefix) {
    for (const v1::Phase& phase : rollout.phases()) {
      phases.push_back({(end.empty() ? prefix : "") + phase.id() + end, phase.title()});
    }
  });
  return phases;
}

std::vector<Candidate> Teams(Session& session, const std::string& end) {
  std::set<std::string> ids;
  for (const v1::Rollout& rollout : Rollouts(session)) {
    const YAML::Node source = YAML::Load(rollout.source());
    for (const auto& team : source["teams"]) {
      ids.insert(team["id"].as<std::string>());
    }
  }
  std::vector<Candidate> teams;
  teams.reserve(ids.size());
  for (const std::string& id : ids) teams.push_back({id + end, ""});
  return teams;
}

std::vector<Candidate> RolloutIds(Session& session) {
  std::vector<Candidate> ids;
  for (const v1::Rollout& rollout : Rollouts(session)) {
    ids.push_back({AfterLast(rollout.name()), rollout.title()});
  }
  return ids;
}

std::vector<Candidate> Contexts() {
  std::vector<Candidate> contexts;
  const cli::Contexts stored = ReadContexts();
  for (const Context& context : stored.all) {
    contexts.push_back({context.name, context.server});
  }
  return contexts;
}

// Every department with the ones above it: `総務部/総務課` is below `総務部`.
std::vector<Candidate> Departments(Session& session, const std::string& before,
                                   const std::string& after) {
  std::set<std::string> all;
  for (const std::string& path : OfDevices(session, &v1::Device::department)) {
    for (size_t slash = path.find('/'); slash != std::string::npos;
         slash = path.find('/', slash + 1)) {
      all.insert(path.substr(0, slash));
    }
    if (!path.empty()) all.insert(path);
  }
  std::vector<Candidate> departments;
  departments.reserve(all.size());
  for (const std::string& name : all) {
    departments.push_back({before + name + after, ""});
  }
  return departments;
}

std::vector<Candidate> Sites(Session& session) {
  std::vector<Candidate> sites;
  for (const std::string& site : OfDevices(session, &v1::Device::site)) sites.push_back({site, ""});
  return sites;
}

std::vector<Candidate> All(Session& session, NameOf kind, const std::string& typed) {
  switch (kind) {
    case NameOf::kTag:
      return Tags(session, typed);
    case NameOf::kDepartment:
      return Departments(session, "", "");
    case NameOf::kFilter:
      return Departments(session, "department : \"", "\"");
    case NameOf::kQuery: {
      std::vector<Candidate> names = Tags(session, typed);
      if (!names.empty()) return names;
      // A person says the last part of a department.
      for (const Candidate& whole : Departments(session, "", "")) {
        names.push_back({AfterLast(whole.text), whole.text});
      }
      return names;
    }
    case NameOf::kPlan:
      return Plans(session);
    case NameOf::kWave:
      return Waves(session);
    case NameOf::kPhase:
      return Phases(session, "");
    case NameOf::kPhaseSetting:
      return Phases(session, "=");
    case NameOf::kTeam:
      return Teams(session, "");
    case NameOf::kTeamSetting:
      return Teams(session, "=");
    case NameOf::kSite:
      return Sites(session);
    case NameOf::kRollout:
      return RolloutIds(session);
    case NameOf::kContext:
      return Contexts();
    case NameOf::kNothing:
      break;
  }
  return {};
}

}  // namespace

std::vector<Candidate> LiveNames(Session& session, NameOf kind, const std::string& typed) {
  std::vector<Candidate> names = All(session, kind, typed);
  std::erase_if(names, [&](const Candidate& name) { return !name.text.starts_with(typed); });
  return names;
}

}  // namespace kirikae::cli
