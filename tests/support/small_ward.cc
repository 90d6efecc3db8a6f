#include "tests/support/small_ward.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace kirikae::testing {

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

ProgramResult Succeed(const Daemon& daemon, const std::vector<std::string>& args) {
  ProgramResult result = daemon.Run(args);
  EXPECT_EQ(result.exit_code, 0) << args[0] << " " << args[1] << ": " << result.out << result.err;
  return result;
}

void ImportDevices(const Daemon& daemon, const std::vector<DeviceBatch>& batches) {
  const TemporaryFolder folder;
  WriteFile(folder / "staff.csv", "職員番号,氏名,部,課\n0100001,豊島　太郎,総務部,総務課\n");
  WriteFile(folder / "enrolments.csv", "職員番号,顔登録日,登録状態\n0100001,2025-03-01,登録済\n");
  std::string devices = "資産管理番号,OS,設置場所,部,課,端末区分,使用者職員番号,カメラ,認証方式\n";
  for (const DeviceBatch& batch : batches) {
    const size_t slash = batch.department.find('/');
    for (int i = 1; i <= batch.count; ++i) {
      devices += batch.prefix + (i < 10 ? "-0" : "-") + std::to_string(i) +
                 ",Windows 11 Pro,本庁舎," + batch.department.substr(0, slash) + "," +
                 (slash == std::string::npos ? "" : batch.department.substr(slash + 1)) +
                 ",職員端末,0100001,内蔵,ICカード＋パスワード\n";
    }
  }
  WriteFile(folder / "devices.csv", devices);
  Succeed(daemon, {"import", "staff", folder / "staff.csv", "--apply", "--yes"});
  Succeed(daemon, {"import", "devices", folder / "devices.csv", "--apply", "--yes"});
  Succeed(daemon, {"import", "enrolments", folder / "enrolments.csv", "--apply", "--yes"});
}

void ApplyRollout(const Daemon& daemon, const std::string& yaml) {
  const TemporaryFolder folder;
  WriteFile(folder / "rollout.yaml",
            "rollout: small\ntitle: 小さな展開\nfrom: IC_CARD_AND_PASSWORD\n"
            "to: FACE_AND_PASSWORD\nscope: \"state = ACTIVE\"\n" +
                yaml);
  Succeed(daemon, {"rollout", "apply", "-f", folder / "rollout.yaml", "--yes"});
}

void ApprovePlan(const Daemon& daemon, int number, const std::vector<std::string>& flags) {
  std::vector<std::string> create = {"plan", "create", "small"};
  create.insert(create.end(), flags.begin(), flags.end());
  Succeed(daemon, create);
  const std::string name = "small/" + std::to_string(number);
  Succeed(daemon, {"plan", "submit", name});
  Succeed(daemon, {"plan", "approve", name, "--remark", "案のとおり承認", "--yes"});
}

std::map<std::string, std::string> PlanDays(const Daemon& daemon, int number) {
  const std::string rows = Succeed(daemon, {"plan", "show", "small/" + std::to_string(number), "-o",
                                            "csv", "--no-headers"})
                               .out;
  std::map<std::string, std::string> days;
  for (const std::string& line : LinesOf(rows)) {
    const size_t comma = line.find(',');
    days[line.substr(0, comma)] = line.substr(comma + 1, 10);
  }
  return days;
}

void MoveClock(Daemon& daemon, const std::string& time) {
  daemon.Stop();
  daemon.Start({"--now", time, "--allow-self-approval"});
}

void ExpectSound(const Daemon& daemon) {
  const ProgramResult check =
      RunProgram({KIRIKAED, "check", "--state-dir", daemon.folder().path()});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
}

}  // namespace kirikae::testing
