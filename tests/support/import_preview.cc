#include "tests/support/import_preview.h"

#include <gtest/gtest.h>

#include "kirikae/v1/import_service.grpc.pb.h"
#include "tests/support/answer.h"

namespace kirikae::testing {

std::vector<v1::ImportRow> ImportRows(const Daemon& daemon, const std::string& name,
                                      bool problems_only, int page_size) {
  std::vector<v1::ImportRow> rows;
  v1::ListImportRowsRequest request;
  request.set_parent(name);
  request.set_page_size(page_size);
  request.set_problems_only(problems_only);
  const auto stub = v1::ImportService::NewStub(daemon.channel());
  do {
    grpc::ClientContext context;
    daemon.Authorize(context);
    v1::ListImportRowsResponse page;
    const grpc::Status status = stub->ListImportRows(&context, request, &page);
    EXPECT_TRUE(status.ok()) << status.error_message();
    rows.insert(rows.end(), page.rows().begin(), page.rows().end());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  return rows;
}

v1::ImportRow ImportPreview::Row(const std::string& key) const {
  for (const v1::ImportRow& row : rows) {
    if (row.key() == key) return row;
  }
  ADD_FAILURE() << "no row of " << key;
  return {};
}

v1::ImportRow ImportPreview::Line(int line) const {
  for (const v1::ImportRow& row : rows) {
    if (row.line() == line) return row;
  }
  ADD_FAILURE() << "no row of line " << line;
  return {};
}

ImportPreview PreviewFile(const Daemon& daemon, const std::string& kind, const std::string& file,
                          const std::vector<std::string>& flags, int exit_code) {
  std::vector<std::string> args = {"import", kind, file};
  args.insert(args.end(), flags.begin(), flags.end());
  ImportPreview preview{Answer<v1::Import>(daemon, args, exit_code), {}};
  preview.rows = ImportRows(daemon, preview.summary.name());
  return preview;
}

std::vector<std::string> Codes(const v1::ImportRow& row) {
  std::vector<std::string> codes;
  for (const v1::ImportProblem& problem : row.problems()) {
    codes.push_back(problem.code() + (problem.warning() ? "?" : ""));
  }
  return codes;
}

}  // namespace kirikae::testing
