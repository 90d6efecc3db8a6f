// Marks by a barcode reader, over a connection that is lost meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "kirikae/v1/migration_service.pb.h"
#include "tests/support/answer.h"
#include "tests/support/daemon.h"
#include "tests/support/small_ward.h"

namespace kirikae::testing {
namespace {

using ::testing::HasSubstr;

constexpr char kRollout[] = R"(phases:
  - { id: p1, select: "" }
policy: { department_daily_share: 100%, minutes: { default: 20 } }
teams: [ { id: a, minutes_per_slot: 210, sites: [] } ]
calendar: { slots: [day], first_day: 2025-04-02 }
)";

constexpr char kWorkDay[] = "2025-04-02T16:00:00+09:00";

// Four devices that are due.
class Scan : public ::testing::Test {
 protected:
  Scan() {
    ImportDevices(daemon_, {{"A", 4, "総務部/総務課"}});
    ApplyRollout(daemon_, kRollout);
    ApprovePlan(daemon_, 1);
    MoveClock(daemon_, kWorkDay);
  }

  static std::vector<v1::MarkResult> Results(const std::string& out) {
    std::vector<v1::MarkResult> results;
    for (const std::string& line : LinesOf(out)) ReadJson(line, results.emplace_back());
    return results;
  }

  Daemon daemon_;
};

TEST_F(Scan, UnderstandsWhatReadersAddToATag) {
  const ProgramResult scan = daemon_.Run({"mark", "migrated", "--scan", "-o", "jsonl"},
                                         "]C1A-01\r\n*A-02*\r\nA-03\tdevices/A-04\n\r\nＡ－０１\n");
  EXPECT_EQ(scan.exit_code, 0) << scan.err;
  const auto results = Results(scan.out);
  ASSERT_EQ(results.size(), 5U);
  for (size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(results[i].asset_tag(), "A-0" + std::to_string(i + 1));
    EXPECT_TRUE(results[i].changed());
  }
  EXPECT_FALSE(results[4].changed()) << "it was scanned before";
}

TEST_F(Scan, SurvivesALostConnectionAndRecordsEachTagOnce) {
  const std::string address = daemon_.address();
  daemon_.Kill();
  const TemporaryFolder folder;
  Program scan({KIRIKAE, "--server", address, "--token-file", daemon_.token_file(), "mark",
                "migrated", "--scan", "-o", "jsonl"},
               folder.path(), {"LC_ALL=C.UTF-8"}, "A-01\nA-02\n");
  // It says what is not recorded while the service is away.
  while (ReadFile(folder / "program.err").find("A-01") == std::string::npos) {
    ASSERT_FALSE(scan.Ended()) << ReadFile(folder / "program.err");
  }
  const TemporaryFolder logs;
  const Program again({KIRIKAED, "--state-dir", daemon_.folder().path(), "--listen", address,
                       "--now", kWorkDay, "--allow-self-approval"},
                      logs.path());
  const ProgramResult result = scan.Wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("NOT_RECORDED_YET"));
  const auto results = Results(result.out);
  ASSERT_EQ(results.size(), 2U);
  EXPECT_TRUE(results[0].changed());
  EXPECT_TRUE(results[1].changed());
}

}  // namespace
}  // namespace kirikae::testing
