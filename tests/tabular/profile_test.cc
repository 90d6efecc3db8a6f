#include "service/tabular/profile.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/tabular/device_rows.h"
#include "tests/tabular/whole_table.h"

namespace kirikae::tabular {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Profile Ward() { return *BuiltInProfile("ward", TableKind::kDevices); }

std::string Fault(std::string_view yaml) {
  const absl::StatusOr<Profile> profile = ParseProfile(yaml);
  EXPECT_EQ(profile.status().code(), absl::StatusCode::kInvalidArgument) << yaml;
  return std::string(profile.status().message());
}

TEST(Bind, FindsEveryFaultOfAHeader) {
  const Binding binding =
      Bind(Ward(), {"ホスト明", "ホスト名", "ﾎｽﾄ名", "", "まったく別の列", "機種"});
  EXPECT_THAT(binding.problems,
              ElementsAre(UnknownColumn("ホスト明", "ホスト名"), ColumnTwice("ﾎｽﾄ名", "ホスト名"),
                          EmptyHeader(4), UnknownColumn("まったく別の列", std::nullopt),
                          MissingColumn("資産管理番号")));
}

TEST(Bind, ComparesHeadersFolded) {
  const Binding binding = Bind(Ward(), {"資産管理番号 ", "ﾎｽﾄ名", "ＯＳ", "os"});
  EXPECT_THAT(binding.problems, ElementsAre(ColumnTwice("os", "ＯＳ")));
  EXPECT_EQ(binding.column_of.at("host_name"), 1u);
  EXPECT_EQ(binding.column_of.at("os"), 2u);
}

TEST(Bind, AProfileMayIgnoreColumns) {
  Profile profile = Ward();
  profile.ignored = {"リース満了"};
  EXPECT_THAT(Bind(profile, {"資産管理番号", "リース満了"}).problems, IsEmpty());
  profile.ignore_unknown_columns = true;
  EXPECT_THAT(Bind(profile, {"資産管理番号", "何か"}).problems, IsEmpty());
}

TEST(ParseProfile, NamesWhatIsWrongAndWhere) {
  EXPECT_THAT(Fault(""), HasSubstr("not a map"));
  EXPECT_THAT(Fault("- a"), HasSubstr("not a map"));
  EXPECT_THAT(Fault("profile: x"), HasSubstr("kind is missing"));
  EXPECT_THAT(Fault("profile: x\nkind: pets"), HasSubstr("line 2: There is no kind pets"));
  EXPECT_THAT(Fault("kind: devices\ncolumns:\n  assettag: x"),
              HasSubstr("line 3: There is no field assettag; did you mean asset_tag?"));
  EXPECT_THAT(Fault("kind: devices\nextends: word"), HasSubstr("no built-in profile"));
  EXPECT_THAT(Fault("kind: devices\nextends: ward"), HasSubstr("name is missing"));
  EXPECT_THAT(Fault("profile: x\nkind: devices\ncolumns: {serial: S}"),
              HasSubstr("no column for asset_tag"));
  EXPECT_THAT(Fault("profile: x\nkind: devices\ncolumns: {asset_tag: A, serial: Ａ}"),
              HasSubstr("stands under"));
  EXPECT_THAT(Fault("profile: x\nkind: devices\nextends: ward\nvalues: {network: {LAN: [x]}}"),
              HasSubstr("The field network has no value LAN"));
  EXPECT_THAT(Fault("profile: x\nkind: devices\ncolour: red"),
              HasSubstr("There is no setting colour"));
  EXPECT_THAT(Fault("kind: [devices"), HasSubstr("line"));
  EXPECT_THAT(Fault("kind: devices\ncolumns: {asset_tag: [[x]]}"), HasSubstr("A word is needed"));
}

TEST(ParseProfile, NamesEveryFaultWithItsLine) {
  std::vector<ProfileFault> faults;
  EXPECT_FALSE(
      ParseProfile("profile: x\nkind: devices\ncolour: red\nvalues: {network: {LAN: [x]}}\n"
                   "columns:\n  serail: S\n  asset_tag: A\n",
                   &faults)
          .ok());
  ASSERT_EQ(faults.size(), 3u);
  EXPECT_EQ(faults[0].line, 3u);
  EXPECT_EQ(faults[1].line, 4u);
  EXPECT_EQ(faults[2].line, 6u);
  EXPECT_THAT(faults[2].sentence.args, ElementsAre("serail", "serial"));
}

TEST(ParseProfile, ExtendsABuiltInOne) {
  const absl::StatusOr<Profile> profile = ParseProfile(
      "profile: my-ward\nkind: devices\nextends: ward\nunknown_columns: ignore\n"
      "columns:\n  asset_tag: [管理番号, 資産No.]\nvalues:\n  network: {LGWAN: [庁内系]}\n");
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_EQ(profile->name, "my-ward");
  const absl::StatusOr<WholeTable> table =
      ReadTable("資産NO.,ネットワーク区分,余計\nTSM-1,庁内系,x\nTSM-2,LGWAN系,x\n");
  const auto rows = ReadDeviceRows(*table, *profile);
  EXPECT_THAT(rows.header_problems, IsEmpty());
  ASSERT_EQ(rows.rows.size(), 2u);
  EXPECT_EQ(rows.rows[0].value.network, "LGWAN");
  EXPECT_EQ(rows.rows[1].value.network, "LGWAN");
}

TEST(ProfileYaml, ReadsBack) {
  for (TableKind kind : {TableKind::kDevices, TableKind::kStaff, TableKind::kEnrolments}) {
    for (const char* name : {"ward", "generic"}) {
      Profile profile = *BuiltInProfile(name, kind);
      profile.ignored = {"x: y", "#z"};
      const absl::StatusOr<Profile> read = ParseProfile(ProfileYaml(profile));
      ASSERT_TRUE(read.ok()) << read.status() << ProfileYaml(profile);
      EXPECT_EQ(*read, profile);
    }
  }
  EXPECT_EQ(BuiltInProfile("x", TableKind::kStaff).status().code(), absl::StatusCode::kNotFound);
}

TEST(ChooseProfile, TakesTheOneThatKnowsMore) {
  EXPECT_EQ(ChooseProfile(TableKind::kDevices, {"asset_tag", "Host name", "OS"}).name, "generic");
  EXPECT_EQ(ChooseProfile(TableKind::kDevices, {"資産管理番号", "OS"}).name, "ward");
  EXPECT_EQ(ChooseProfile(TableKind::kStaff, {"x"}).name, "ward");
}

// Once, a header that ended with a carriage return was kept without it.
TEST(Profile, ACharacterThatNoFileKeepsIsRefusedByName) {
  EXPECT_THAT(Fault("profile: a\nkind: staff\ncolumns: { staff_number: [番号, No.\r, 名] }\n"),
              HasSubstr("U+000D"));
  EXPECT_THAT(Fault("profile: a\nkind: staff\ncolumns: { staff_number: 番号\x0e }\n"),
              HasSubstr("U+000E"));
  EXPECT_THAT(Fault("profile: a\nkind: staff\ncolumns: { staff_number: \"番号\\x7f\" }\n"),
              HasSubstr("U+007F"));
}

TEST(Profile, ThatIsNotUtf8IsRefused) {
  EXPECT_FALSE(ParseProfile("profile: a\nkind: staff\ncolumns:\n  staff_number: \x82\x73\n").ok());
}

}  // namespace
}  // namespace kirikae::tabular
