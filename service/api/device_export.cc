// ExportDevices: the inventory as a file.
#include <google/protobuf/util/json_util.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "service/api/call/part_sender.h"
#include "service/api/convert/records.h"
#include "service/api/import_service.h"
#include "service/app/inventory/device_filter.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/tabular/csv_writer.h"
#include "service/tabular/device_table.h"
#include "service/tabular/xlsx_writer.h"

namespace kirikae::api {
namespace {

constexpr int kBatch = 500;
constexpr size_t kChunk = 64U * 1024;
constexpr int kLostInAPart = 500;

tabular::DeviceRow ToRow(const domain::Device& device) {
  tabular::DeviceRow row;
  row.asset_tag = device.asset_tag;
  row.host_name = device.host_name;
  row.serial = device.serial;
  row.model = device.model;
  row.os = device.os;
  row.site = device.site;
  row.floor = device.floor;
  row.department = device.department;
  row.kind = std::string(domain::Name(device.kind));
  row.network = std::string(domain::Name(device.network));
  row.camera = std::string(domain::Name(device.camera));
  row.auth_method = std::string(domain::Name(device.auth_method));
  row.inventoried_on = device.inventoried_on;
  row.note = device.note;
  row.user_staff_numbers.emplace();
  row.user_names.emplace();
  row.user_kana.emplace();
  for (const domain::DeviceUser& user : device.users) {
    row.user_staff_numbers->push_back(user.staff_number);
    row.user_names->push_back(user.name);
    row.user_kana->push_back(user.kana);
  }
  return row;
}

// A finished file and what it lacks.
struct File {
  std::string bytes;
  std::vector<v1::LostCharacter> lost;
};

// Calls `each` for every device that matches, by asset tag.
template <typename Each>
absl::Status ForEach(store::ReadView& view, const app::DeviceFilter& filter, Each each) {
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch,
                     view.ListDevices({.after = after, .limit = kBatch}));
    for (const domain::Device& device : batch) {
      ASSIGN_OR_RETURN(const bool matches, app::Matches(view, filter, device));
      if (matches) RETURN_IF_ERROR(each(device));
    }
    if (batch.size() < static_cast<size_t>(kBatch)) return absl::OkStatus();
    after = batch.back().asset_tag;
  }
}

absl::StatusOr<File> WriteCsv(store::ReadView& view, const app::DeviceFilter& filter,
                              tabular::CsvEncoding encoding) {
  tabular::CsvWriter writer(encoding);
  const std::vector<std::string> header = tabular::DeviceHeader();
  writer.AddRow(header);
  std::vector<std::string> tags = {""};
  RETURN_IF_ERROR(ForEach(view, filter, [&](const domain::Device& device) {
    writer.AddRow(tabular::DeviceCells(ToRow(device)));
    tags.push_back(domain::DeviceName(device.asset_tag));
    return absl::OkStatus();
  }));
  File file;
  for (const tabular::LostCharacter& lost : writer.lost()) {
    v1::LostCharacter& row = file.lost.emplace_back();
    row.set_device(tags[lost.row]);
    row.set_column(header[lost.column]);
    row.set_cell(lost.cell);
    row.set_code_point(absl::StrFormat("U+%04X", static_cast<uint32_t>(lost.code_point)));
  }
  file.bytes = std::move(writer).Finish();
  return file;
}

absl::StatusOr<File> WriteXlsx(store::ReadView& view, const app::DeviceFilter& filter) {
  std::vector<std::vector<std::string>> rows = {tabular::DeviceHeader()};
  RETURN_IF_ERROR(ForEach(view, filter, [&](const domain::Device& device) {
    rows.push_back(tabular::DeviceCells(ToRow(device)));
    return absl::OkStatus();
  }));
  File file;
  ASSIGN_OR_RETURN(file.bytes, tabular::WriteWorkbook("端末", rows));
  return file;
}

absl::StatusOr<File> WriteJsonLines(store::ReadView& view, const app::DeviceFilter& filter,
                                    absl::Time now) {
  File file;
  RETURN_IF_ERROR(ForEach(view, filter, [&](const domain::Device& device) -> absl::Status {
    v1::Device proto;
    ToProto(device, &proto, now);
    std::string json;
    if (!google::protobuf::util::MessageToJsonString(proto, &json).ok()) {
      return absl::DataLossError("a device can't be written as JSON");
    }
    file.bytes += json + "\n";
    return absl::OkStatus();
  }));
  return file;
}

absl::StatusOr<File> WriteFile(const Environment& env, const v1::ExportDevicesRequest& request) {
  ASSIGN_OR_RETURN(const app::DeviceFilter filter, app::ParseDeviceFilter(request.filter()));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env.store.Read());
  switch (request.form()) {
    case v1::EXPORT_FORM_CSV:
      return WriteCsv(*view, filter, tabular::CsvEncoding::kUtf8WithMark);
    case v1::EXPORT_FORM_CSV_CP932:
      return WriteCsv(*view, filter, tabular::CsvEncoding::kCp932);
    case v1::EXPORT_FORM_XLSX:
      return WriteXlsx(*view, filter);
    case v1::EXPORT_FORM_JSON_LINES:
      return WriteJsonLines(*view, filter, env.ward.now());
    default:
      return domain::InvalidField(
          "form", domain::Sentence("Say in which form: CSV, CSV_CP932, XLSX or JSON_LINES."));
  }
}

// Makes the file on the work pool and sends it a chunk at a time.
class ExportReactor final : public PartSender<grpc::ServerWriteReactor<v1::ExportDevicesResponse>,
                                              v1::ExportDevicesResponse> {
 public:
  ExportReactor(Environment& env, const grpc::CallbackServerContext& call,
                const v1::ExportDevicesRequest& request) {
    if (const auto caller = CheckCaller(env, call, Rpc("ImportService/ExportDevices"));
        !caller.ok()) {
      Finish(ToGrpcStatus(caller.status()));
      return;
    }
    const bool queued = env.work.Submit([this, &env, request] {
      absl::StatusOr<File> file = WriteFile(env, request);
      if (!file.ok()) {
        Finish(ToGrpcStatus(file.status()));
        return;
      }
      file_ = *std::move(file);
      SendParts();
    });
    if (!queued) Finish(ToGrpcStatus(TooMuchAtOnce()));
  }

 private:
  bool FillPart(v1::ExportDevicesResponse& part) override {
    if (sent_ < file_.bytes.size()) {
      part.set_chunk(file_.bytes.substr(sent_, kChunk));
      sent_ += part.chunk().size();
      return true;
    }
    while (reported_ < file_.lost.size() && part.lost_size() < kLostInAPart) {
      *part.add_lost() = std::move(file_.lost[reported_++]);
    }
    return part.lost_size() > 0;
  }

  File file_;
  size_t sent_ = 0;
  size_t reported_ = 0;
};

}  // namespace

grpc::ServerWriteReactor<v1::ExportDevicesResponse>* ImportServiceImpl::ExportDevices(
    grpc::CallbackServerContext* call, const v1::ExportDevicesRequest* request) {
  return new ExportReactor(env_, *call, *request);
}

}  // namespace kirikae::api
