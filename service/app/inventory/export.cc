#include "service/app/inventory/export.h"

#include <utility>

#include "service/app/inventory/device_columns.h"
#include "service/domain/record_fields.h"
#include "service/status_macros.h"
#include "service/tabular/csv_writer.h"
#include "service/tabular/device_table.h"
#include "service/tabular/xlsx_writer.h"

namespace kirikae::app {
namespace {

constexpr int kBatch = 500;

tabular::DeviceRow ToRow(const domain::Device& device) {
  tabular::DeviceRow row;
  row.asset_tag = device.asset_tag;
  for (const FileColumn<tabular::DeviceRow>& column : FileColumns<tabular::DeviceRow>()) {
    if (const auto* const field = domain::FindField<domain::Device>(column.field)) {
      column.set(row, field->get(device));
    }
  }
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

// With the devices of the rows and the columns' headers.
std::vector<LostCharacter> LostOf(const std::vector<tabular::LostCharacter>& all,
                                  const std::vector<std::string>& tags,
                                  const std::vector<std::string>& header) {
  std::vector<LostCharacter> out;
  out.reserve(all.size());
  for (const tabular::LostCharacter& lost : all) {
    out.push_back({tags[lost.row], header[lost.column], lost.cell, lost.code_point, lost.written});
  }
  return out;
}

absl::StatusOr<ExportedFile> WriteCsv(store::ReadView& view, const DeviceFilter& filter,
                                      tabular::CsvEncoding encoding) {
  tabular::CsvWriter writer(encoding);
  const std::vector<std::string> header = tabular::DeviceHeader();
  writer.AddRow(header);
  std::vector<std::string> tags = {""};  // by row
  RETURN_IF_ERROR(ForEachDevice(view, filter, [&](const domain::Device& device) {
    writer.AddRow(tabular::DeviceCells(ToRow(device)));
    tags.push_back(device.asset_tag);
    return absl::OkStatus();
  }));
  ExportedFile file;
  file.lost = LostOf(writer.lost(), tags, header);
  file.bytes = std::move(writer).Finish();
  return file;
}

absl::StatusOr<ExportedFile> WriteXlsx(store::ReadView& view, const DeviceFilter& filter) {
  std::vector<std::vector<std::string>> rows = {tabular::DeviceHeader()};
  std::vector<std::string> tags = {""};  // by row
  RETURN_IF_ERROR(ForEachDevice(view, filter, [&](const domain::Device& device) {
    rows.push_back(tabular::DeviceCells(ToRow(device)));
    tags.push_back(device.asset_tag);
    return absl::OkStatus();
  }));
  ExportedFile file;
  std::vector<tabular::LostCharacter> lost;
  ASSIGN_OR_RETURN(file.bytes, tabular::WriteWorkbook("端末", rows, &lost));
  file.lost = LostOf(lost, tags, rows.front());
  return file;
}

}  // namespace

absl::Status ForEachDevice(store::ReadView& view, const DeviceFilter& filter,
                           const std::function<absl::Status(const domain::Device&)>& each) {
  std::string after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<domain::Device> batch,
                     view.ListDevices({.after = after, .limit = kBatch}));
    for (const domain::Device& device : batch) {
      ASSIGN_OR_RETURN(const bool matches, Matches(view, filter, device));
      if (matches) RETURN_IF_ERROR(each(device));
    }
    if (batch.size() < static_cast<size_t>(kBatch)) return absl::OkStatus();
    after = batch.back().asset_tag;
  }
}

absl::StatusOr<ExportedFile> ExportDevices(store::ReadView& view, const DeviceFilter& filter,
                                           FileKind kind) {
  switch (kind) {
    case FileKind::kCsv:
      return WriteCsv(view, filter, tabular::CsvEncoding::kUtf8WithMark);
    case FileKind::kCsvCp932:
      return WriteCsv(view, filter, tabular::CsvEncoding::kCp932);
    case FileKind::kXlsx:
      break;
  }
  return WriteXlsx(view, filter);
}

}  // namespace kirikae::app
