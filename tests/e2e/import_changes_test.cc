// What a file means for records that it does not name: missing devices, personnel changes,
// profiles; and files that could block a daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kirikae/v1/import_service.grpc.pb.h"
#include "kirikae/v1/inventory_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/import_preview.h"

namespace kirikae::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ImportChanges : public ::testing::Test {
 protected:
  void SetUp() override { ImportSampleWard(daemon_); }

  std::string File(const std::string& name, const std::string& content) {
    WriteFile(folder_ / name, content);
    return folder_ / name;
  }
  v1::Device Show(const std::string& tag) {
    return Answer<v1::Device>(daemon_, {"device", "show", tag});
  }
  // A list of all devices' tags except the last `less`.
  std::string TagsBut(int less) {
    std::string list = "資産管理番号\n";
    for (int i = 1; i <= 700 - less; ++i) {
      const std::string number = std::to_string(i);
      list += "TSM-" + std::string(5 - number.size(), '0') + number + "\n";
    }
    return list;
  }
  std::string Newest() { return NewestChange(daemon_); }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(ImportChanges, DevicesThatTheFileDoesNotNameAreListedAndStay) {
  const ImportPreview preview =
      PreviewFile(daemon_, "devices", File("d.csv", TagsBut(3)), {"--apply", "--yes"});
  EXPECT_EQ(preview.Row("TSM-00698").action(), v1::IMPORT_ACTION_MISSING);
  EXPECT_EQ(preview.summary.missing(), 3);
  EXPECT_EQ(preview.summary.retires(), 0);
  EXPECT_EQ(Show("TSM-00700").state(), v1::DEVICE_STATE_ACTIVE);
}

TEST_F(ImportChanges, MissingDevicesAreRetiredWhereAskedAndComeBackByUndo) {
  const std::string file = File("d.csv", TagsBut(3));
  const ImportPreview preview =
      PreviewFile(daemon_, "devices", file, {"--retire-missing", "--apply", "--yes"});
  EXPECT_EQ(preview.Row("TSM-00700").action(), v1::IMPORT_ACTION_RETIRE);
  EXPECT_EQ(preview.summary.retires(), 3);
  EXPECT_EQ(Show("TSM-00700").state(), v1::DEVICE_STATE_RETIRED);
  EXPECT_EQ(Show("TSM-00697").state(), v1::DEVICE_STATE_ACTIVE);
  ASSERT_EQ(daemon_.Run({"change", "undo", Newest(), "--yes"}).exit_code, 0);
  EXPECT_EQ(Show("TSM-00700").state(), v1::DEVICE_STATE_ACTIVE);
}

TEST_F(ImportChanges, AListThatIsCutShortRetiresNothingUnlessForced) {
  const std::string file = File("d.csv", TagsBut(300));
  EXPECT_THAT(Try(daemon_, {"import", "devices", file, "--retire-missing"}),
              Fails(4, "TOO_MANY_MISSING"));
  const ProgramResult forced =
      daemon_.Run({"import", "devices", file, "--retire-missing", "--force", "--apply", "--yes"});
  EXPECT_EQ(forced.exit_code, 0) << forced.err;
  EXPECT_EQ(Show("TSM-00600").state(), v1::DEVICE_STATE_RETIRED);
}

TEST_F(ImportChanges, AMissingDeviceThatChangedSinceThePreviewStopsTheRetiring) {
  const ProgramResult preview = daemon_.Run(
      {"import", "devices", File("d.csv", TagsBut(3)), "--retire-missing", "-o", "name"});
  ASSERT_EQ(preview.exit_code, 0) << preview.err;
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00699", "--set", "note=x"}).exit_code, 0);
  const std::string id = preview.out.substr(8, preview.out.find('\n') - 8);
  const Outcome late = Try(daemon_, {"import", "apply", id, "--yes"});
  EXPECT_THAT(late, Fails(4, "IMPORT_STALE"));
  EXPECT_THAT(late.fields, ElementsAre("devices/TSM-00699"));
  EXPECT_EQ(Show("TSM-00700").state(), v1::DEVICE_STATE_ACTIVE);
}

// 人事異動: one person takes the PC along, another leaves it; the history knows who had it when.
TEST_F(ImportChanges, InAPersonnelChangeDevicesFollowOrStay) {
  const auto person = [&](const std::string& tag) { return Show(tag).users(0).staff_number(); };
  const auto uses = [](const v1::Device& device, const std::string& number) {
    return std::any_of(device.users().begin(), device.users().end(),
                       [&](const v1::DeviceUser& user) { return user.staff_number() == number; });
  };
  const std::string follower = person("TSM-00002");
  const std::string leaver = person("TSM-00003");
  const std::string file = File("move.csv", absl::StrCat("職員番号,氏名,部,課,端末\n", follower,
                                                         ",異動　一郎,新設部,新設課,随行\n", leaver,
                                                         ",異動　二郎,新設部,新設課,残置\n"));
  const ImportPreview preview = PreviewFile(daemon_, "staff", file);
  const v1::ImportRow follows = preview.Row("TSM-00002");
  EXPECT_EQ(follows.line(), 2);
  ASSERT_EQ(follows.changes_size(), 1);
  EXPECT_EQ(follows.changes(0).field(), "department");
  EXPECT_EQ(follows.changes(0).new_value(), "新設部/新設課");
  const v1::ImportRow stays = preview.Row("TSM-00003");
  EXPECT_EQ(stays.line(), 3);
  ASSERT_EQ(stays.changes_size(), 1);
  EXPECT_EQ(stays.changes(0).field(), "users");
  EXPECT_NE(Show("TSM-00002").department(), "新設部/新設課");
  daemon_.Stop();
  daemon_.Start({"--now", "2025-04-02T09:00:00+09:00"});
  const ProgramResult applied = daemon_.Run({"import", "staff", file, "--apply", "--yes"});
  ASSERT_EQ(applied.exit_code, 0) << applied.err;
  const std::string set = Newest();
  EXPECT_EQ(Show("TSM-00002").department(), "新設部/新設課");
  EXPECT_TRUE(uses(Show("TSM-00002"), follower));
  EXPECT_FALSE(uses(Show("TSM-00003"), leaver));
  EXPECT_THAT(daemon_.Run({"lookup", leaver}).out, Not(HasSubstr("TSM-00003")));
  EXPECT_TRUE(
      uses(Answer<v1::Device>(daemon_, {"device", "show", "TSM-00003", "--as-of", "2025-04-01"}),
           leaver));
  ASSERT_EQ(daemon_.Run({"change", "undo", set, "--yes"}).exit_code, 0);
  EXPECT_TRUE(uses(Show("TSM-00003"), leaver));
  EXPECT_NE(Show("TSM-00002").department(), "新設部/新設課");
  const ProgramResult check =
      RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()});
  EXPECT_EQ(check.exit_code, 0) << check.out;
}

