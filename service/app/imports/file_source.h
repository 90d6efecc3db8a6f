// An uploaded file as a source of rows.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "service/app/imports/row_source.h"

namespace kirikae::app {

/// How a file is read.
struct FileForm {
  std::string encoding;  ///< `CP932`; "" = found from the bytes
  std::string sheet;     ///< of a workbook; "" = the first that is not hidden
};

/// A CSV, TSV or XLSX file in memory; `content` must outlive it.
class FileSource final : public RowSource {
 public:
  FileSource(std::string_view content, FileForm form) : content_(content), form_(std::move(form)) {}

  std::string Hash() const override;
  /// INVALID_ARGUMENT also for an unknown encoding.
  absl::StatusOr<std::string> Read(const tabular::TableSink& sink) override;

 private:
  const std::string_view content_;
  const FileForm form_;
};

}  // namespace kirikae::app
