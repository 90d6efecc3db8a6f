#include <iostream>
#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/paging.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

void List(Session& session, const std::string& filter) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::ListDevicesRequest request;
  request.set_filter(filter);
  const auto all = ReadAll<v1::ListDevicesRequest, v1::ListDevicesResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListDevices(context, asked, page);
      });
  Table table{
      {Tr("tag"), Tr("host"), Tr("kind"), Tr("department"), Tr("site"), Tr("method now")}, {}, {}};
  for (const v1::Device& device : all.devices()) {
    table.rows.push_back({device.asset_tag(), device.host_name(), Term(device.kind()),
                          device.department(), device.site(), Term(device.auth_method())});
    table.names.push_back(device.name());
  }
  session.Print(table, all, "devices");
}

void Show(Session& session, const std::string& tag) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::GetDeviceRequest request;
  request.set_name("devices/" + tag);
  v1::Device device;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetDevice(&context, request, &device); });
  std::string users;
  for (const v1::DeviceUser& user : device.users()) {
    users += (users.empty() ? "" : ", ") + user.name() + " (" + user.staff_number() + ")";
  }
  const Table table{{Tr("field"), Tr("value")},
                    {{Tr("tag"), device.asset_tag()},
                     {Tr("host"), device.host_name()},
                     {Tr("serial"), device.serial()},
                     {Tr("model"), device.model()},
                     {Tr("system"), device.os()},
                     {Tr("kind"), Term(device.kind())},
                     {Tr("department"), device.department()},
                     {Tr("site"), device.site() + " " + device.floor()},
                     {Tr("users"), users},
                     {Tr("method now"), Term(device.auth_method())},
                     {Tr("since"), LocalTime(device.auth_method_since())},
                     {Tr("note"), device.note()}},
                    {device.name()}};
  session.Print(table, device, "");
}

void History(Session& session, const std::string& tag) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::ListDeviceHistoryRequest request;
  request.set_parent("devices/" + tag);
  const auto all = ReadAll<v1::ListDeviceHistoryRequest, v1::ListDeviceHistoryResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListDeviceHistory(context, asked, page);
      });
  Table table{{Tr("happened"), Tr("recorded"), Tr("who"), Tr("field"), Tr("before"), Tr("after"),
               Tr("why")},
              {},
              {}};
  for (const v1::HistoryEntry& entry : all.entries()) {
    table.rows.push_back({LocalTime(entry.effective_time()), LocalTime(entry.recorded_time()),
                          entry.actor(), entry.field(), entry.old_value(), entry.new_value(),
                          entry.reason()});
    table.names.push_back(entry.change_set());
  }
  session.Print(table, all, "entries");
}

}  // namespace

void AddDevice(CLI::App& app, Session& session) {
  auto* const device = app.add_subcommand("device", Tr("devices and their history"));
  device->require_subcommand(1);
  auto* const list = device->add_subcommand("list", Tr("list devices"));
  const auto filter = Optional(*list, "--filter", Tr("such as: kind = MANAGER_TERMINAL"));
  list->callback([filter, &session] { List(session, *filter); });
  auto* const show = device->add_subcommand("show", Tr("show one device"));
  const auto shown = Required(*show, "TAG", Tr("asset tag"));
  show->callback([shown, &session] { Show(session, *shown); });
  auto* const history = device->add_subcommand("history", Tr("what changed on a device"));
  const auto of = Required(*history, "TAG", Tr("asset tag"));
  history->callback([of, &session] { History(session, *of); });
}

}  // namespace kirikae::cli
