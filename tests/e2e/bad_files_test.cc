// A file that is not a table, or is made to do harm, is refused with the place of the fault;
// nothing is written, and the daemon's memory stays bounded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xlsxwriter.h>
#include <zip.h>

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "kirikae/v1/import_service.grpc.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

constexpr int64_t kMebibyte = int64_t{1} << 20;
// An idle daemon's memory, plus a file of 64 MiB (the limit), plus up to about 50 MiB that a client
// has sent and a busy machine's transport holds unread.
constexpr int64_t kMostMemory = 200 * kMebibyte;
constexpr char kHeader[] = "資産管理番号,ホスト名,端末区分\n";

// An archive with parts of a workbook whose sheet is `sheet`.
void WriteWorkbook(const std::string& file, const std::string& sheet,
                   const std::string& strings = "<sst/>") {
  const std::pair<const char*, std::string> parts[] = {
      {"xl/workbook.xml",
       R"(<workbook xmlns:r="r"><sheets><sheet name="s" r:id="rId1"/></sheets></workbook>)"},
      {"xl/_rels/workbook.xml.rels",
       R"(<Relationships><Relationship Id="rId1" Type="t/worksheet" Target="sheet1.xml"/>)"
       R"(<Relationship Id="rId2" Type="t/sharedStrings" Target="strings.xml"/></Relationships>)"},
      {"xl/strings.xml", strings},
      {"xl/sheet1.xml", sheet}};
  zip_t* const archive = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  ASSERT_NE(archive, nullptr);
  for (const auto& [name, body] : parts) {
    zip_file_add(archive, name, zip_source_buffer(archive, body.data(), body.size(), 0), 0);
  }
  ASSERT_EQ(zip_close(archive), 0);
}

std::string Repeated(const std::string& text, int64_t bytes) {
  std::string all;
  all.reserve(static_cast<size_t>(bytes) + text.size());
  while (static_cast<int64_t>(all.size()) < bytes) all += text;
  return all;
}

class BadFiles : public ::testing::Test {
 protected:
  // In every case the daemon still answers, and nothing was written.
  void TearDown() override {
    daemon_.ExpectPeakMemoryBelow(kMostMemory);
    const ProgramResult devices = daemon_.Run({"device", "list", "-o", "name"});
    EXPECT_EQ(devices.exit_code, 0) << devices.err;
    EXPECT_EQ(devices.out, "");
    const ProgramResult sets =
        daemon_.Run({"change", "list", "--act", "PREVIEW_IMPORT", "-o", "name"});
    EXPECT_EQ(sets.out, "") << "a file that can't be read leaves no preview";
  }

