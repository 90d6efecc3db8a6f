#include "service/tabular/xlsx_writer.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "absl/status/status.h"

namespace kirikae::tabular {
namespace {

// The library writes to a file only.
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

}  // namespace

absl::StatusOr<std::string> WriteWorkbook(const std::string& sheet,
                                          const std::vector<std::vector<std::string>>& rows) {
  const TemporaryFile file;
  if (!file.made()) return absl::UnavailableError("no temporary file can be made");
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  lxw_workbook* const workbook = workbook_new_opt(file.path().c_str(), &options);
  if (workbook == nullptr) return absl::UnavailableError("the workbook can't be begun");
  lxw_worksheet* const worksheet = workbook_add_worksheet(workbook, sheet.c_str());
  lxw_format* const text = workbook_add_format(workbook);
  format_set_num_format(text, "@");
  for (size_t r = 0; r < rows.size(); ++r) {
    for (size_t c = 0; c < rows[r].size(); ++c) {
      if (rows[r][c].empty()) continue;
      worksheet_write_string(worksheet, static_cast<lxw_row_t>(r), static_cast<lxw_col_t>(c),
                             rows[r][c].c_str(), text);
    }
  }
  if (!rows.empty()) worksheet_freeze_panes(worksheet, 1, 0);
  if (const lxw_error error = workbook_close(workbook); error != LXW_NO_ERROR) {
    return absl::UnavailableError(lxw_strerror(error));
  }
  std::ifstream in(file.path(), std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace kirikae::tabular
