// A file's preview with its rows.
#pragma once

#include <string>
#include <vector>

#include "kirikae/v1/import_service.pb.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {

/// Rows of a stored preview, `imports/3`, read with pages of that size.
std::vector<v1::ImportRow> ImportRows(const Daemon& daemon, const std::string& name,
                                      bool problems_only = false, int page_size = 1000);

/// A preview that `kirikae import` made.
struct ImportPreview {
  v1::Import summary;
  std::vector<v1::ImportRow> rows;

  /// The first row with a key, or of a line; if there is none, an empty row and a failed test.
  v1::ImportRow Row(const std::string& key) const;
  v1::ImportRow Line(int line) const;
};

/// Runs `kirikae import KIND FILE FLAGS…`; fails the test unless it ends with `exit_code`.
ImportPreview PreviewFile(const Daemon& daemon, const std::string& kind, const std::string& file,
                          const std::vector<std::string>& flags = {}, int exit_code = 0);

/// Codes of a row's problems, in order; warnings have a `?` at the end.
std::vector<std::string> Codes(const v1::ImportRow& row);

}  // namespace kirikae::testing
