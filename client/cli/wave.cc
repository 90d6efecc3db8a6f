#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/rollout_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/work_list.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

Table Rows(const v1::ListWavesResponse& all) {
  Table table{{{"wave", Tr("wave")},
               {"phase", Tr("phase")},
               {"day", Tr("day")},
               {"slot", Tr("slot")},
               {"team", Tr("team")},
               {"state", Tr("state")},
               {"devices", Tr("devices")},
               {"migrated", Tr("migrated"), Fit::kSpare},
               {"failed", Tr("failed")},
               {"to_do", Tr("to do")},
               {"make_up", Tr("make-up"), Fit::kSpare}},
              {},
              {}};
  for (const v1::Wave& wave : all.waves()) {
    table.rows.push_back({wave.name().substr(wave.name().rfind('/') + 1), wave.phase(), wave.day(),
                          wave.slot(), wave.team(), TermCell(wave.state()),
                          std::to_string(wave.total()), std::to_string(wave.migrated()),
                          std::to_string(wave.failed()), std::to_string(wave.open()),
                          YesOrNothing(wave.make_up())});
    table.names.push_back(wave.name());
  }
  return table;
}

void List(Session& session, const std::string& rollout) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::ListWavesRequest request;
  request.set_parent(RolloutName(session, rollout));
  const auto all = ReadAll<v1::ListWavesRequest, v1::ListWavesResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListWaves(context, asked, page);
      });
  session.Print(Rows(all), all, "waves");
}

// A row for each device of the wave, with its state. The API has no list of a wave's placements, so
// each device's card is asked for.
Table Devices(Session& session, const v1::Wave& wave) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  Table table{{{"asset_tag", Tr("tag")},
               {"state", Tr("state")},
               {"department", Tr("department")},
               {"place", Tr("place"), Fit::kSpare},
               {"users", Tr("users"), Fit::kWrap},
               {"in_the_way", Tr("in the way"), Fit::kWrap}},
              {},
              {}};
  for (const std::string& tag : wave.asset_tags()) {
    v1::LookupDevicesRequest request;
    request.set_query(tag);
    request.set_page_size(10);
    v1::LookupDevicesResponse found;
    session.Call([&](grpc::ClientContext& context) {
      return stub->LookupDevices(&context, request, &found);
    });
    for (const v1::LookupMatch& match : found.matches()) {
      const v1::DeviceCard& card = match.card();
      if (card.device().asset_tag() != tag) continue;
      table.rows.push_back({tag, TermCell(card.placement_state()), card.device().department(),
                            PlaceOf(card.device()), NamesOf(card.device()),
                            InTheWay(card.blockers())});
      table.names.push_back(card.device().name());
    }
  }
  return table;
}

void Show(Session& session, const std::string& given) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::GetWaveRequest request;
  request.set_name(WaveName(session, given));
  v1::Wave wave;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetWave(&context, request, &wave); });
  v1::ListWavesResponse one;
  *one.add_waves() = wave;
  Table table = Rows(one);
  if (session.form == Form::kName) {
    table.names.assign(wave.asset_tags().begin(), wave.asset_tags().end());
  }
  session.Print(table, wave, "");
  if (!session.ForPeople()) return;
  cli::Print(session.form, !session.no_headers, Devices(session, wave), wave, "");
}

void PrintChanged(Session& session, const v1::Wave& wave) {
  v1::ListWavesResponse one;
  *one.add_waves() = wave;
  session.Print(Rows(one), wave, "");
}

void Start(Session& session, const std::string& given) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::StartWaveRequest request;
  request.set_name(WaveName(session, given));
  *request.mutable_options() = session.Options();
  v1::Wave wave;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->StartWave(&context, request, &wave); });
  PrintChanged(session, wave);
  session.Next("kirikae due");
}

void FinishWave(Session& session, const std::string& given, bool return_open) {
  const auto stub = v1::RolloutService::NewStub(session.Channel());
  v1::FinishWaveRequest request;
  request.set_name(WaveName(session, given));
  request.set_return_open(return_open);
  *request.mutable_options() = session.Options();
  v1::Wave wave;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->FinishWave(&context, request, &wave); });
  PrintChanged(session, wave);
}

}  // namespace

void AddWave(CLI::App& app, Session& session) {
  auto* const wave = app.add_subcommand("wave", Tr("waves of the approved plan"));
  wave->require_subcommand(1);
  auto* const list = wave->add_subcommand("list", Tr("list waves"));
  const auto rollout = Optional(*list, "ROLLOUT", Tr("id; may be left out when there is one"));
  list->callback([rollout, &session] { List(session, *rollout); });
  auto* const show = wave->add_subcommand("show", Tr("show a wave and its devices"));
  const auto number = Required(*show, "WAVE", Tr("ROLLOUT/N or N"));
  show->callback([number, &session] { Show(session, *number); });
  auto* const start = wave->add_subcommand("start", Tr("start a wave before its day"));
  const auto started = Required(*start, "WAVE", Tr("ROLLOUT/N or N"));
  start->callback([started, &session] { Start(session, *started); });
  auto* const finish = wave->add_subcommand("finish", Tr("finish a wave"));
  const auto finished = Required(*finish, "WAVE", Tr("ROLLOUT/N or N"));
  const auto return_open = std::make_shared<bool>(false);
  finish->add_flag("--return-open", *return_open,
                   Tr("return devices still to do to the next plan"));
  finish->callback([=, &session] { FinishWave(session, *finished, *return_open); });
}

}  // namespace kirikae::cli
