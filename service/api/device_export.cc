// ExportDevices: the inventory as a file, in parts.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "kirikae/v1/import_service.pb.h"
#include "service/api/convert/device_lines.h"
#include "service/api/import_handlers.h"
#include "service/app/inventory/export.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"
#include "service/text/sentence.h"

namespace kirikae::api {
namespace {

constexpr size_t kChunk = 64U * 1024;
constexpr int kLostInAPart = 500;

absl::StatusOr<app::ExportedFile> JsonLines(const Call& call, const app::DeviceFilter& filter) {
  app::ExportedFile file;
  RETURN_IF_ERROR(
      app::ForEachDevice(call.view, filter, [&](const domain::Device& device) -> absl::Status {
        ASSIGN_OR_RETURN(const std::string line, DeviceLine(device, call.now));
        file.bytes += line;
        return absl::OkStatus();
      }));
  return file;
}

absl::StatusOr<app::ExportedFile> WriteFile(const Call& call,
                                            const v1::ExportDevicesRequest& request) {
  ASSIGN_OR_RETURN(const app::DeviceFilter filter, app::ParseDeviceFilter(request.filter()));
  switch (request.form()) {
    case v1::EXPORT_FORM_CSV:
      return app::ExportDevices(call.view, filter, app::FileKind::kCsv);
    case v1::EXPORT_FORM_CSV_CP932:
      return app::ExportDevices(call.view, filter, app::FileKind::kCsvCp932);
    case v1::EXPORT_FORM_XLSX:
      return app::ExportDevices(call.view, filter, app::FileKind::kXlsx);
    case v1::EXPORT_FORM_JSON_LINES:
      return JsonLines(call, filter);
    default:
      return domain::InvalidField(
          "form", domain::Sentence("Say in which form: CSV, CSV_CP932, XLSX or JSON_LINES."));
  }
}

void ToProto(const app::LostCharacter& lost, v1::LostCharacter* proto) {
  proto->set_device(domain::DeviceName(lost.asset_tag));
  proto->set_column(lost.column);
  // A cell that was cut may be longer than an answer.
  proto->set_cell(text::Shortened(lost.cell));
  if (lost.code_point != 0) {
    proto->set_code_point(absl::StrFormat("U+%04X", static_cast<uint32_t>(lost.code_point)));
  }
  proto->set_written_as(lost.written);
}

// The bytes, then what the file lacks. The bytes are not in memory: a caller may take them slowly.
class FileParts {
 public:
  FileParts(std::unique_ptr<Spool> bytes, std::vector<app::LostCharacter> lost)
      : bytes_(std::move(bytes)), lost_(std::move(lost)) {}

  absl::StatusOr<bool> Next(v1::ExportDevicesResponse& part) {
    if (sent_ < bytes_->size()) {
      ASSIGN_OR_RETURN(*part.mutable_chunk(), bytes_->ReadAt(sent_, kChunk));
      sent_ += part.chunk().size();
      return true;
    }
    while (reported_ < lost_.size() && part.lost_size() < kLostInAPart) {
      ToProto(lost_[reported_++], part.add_lost());
    }
    return part.lost_size() > 0;
  }

 private:
  const std::unique_ptr<Spool> bytes_;
  const std::vector<app::LostCharacter> lost_;
  size_t sent_ = 0;
  size_t reported_ = 0;
};

}  // namespace

absl::StatusOr<Parts<v1::ExportDevicesResponse>> ExportDevices(
    const Call& call, const v1::ExportDevicesRequest& request) {
  ASSIGN_OR_RETURN(app::ExportedFile file, WriteFile(call, request));
  ASSIGN_OR_RETURN(std::unique_ptr<Spool> bytes, Spool::Open(call.env.spools));
  RETURN_IF_ERROR(bytes->Append(file.bytes));
  // The copies of the function share the file.
  const auto parts = std::make_shared<FileParts>(std::move(bytes), std::move(file.lost));
  return [parts](v1::ExportDevicesResponse& part) { return parts->Next(part); };
}

}  // namespace kirikae::api
