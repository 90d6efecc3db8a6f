#include <google/protobuf/descriptor.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/commands.h"
#include "client/cli/device_fields.h"
#include "client/cli/record_name.h"
#include "client/cli/tag.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "kirikae/v1/inventory_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

struct EditFlags {
  std::string tag;
  std::string filter;
  std::vector<std::string> set;
};

// Reads `field=value` pairs into a device and a mask.
void ReadAssignments(const std::vector<std::string>& assignments, v1::Device& device,
                     google::protobuf::FieldMask& mask) {
  for (const std::string& assignment : assignments) {
    const Assignment read = ReadAssignment(assignment);
    SetDeviceField(device, read);
    mask.add_paths(read.field);
  }
  if (mask.paths().empty()) {
    throw Usage(Tr("Say what to change with --set FIELD=VALUE."));
  }
}

void PrintDevice(Session& session, const v1::Device& device) {
  session.Print(DeviceTable(device), device, "");
}

void UpdateOne(Session& session, const EditFlags& flags) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::UpdateDeviceRequest request;
  ReadAssignments(flags.set, *request.mutable_device(), *request.mutable_update_mask());
  request.mutable_device()->set_name(DeviceName(flags.tag));
  *request.mutable_options() = session.Options();
  v1::Device device;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->UpdateDevice(&context, request, &device); });
  PrintDevice(session, device);
}

// First shows how many devices match, then changes exactly that many.
void UpdateMany(Session& session, const EditFlags& flags) {
  constexpr int kLongSeconds = 600;
  constexpr int kAskAbove = 20;
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::BatchUpdateDevicesRequest request;
  ReadAssignments(flags.set, *request.mutable_device(), *request.mutable_update_mask());
  request.set_filter(flags.filter);
  *request.mutable_options() = session.Options();
  v1::BatchUpdateDevicesRequest check = request;
  check.mutable_options()->set_validate_only(true);
  v1::BatchUpdateDevicesResponse answer;
  session.Call(
      [&](grpc::ClientContext& context) {
        return stub->BatchUpdateDevices(&context, check, &answer);
      },
      kLongSeconds);
  session.Note(Trn("$0 device matches; $1 would change.", "$0 devices match; $1 would change.",
                   answer.matched(), {std::to_string(answer.changed())}));
  if (!session.dry_run && answer.changed() > 0) {
    if (answer.changed() > kAskAbove) {
      session.Confirm(Trn("$0 device will change.", "$0 devices will change.", answer.changed()),
                      std::to_string(answer.changed()));
    }
    request.set_expected_count(answer.matched());
    session.Call(
        [&](grpc::ClientContext& context) {
          return stub->BatchUpdateDevices(&context, request, &answer);
        },
        kLongSeconds);
  }
  session.Print({{{"match", Tr("match")}, {"changed", Tr("changed")}},
                 {{std::to_string(answer.matched()), std::to_string(answer.changed())}},
                 {}},
                answer, "");
}

// A call that names one device and prints the answer.
template <typename Request>
void OnDevice(Session& session, const std::string& tag, Request request,
              grpc::Status (v1::InventoryService::Stub::*call)(grpc::ClientContext*, const Request&,
                                                               v1::Device*)) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  request.set_name(DeviceName(tag));
  *request.mutable_options() = session.Options();
  v1::Device device;
  session.Call([&](grpc::ClientContext& context) {
    return (stub.get()->*call)(&context, request, &device);
  });
  PrintDevice(session, device);
}

void Create(Session& session, const EditFlags& flags) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::CreateDeviceRequest request;
  google::protobuf::FieldMask unused;
  ReadAssignments(flags.set, *request.mutable_device(), unused);
  request.mutable_device()->set_asset_tag(TagOf(flags.tag));
  *request.mutable_options() = session.Options();
  v1::Device device;
  session.Call(
      [&](grpc::ClientContext& context) { return stub->CreateDevice(&context, request, &device); });
  PrintDevice(session, device);
}

v1::AuthMethod ReadMethod(const std::string& method) {
  v1::AuthMethod parsed = v1::AUTH_METHOD_UNSPECIFIED;
  if (!v1::AuthMethod_Parse("AUTH_METHOD_" + method, &parsed)) {
    throw Failure{.code = kRefused,
                  .reason = "UNKNOWN_METHOD",
                  .sentence = Tr("$0 is not a method of this ward. Use IC_CARD_AND_PASSWORD, "
                                 "FACE_AND_PASSWORD or FACE_AND_IC_CARD.",
                                 {method})};
  }
  return parsed;
}

