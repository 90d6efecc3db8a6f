#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/device_fields.h"
#include "client/cli/history_table.h"
#include "client/cli/paging.h"
#include "client/cli/record_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

void List(Session& session, const v1::ListDevicesRequest& request) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  const auto all = ReadAll<v1::ListDevicesRequest, v1::ListDevicesResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListDevices(context, asked, page);
      });
  Table table{{{"asset_tag", Tr("tag")},
               {"kind", Tr("kind"), Fit::kSpare},
               {"department", Tr("department")},
               {"method_now", Tr("method now")},
               {"host_name", Tr("host"), Fit::kSpare},
               {"site", Tr("site"), Fit::kSpare},
               {"floor", FieldLabel("Device", "floor"), Fit::kWide},
               {"users", FieldLabel("Device", "users"), Fit::kWide},
               {"camera", FieldLabel("Device", "camera"), Fit::kWide},
               {"state", FieldLabel("Device", "state"), Fit::kWide},
               {"serial", FieldLabel("Device", "serial"), Fit::kWide},
               {"model", FieldLabel("Device", "model"), Fit::kWide},
               {"os", FieldLabel("Device", "os"), Fit::kWide}},
              {},
              {}};
  for (const v1::Device& device : all.devices()) {
    table.rows.push_back({device.asset_tag(), TermCell(device.kind()), device.department(),
                          TermCell(device.effective_method()), device.host_name(), device.site(),
                          device.floor(), UsersText(device), TermCell(device.camera()),
                          TermCell(device.state()), device.serial(), device.model(), device.os()});
    table.names.push_back(device.name());
  }
  session.Print(table, all, "devices");
}

void Show(Session& session, const std::string& tag, const std::string& as_of,
          const std::string& known_at) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::GetDeviceRequest request;
  request.set_name(DeviceName(tag));
  request.set_as_of(as_of);
  request.set_known_at(known_at);
  v1::Device device;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->GetDevice(&context, request, &device); });
  session.Print(DeviceTable(device), device, "");
}

void History(Session& session, const std::string& tag, const std::string& as_of,
             const std::string& known_at) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::ListDeviceHistoryRequest request;
  request.set_parent(DeviceName(tag));
  request.set_as_of(as_of);
  request.set_known_at(known_at);
  const auto all = ReadAll<v1::ListDeviceHistoryRequest, v1::ListDeviceHistoryResponse>(
      session, request, [&](auto* context, const auto& asked, auto* page) {
        return stub->ListDeviceHistory(context, asked, page);
      });
  session.Print(HistoryTable(request.parent(), all), all, "entries");
}

// The options --as-of and --known-at of a command.
struct AsOfOptions {
  explicit AsOfOptions(CLI::App& command)
      : as_of(Optional(command, "--as-of",
                       Tr("as it was at this time, such as 2025-04-04, 4/4 15:00 or yesterday"))),
        known_at(Optional(command, "--known-at", Tr("as far as was known at this time"))) {}

  std::shared_ptr<const std::string> as_of;
  std::shared_ptr<const std::string> known_at;
};

}  // namespace

void AddDevice(CLI::App& app, Session& session) {
  auto* const device = app.add_subcommand("device", Tr("devices and their history"));
  device->require_subcommand(1);
  auto* const list = device->add_subcommand("list", Tr("list devices"));
  const auto filter = Optional(*list, "--filter", Tr("such as: kind = MANAGER_TERMINAL"));
  const auto order =
      Optional(*list, "--order-by", Tr("a field, such as department or \"note desc\""));
  const AsOfOptions listed(*list);
  list->callback([filter, order, listed, &session] {
    v1::ListDevicesRequest request;
    request.set_filter(*filter);
    request.set_order_by(*order);
    request.set_as_of(*listed.as_of);
    request.set_known_at(*listed.known_at);
    List(session, request);
  });
  auto* const show = device->add_subcommand("show", Tr("show one device"));
  const auto shown = Required(*show, "TAG", Tr("asset tag"));
  const AsOfOptions then(*show);
  show->callback([=, &session] { Show(session, *shown, *then.as_of, *then.known_at); });
  auto* const history = device->add_subcommand("history", Tr("what changed on a device"));
  const auto of = Required(*history, "TAG", Tr("asset tag"));
  const AsOfOptions believed(*history);
  history->callback([=, &session] { History(session, *of, *believed.as_of, *believed.known_at); });
  AddDeviceEdits(*device, session);
}

}  // namespace kirikae::cli