TEST_F(ImportChanges, AnUnknownWordForTheDevicesIsAnError) {
  const ImportPreview preview = PreviewFile(
      daemon_, "staff", File("move.csv", "職員番号,氏名,端末\n0100005,加藤,随伴\n"), {}, 1);
  const v1::ImportRow row = preview.Row("0100005");
  EXPECT_EQ(row.line(), 2);
  EXPECT_THAT(Codes(row), ElementsAre("UNKNOWN_VALUE"));
  EXPECT_EQ(row.problems(0).column(), "端末");
}

TEST_F(ImportChanges, TheWardsOwnProfileReadsItsFile) {
  const std::string yaml =
      "profile: asset-tool\nkind: devices\ncolumns: { asset_tag: 管理No, note: [メモ] }\n"
      "required: [asset_tag]\nunknown_columns: ignore\n";
  const ProgramResult saved = daemon_.Run({"import", "profile", "save", File("p.yaml", yaml)});
  ASSERT_EQ(saved.exit_code, 0) << saved.err;
  EXPECT_THAT(daemon_.Run({"import", "profile", "list"}).out, HasSubstr("asset-tool"));
  EXPECT_EQ(daemon_.Run({"import", "profile", "show", "asset-tool"}).out, yaml);
  const std::string file = File("d.csv", "管理No,メモ,リース\nTSM-00001,私の備考,x\n");
  const ProgramResult read =
      daemon_.Run({"import", "devices", file, "--profile", "asset-tool", "--apply", "--yes"});
  EXPECT_EQ(read.exit_code, 0) << read.err;
  EXPECT_EQ(Show("TSM-00001").note(), "私の備考");
  EXPECT_THAT(Try(daemon_, {"import", "staff", file, "--profile", "asset-tool"}),
              InvalidAt({"header.profile"}));
  ASSERT_EQ(daemon_.Run({"import", "profile", "delete", "asset-tool", "--yes"}).exit_code, 0);
  EXPECT_THAT(Try(daemon_, {"import", "profile", "show", "asset-tool"}),
              Fails(3, "IMPORT_PROFILE_NOT_FOUND"));
  EXPECT_THAT(Try(daemon_, {"import", "devices", file, "--profile", "asset-tool"}),
              InvalidAt({"header.profile"}));
}

TEST_F(ImportChanges, AProfileThatCannotBeReadIsRefused) {
  const auto save = [&](const std::string& yaml) {
    return Try(daemon_, {"import", "profile", "save", File("p.yaml", yaml)});
  };
  EXPECT_THAT(save("profile: x\nkind: devices\ncolumns: { colour: 色 }\n"),
              InvalidAt({"source:3", "source"}));
  EXPECT_THAT(save("profile: ward\nkind: devices\n"), InvalidAt({"source"}));
  EXPECT_THAT(save("{ not yaml"), InvalidAt({"source:1"}));
  EXPECT_THAT(TryAs(daemon_, daemon_.NewToken("viewer"),
                    {"import", "profile", "save", File("p.yaml", "profile: x\n")}),
              Fails(5, "ROLE_MAY_NOT"));
}

TEST_F(ImportChanges, AFileTooLargeIsRefusedBeforeItIsSent) {
  const std::string path = folder_ / "large.csv";
  { std::ofstream(path) << "資産管理番号\n"; }
  std::filesystem::resize_file(path, 200U << 20U);
  EXPECT_THAT(Try(daemon_, {"import", "devices", path}), Fails(7, "FILE_TOO_LARGE"));
}

// The daemon's own limit, for clients that send without end: nothing beyond it is kept.
TEST_F(ImportChanges, AnUploadWithoutEndIsCutOff) {
  const auto stub = v1::ImportService::NewStub(daemon_.channel());
  grpc::ClientContext context;
  daemon_.Authorize(context);
  v1::Import answer;
  const auto writer = stub->PreviewImport(&context, &answer);
  v1::PreviewImportRequest part;
  part.mutable_header()->set_kind(v1::IMPORT_KIND_DEVICES);
  part.mutable_header()->set_file_size(int64_t{60} << 20U);
  part.mutable_header()->set_sha256(std::string(64, '0'));
  ASSERT_TRUE(writer->Write(part));
  part.set_chunk(std::string(1U << 20U, 'x'));
  int sent = 0;
  while (sent < 200 && writer->Write(part)) ++sent;
  writer->WritesDone();
  EXPECT_THAT(OutcomeOf(writer->Finish()), InvalidAt({"chunk"}));
  EXPECT_EQ(daemon_.Run({"whoami"}).exit_code, 0);
}

}  // namespace
}  // namespace kirikae::testing