void CorrectMethod(Session& session, const std::vector<std::string>& tags,
                   const std::string& method) {
  const auto stub = v1::InventoryService::NewStub(session.Channel());
  v1::CorrectMethodRequest request;
  for (const std::string& given : tags) {
    if (given == "-") {
      for (const std::string& tag : ReadTags("-")) request.add_asset_tags(tag);
    } else if (std::string tag = TagOf(given); !tag.empty()) {
      request.add_asset_tags(std::move(tag));
    }
  }
  request.set_method(ReadMethod(method));
  *request.mutable_options() = session.Options();
  v1::CorrectMethodResponse answer;
  session.Call([&](grpc::ClientContext& context) {
    return stub->CorrectMethod(&context, request, &answer);
  });
  Table table{
      {{"asset_tag", Tr("tag")}, {"method_now", Tr("method now")}, {"since", Tr("since")}}, {}, {}};
  for (const v1::Device& device : answer.devices()) {
    table.rows.push_back({device.asset_tag(), TermCell(device.effective_method()),
                          LocalTime(device.auth_method_since())});
    table.names.push_back(device.name());
  }
  session.Print(table, answer, "devices");
}

void Grant(Session& session, const std::string& tag, const std::string& method,
           const std::string& until) {
  v1::GrantExceptionRequest request;
  request.set_method(ReadMethod(method));
  request.set_last_day(until);
  OnDevice(session, tag, request, &v1::InventoryService::Stub::GrantException);
}

}  // namespace

void AddDeviceEdits(CLI::App& device, Session& session) {
  auto flags = std::make_shared<EditFlags>();
  const std::string set_help = Tr("field and new value, such as floor=3F; may be repeated");
  auto* const update = device.add_subcommand("update", Tr("change fields of one device or many"));
  update->add_option("TAG", flags->tag, Tr("asset tag"));
  update->add_option("--filter", flags->filter, Tr("instead of a tag: all devices that match"));
  update->add_option("--set", flags->set, set_help)->required();
  update->callback([flags, &session] {
    if (flags->tag.empty() == flags->filter.empty()) {
      throw Usage(Tr("Name either a tag or --filter."));
    }
    flags->filter.empty() ? UpdateOne(session, *flags) : UpdateMany(session, *flags);
  });
  auto made = std::make_shared<EditFlags>();
  auto* const create = device.add_subcommand("create", Tr("add a device"));
  create->add_option("TAG", made->tag, Tr("asset tag"))->required();
  create->add_option("--set", made->set, set_help)->required();
  create->callback([made, &session] { Create(session, *made); });
  auto* const correct = device.add_subcommand(
      "correct-method", Tr("correct a record that has a wrong method; needs --reason"));
  auto corrected = std::make_shared<std::vector<std::string>>();
  correct->add_option("TAG", *corrected, Tr("asset tags, 20 at most; - reads them"))->required();
  const auto method = Required(*correct, "--method", Tr("such as IC_CARD_AND_PASSWORD"));
  correct->callback([corrected, method, &session] { CorrectMethod(session, *corrected, *method); });
  auto* const retire = device.add_subcommand("retire", Tr("take a device out of use"));
  const auto retired = Required(*retire, "TAG", Tr("asset tag"));
  retire->callback([retired, &session] {
    OnDevice(session, *retired, v1::RetireDeviceRequest(),
             &v1::InventoryService::Stub::RetireDevice);
  });
  auto* const restore = device.add_subcommand("restore", Tr("bring a device back into use"));
  const auto restored = Required(*restore, "TAG", Tr("asset tag"));
  restore->callback([restored, &session] {
    OnDevice(session, *restored, v1::RestoreDeviceRequest(),
             &v1::InventoryService::Stub::RestoreDevice);
  });
}

void AddException(CLI::App& app, Session& session) {
  auto* const exception = app.add_subcommand("exception", Tr("another method for a limited time"));
  exception->require_subcommand(1);
  auto* const grant = exception->add_subcommand("grant", Tr("grant an exception; needs --reason"));
  const auto tag = Required(*grant, "TAG", Tr("asset tag"));
  const auto method = Required(*grant, "--method", Tr("such as IC_CARD_AND_PASSWORD"));
  const auto until = Required(*grant, "--until",
                              Tr("last day of the exception, such as 2025-06-02, 6/2 or tomorrow"));
  grant->callback([tag, method, until, &session] { Grant(session, *tag, *method, *until); });
  auto* const end = exception->add_subcommand("end", Tr("end an exception before its day"));
  const auto ended = Required(*end, "TAG", Tr("asset tag"));
  end->callback([ended, &session] {
    OnDevice(session, *ended, v1::EndExceptionRequest(), &v1::InventoryService::Stub::EndException);
  });
}

}  // namespace kirikae::cli