  // Refused at these fields because of this problem.
  void ExpectRefused(const std::string& name, const std::vector<std::string>& fields,
                     const std::string& problem) {
    const Outcome refused = Try(daemon_, {"import", "devices", folder_ / name});
    EXPECT_THAT(refused, InvalidAt(fields));
    EXPECT_EQ(refused.metadata.at("problem"), problem) << refused;
  }
  void ExpectContentRefused(const std::string& content, const std::string& field,
                            const std::string& problem) {
    WriteFile(folder_ / "devices.csv", content);
    ExpectRefused("devices.csv", {field}, problem);
  }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(BadFiles, AZipBombIsRefusedBeforeItIsUnpacked) {
  const std::string spaces(static_cast<size_t>(200 * kMebibyte), ' ');
  WriteWorkbook(folder_ / "bomb.xlsx", "<worksheet><sheetData><row>" + spaces + "</row>");
  ExpectRefused("bomb.xlsx", {"content"}, "WORKBOOK_EXPANDS_TOO_MUCH");
}

TEST_F(BadFiles, AWorkbookThatUnpacksToMuchOrNestsDeepIsRefusedInBoundedMemory) {
  // Each part has a compression ratio of 30 to 150, as real sheets have.
  std::string rows;
  for (int64_t i = 0; static_cast<int64_t>(rows.size()) < 100 * kMebibyte; ++i) {
    rows += "<row><c t=\"inlineStr\"><is><t>" + std::to_string(i * 7919) + "</t></is></c></row>";
  }
  WriteWorkbook(folder_ / "rows.xlsx",
                "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
  // The whole sheet is read: the first cell is not a column of a device list.
  ExpectRefused("rows.xlsx", {"0", "資産管理番号"}, "UNKNOWN_COLUMN,MISSING_COLUMN");
  std::string deep;
  for (int64_t i = 0; static_cast<int64_t>(deep.size()) < 20 * kMebibyte; ++i) {
    deep += "<a" + std::to_string(i * 7919) + ">";
  }
  WriteWorkbook(folder_ / "deep.xlsx", "<worksheet>" + deep);
  ExpectRefused("deep.xlsx", {"content"}, "NOT_A_WORKBOOK");
  std::string strings;
  for (int64_t i = 0; static_cast<int64_t>(strings.size()) < 100 * kMebibyte; ++i) {
    strings += "<si><t>" + std::to_string(i * 7919) + "</t></si>";
  }
  WriteWorkbook(folder_ / "strings.xlsx", "<worksheet/>", "<sst>" + strings + "</sst>");
  ExpectRefused("strings.xlsx", {"content"}, "WORKBOOK_TOO_LARGE");
  std::string tag;
  for (int64_t i = 0; static_cast<int64_t>(tag.size()) < 20 * kMebibyte; ++i) {
    tag += " a" + std::to_string(i) + "='" + std::to_string(i * 7919) + "'";
  }
  WriteWorkbook(folder_ / "tag.xlsx", "<worksheet" + tag + "/>");
  ExpectRefused("tag.xlsx", {"content"}, "NOT_A_WORKBOOK");
}

TEST_F(BadFiles, ARealWorkbookCutShortIsRefused) {
  const std::string whole = folder_ / "whole.xlsx";
  lxw_workbook* const book = workbook_new(whole.c_str());
  lxw_worksheet* const sheet = workbook_add_worksheet(book, "端末一覧");
  const char* const header[] = {"資産管理番号", "ホスト名", "端末区分"};
  for (lxw_col_t i = 0; i < 3; ++i) worksheet_write_string(sheet, 0, i, header[i], nullptr);
  for (lxw_row_t row = 1; row <= 500; ++row) {
    worksheet_write_string(sheet, row, 0, ("TSM-" + std::to_string(row)).c_str(), nullptr);
    worksheet_write_string(sheet, row, 1, ("PC" + std::to_string(row * 7919)).c_str(), nullptr);
    worksheet_write_string(sheet, row, 2, "職員端末", nullptr);
  }
  ASSERT_EQ(workbook_close(book), LXW_NO_ERROR);
  const std::string bytes = ReadFile(whole);
  ASSERT_GT(bytes.size(), 10'000U);
  for (const size_t size : {bytes.size() / 10, bytes.size() / 2, bytes.size() - 1}) {
    WriteFile(folder_ / "cut.xlsx", bytes.substr(0, size));
    ExpectRefused("cut.xlsx", {"content"}, "NOT_A_WORKBOOK");
  }
  // Damaged bytes, with the directory at the end intact.
  std::string spoilt = bytes;
  for (size_t at = bytes.size() / 4; at < bytes.size() / 4 + 64; ++at) spoilt[at] ^= 0x5A;
  WriteFile(folder_ / "spoilt.xlsx", spoilt);
  ExpectRefused("spoilt.xlsx", {"content"}, "NOT_A_WORKBOOK");
}

TEST_F(BadFiles, AFileOf200MegabytesIsRefusedEarly) {
  const std::string file = folder_ / "large.csv";
  {
    std::ofstream out(file, std::ios::binary);
    out << kHeader;
    const std::string block = Repeated("TSM-1,PC1,職員端末\n", kMebibyte);
    for (int i = 0; i < 200; ++i) out << block;
  }
  EXPECT_THAT(Try(daemon_, {"import", "devices", file}), Fails(7, "FILE_TOO_LARGE"));
}

TEST_F(BadFiles, AClientThatSendsMoreThanItSaidIsCutOff) {
  grpc::ClientContext context;
  daemon_.Authorize(context);
  v1::Import preview;
  const auto stub = v1::ImportService::NewStub(daemon_.channel());
  const auto writer = stub->PreviewImport(&context, &preview);
  v1::PreviewImportRequest part;
  part.mutable_header()->set_kind(v1::IMPORT_KIND_DEVICES);
  part.mutable_header()->set_file_size(10);
  part.mutable_header()->set_sha256(std::string(64, '0'));
  bool open = writer->Write(part);
  part.set_chunk(std::string(static_cast<size_t>(kMebibyte), 'x'));
  int sent = 0;
  for (; open && sent < 300; ++sent) open = writer->Write(part);
  writer->WritesDone();
  EXPECT_THAT(OutcomeOf(writer->Finish()), InvalidAt({"chunk"}));
  EXPECT_LT(sent, 200) << "of 300";
}

TEST_F(BadFiles, ANulCharacterIsRefused) {
  constexpr char kRow[] = "TSM-1,PC\0X,職員端末\n";
  ExpectContentRefused(kHeader + std::string(kRow, sizeof(kRow) - 1), "content", "NUL_CHARACTER");
}

TEST_F(BadFiles, TenThousandColumnsAreRefused) {
  std::string header = "資産管理番号";
  std::string row = "TSM-1";
  for (int i = 0; i < 10'000; ++i) {
    header += ",c" + std::to_string(i);
    row += ",x";
  }
  ExpectContentRefused(header + "\n" + row + "\n", "content", "TOO_MANY_COLUMNS");
}

TEST_F(BadFiles, AHeaderThatStandsTwiceIsRefused) {
  ExpectContentRefused("資産管理番号,ホスト名,端末区分,ホスト名\nTSM-1,PC1,職員端末,PC2\n",
                       "ホスト名", "COLUMN_TWICE");
}

TEST_F(BadFiles, ALineWithoutEndIsRefused) {
  ExpectContentRefused(kHeader + Repeated("TSM-1,", 40 * kMebibyte), "content", "TOO_MANY_COLUMNS");
}

}  // namespace
}  // namespace kirikae::testing
