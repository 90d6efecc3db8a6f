#include "service/tabular/xlsx_writer.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "absl/status/status.h"
#include "service/status_macros.h"
#include "service/tabular/sheet_text.h"

namespace kirikae::tabular {
namespace {

// A temporary file, because the library can only write to files.
class TemporaryFile {
 public:
  TemporaryFile() {
    const int file = mkstemp(path_.data());
    made_ = file >= 0;
    if (made_) close(file);
  }
  ~TemporaryFile() {
    if (made_) unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  bool made() const { return made_; }
  const std::string& path() const { return path_; }

 private:
  std::string path_ = "/tmp/kirikae-export-XXXXXX";
  bool made_ = false;
};

// A workbook that is being written to a file of its own.
class Writer {
 public:
  absl::Status Begin() {
    if (!file_.made()) return absl::UnavailableError("no temporary file can be made");
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    workbook_ = workbook_new_opt(file_.path().c_str(), &options);
    if (workbook_ == nullptr) return absl::UnavailableError("the workbook can't be begun");
    text_ = workbook_add_format(workbook_);
    format_set_num_format(text_, "@");
    return absl::OkStatus();
  }

  void BeginSheet(const std::string& name) {
    sheet_ = workbook_add_worksheet(workbook_, name.c_str());
    row_ = 0;
  }
  void Put(size_t column, const std::string& text, std::vector<LostCharacter>* lost = nullptr) {
    const SheetText written = ToSheetText(text);
    if (lost != nullptr) {
      for (const char32_t c : written.left_out) lost->push_back({row_, column, text, c, ""});
      if (written.cut) lost->push_back({row_, column, text, 0, "…"});
    }
    if (written.text.empty()) return;
    Note(worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), written.text.c_str(),
                                text_));
  }
  void Put(size_t column, double number) {
    Note(worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column), number, nullptr));
  }
  void EndRow() {
    if (row_ == 0) worksheet_freeze_panes(sheet_, 1, 0);
    ++row_;
  }

  absl::StatusOr<std::string> Finish() {
    const lxw_error written = written_;
    if (written != LXW_NO_ERROR) {
      workbook_close(workbook_);
      return absl::ResourceExhaustedError(lxw_strerror(written));
    }
    if (const lxw_error error = workbook_close(workbook_); error != LXW_NO_ERROR) {
      return absl::UnavailableError(lxw_strerror(error));
    }
    std::ifstream in(file_.path(), std::ios::binary);
    std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (!in || bytes.empty()) return absl::UnavailableError("the workbook can't be read back");
    return bytes;
  }

 private:
  // Keeps the first fault, such as a row beyond a sheet's last.
  void Note(lxw_error error) {
    if (written_ == LXW_NO_ERROR) written_ = error;
  }

  const TemporaryFile file_;
  lxw_error written_ = LXW_NO_ERROR;
  lxw_workbook* workbook_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* text_ = nullptr;
  lxw_row_t row_ = 0;
};

}  // namespace

absl::StatusOr<std::string> WriteSheets(const std::vector<Sheet>& sheets) {
  Writer writer;
  RETURN_IF_ERROR(writer.Begin());
  for (const Sheet& sheet : sheets) {
    writer.BeginSheet(sheet.name);
    for (const std::vector<Cell>& row : sheet.rows) {
      for (size_t c = 0; c < row.size(); ++c) {
        std::visit([&](const auto& value) { writer.Put(c, value); }, row[c]);
      }
      writer.EndRow();
    }
  }
  return writer.Finish();
}

absl::StatusOr<std::string> WriteWorkbook(const std::string& sheet,
                                          const std::vector<std::vector<std::string>>& rows,
                                          std::vector<LostCharacter>* lost) {
  Writer writer;
  RETURN_IF_ERROR(writer.Begin());
  writer.BeginSheet(sheet);
  for (const std::vector<std::string>& row : rows) {
    for (size_t c = 0; c < row.size(); ++c) writer.Put(c, row[c], lost);
    writer.EndRow();
  }
  return writer.Finish();
}

}  // namespace kirikae::tabular
