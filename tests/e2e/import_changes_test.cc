// What a file means for records it does not name: missing devices, personnel changes, profiles; and
// files that no daemon should choke on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "kirikae/v1/import_service.grpc.pb.h"
#include "tests/support/daemon.h"

namespace kirikae::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::Not;

class ImportChanges : public ::testing::Test {
 protected:
  void SetUp() override { ImportSampleWard(daemon_); }

  std::string File(const std::string& name, const std::string& content) {
    WriteFile(folder_ / name, content);
    return folder_ / name;
  }
  std::string Show(const std::string& tag) {
    return daemon_.Run({"device", "show", tag, "-o", "json"}).out;
  }
  // A list of all devices' tags but the last `less`.
  std::string TagsBut(int less) {
    std::string list = "資産管理番号\n";
    for (int i = 1; i <= 700 - less; ++i) {
      const std::string number = std::to_string(i);
      list += "TSM-" + std::string(5 - number.size(), '0') + number + "\n";
    }
    return list;
  }
  std::string Newest() {
    const std::string names = daemon_.Run({"change", "list", "-o", "name"}).out;
    return names.substr(11, names.find('\n') - 11);
  }

  Daemon daemon_;
  TemporaryFolder folder_;
};

TEST_F(ImportChanges, DevicesThatTheFileDoesNotNameAreListedAndStay) {
  const ProgramResult result =
      daemon_.Run({"import", "devices", File("d.csv", TagsBut(3)), "--apply", "--yes"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, ContainsRegex("TSM-00698 +stays"));
  EXPECT_THAT(result.out, ContainsRegex("missing +3"));
  EXPECT_THAT(Show("TSM-00700"), HasSubstr("DEVICE_STATE_ACTIVE"));
}

TEST_F(ImportChanges, MissingDevicesAreRetiredWhereAskedAndComeBackByUndo) {
  const std::string file = File("d.csv", TagsBut(3));
  const ProgramResult result =
      daemon_.Run({"import", "devices", file, "--retire-missing", "--apply", "--yes"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, ContainsRegex("TSM-00700 +retired"));
  EXPECT_THAT(Show("TSM-00700"), HasSubstr("DEVICE_STATE_RETIRED"));
  EXPECT_THAT(Show("TSM-00697"), HasSubstr("DEVICE_STATE_ACTIVE"));
  ASSERT_EQ(daemon_.Run({"change", "undo", Newest(), "--yes"}).exit_code, 0);
  EXPECT_THAT(Show("TSM-00700"), HasSubstr("DEVICE_STATE_ACTIVE"));
}

TEST_F(ImportChanges, AListThatIsCutShortRetiresNothingUnlessForced) {
  const std::string file = File("d.csv", TagsBut(300));
  const ProgramResult refused = daemon_.Run({"import", "devices", file, "--retire-missing"});
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_THAT(refused.err, ContainsRegex("[0-9]+ of [0-9]+ devices in use are not in the file"));
  const ProgramResult forced =
      daemon_.Run({"import", "devices", file, "--retire-missing", "--force", "--apply", "--yes"});
  EXPECT_EQ(forced.exit_code, 0) << forced.err;
  EXPECT_THAT(Show("TSM-00600"), HasSubstr("DEVICE_STATE_RETIRED"));
}

TEST_F(ImportChanges, AMissingDeviceThatChangedSinceThePreviewStopsTheRetiring) {
  const ProgramResult preview = daemon_.Run(
      {"import", "devices", File("d.csv", TagsBut(3)), "--retire-missing", "-o", "name"});
  ASSERT_EQ(preview.exit_code, 0) << preview.err;
  ASSERT_EQ(daemon_.Run({"device", "update", "TSM-00699", "--set", "note=x"}).exit_code, 0);
  const std::string id = preview.out.substr(8, preview.out.find('\n') - 8);
  const ProgramResult late = daemon_.Run({"import", "apply", id, "--yes"});
  EXPECT_EQ(late.exit_code, 4) << late.out;
  EXPECT_THAT(late.err, HasSubstr("changed since"));
  EXPECT_THAT(Show("TSM-00700"), HasSubstr("DEVICE_STATE_ACTIVE"));
}

// 人事異動: one person takes the PC along, one leaves it, and history keeps who had it when.
TEST_F(ImportChanges, InAPersonnelChangeDevicesFollowOrStay) {
  const auto person = [&](const std::string& tag) {
    const std::string device = Show(tag);
    const size_t at = device.find("\"staffNumber\": \"") + 16;
    return device.substr(at, device.find('"', at) - at);
  };
  const std::string follower = person("TSM-00002");
  const std::string leaver = person("TSM-00003");
  const std::string file = File("move.csv", absl::StrCat("職員番号,氏名,部,課,端末\n", follower,
                                                         ",異動　一郎,新設部,新設課,随行\n", leaver,
                                                         ",異動　二郎,新設部,新設課,残置\n"));
  const ProgramResult preview = daemon_.Run({"import", "staff", file});
  EXPECT_EQ(preview.exit_code, 0) << preview.err;
  EXPECT_THAT(preview.out, ContainsRegex("2 +TSM-00002 +department .*新設部/新設課"));
  EXPECT_THAT(preview.out, ContainsRegex("3 +TSM-00003 +users"));
  EXPECT_THAT(Show("TSM-00002"), Not(HasSubstr("新設部")));
  daemon_.Stop();
  daemon_.Start({"--now", "2025-04-02T09:00:00+09:00"});
  const ProgramResult applied = daemon_.Run({"import", "staff", file, "--apply", "--yes"});
  ASSERT_EQ(applied.exit_code, 0) << applied.err;
  const std::string set = Newest();
  EXPECT_THAT(Show("TSM-00002"), HasSubstr("新設部/新設課"));
  EXPECT_THAT(Show("TSM-00002"), HasSubstr(follower));
  EXPECT_THAT(Show("TSM-00003"), Not(HasSubstr(leaver)));
  EXPECT_THAT(daemon_.Run({"lookup", leaver}).out, Not(HasSubstr("TSM-00003")));
  EXPECT_THAT(
      daemon_.Run({"device", "show", "TSM-00003", "--as-of", "2025-04-01", "-o", "json"}).out,
      HasSubstr(leaver));
  ASSERT_EQ(daemon_.Run({"change", "undo", set, "--yes"}).exit_code, 0);
  EXPECT_THAT(Show("TSM-00003"), HasSubstr(leaver));
  EXPECT_THAT(Show("TSM-00002"), Not(HasSubstr("新設部")));
  const ProgramResult check =
      RunProgram({KIRIKAED, "check", "--state-dir", daemon_.folder().path()});
  EXPECT_EQ(check.exit_code, 0) << check.out;
}

TEST_F(ImportChanges, AnUnknownWordForTheDevicesIsAnError) {
  const ProgramResult preview =
      daemon_.Run({"import", "staff", File("move.csv", "職員番号,氏名,端末\n0100005,加藤,随伴\n")});
  EXPECT_EQ(preview.exit_code, 1);
  EXPECT_THAT(preview.out, ContainsRegex("2 +0100005 +error +端末"));
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
  EXPECT_THAT(Show("TSM-00001"), HasSubstr("私の備考"));
  EXPECT_EQ(daemon_.Run({"import", "staff", file, "--profile", "asset-tool"}).exit_code, 7);
  ASSERT_EQ(daemon_.Run({"import", "profile", "delete", "asset-tool", "--yes"}).exit_code, 0);
  EXPECT_EQ(daemon_.Run({"import", "profile", "show", "asset-tool"}).exit_code, 3);
  const ProgramResult gone = daemon_.Run({"import", "devices", file, "--profile", "asset-tool"});
  EXPECT_EQ(gone.exit_code, 7);
  EXPECT_THAT(gone.err, HasSubstr("There is no profile asset-tool"));
}

TEST_F(ImportChanges, AProfileThatCannotBeReadIsRefused) {
  const auto save = [&](const std::string& yaml) {
    return daemon_.Run({"import", "profile", "save", File("p.yaml", yaml)});
  };
  EXPECT_EQ(save("profile: x\nkind: devices\ncolumns: { colour: 色 }\n").exit_code, 7);
  EXPECT_THAT(save("profile: x\nkind: devices\ncolumns: { colour: 色 }\n").err,
              HasSubstr("colour"));
  EXPECT_EQ(save("profile: ward\nkind: devices\n").exit_code, 7);
  EXPECT_EQ(save("{ not yaml").exit_code, 7);
  EXPECT_EQ(daemon_
                .RunAs(daemon_.NewToken("viewer"),
                       {"import", "profile", "save", File("p.yaml", "profile: x\n")})
                .exit_code,
            5);
}

TEST_F(ImportChanges, AFileTooLargeIsRefusedBeforeItIsSent) {
  const std::string path = folder_ / "large.csv";
  { std::ofstream(path) << "資産管理番号\n"; }
  std::filesystem::resize_file(path, 200U << 20U);
  const ProgramResult result = daemon_.Run({"import", "devices", path});
  EXPECT_EQ(result.exit_code, 7);
  EXPECT_THAT(result.err, HasSubstr("has 200 MiB; at most 64"));
}

// The daemon's own limit, for clients that send whatever they have: nothing is kept beyond it.
TEST_F(ImportChanges, AnUploadWithoutEndIsCutOff) {
  const auto stub = v1::ImportService::NewStub(daemon_.channel());
  grpc::ClientContext context;
  daemon_.Authorize(context);
  v1::Import answer;
  const auto writer = stub->PreviewImport(&context, &answer);
  v1::PreviewImportRequest part;
  part.mutable_header()->set_kind(v1::IMPORT_KIND_DEVICES);
  ASSERT_TRUE(writer->Write(part));
  part.set_chunk(std::string(1U << 20U, 'x'));
  int sent = 0;
  while (sent < 200 && writer->Write(part)) ++sent;
  writer->WritesDone();
  const grpc::Status status = writer->Finish();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_message(), HasSubstr("larger than 64 MiB"));
  EXPECT_EQ(daemon_.Run({"whoami"}).exit_code, 0);
}

}  // namespace
}  // namespace kirikae::testing
