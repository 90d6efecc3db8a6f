// The rules of import profiles.
#include "service/app/imports/profiles.h"

#include <gmock/gmock.h>

#include "tests/app/imports/import_fixture.h"

namespace kirikae::app {
namespace {

using domain::ImportKind;
using ::testing::ElementsAre;

constexpr char kOwn[] =
    "profile: asset-tool\nkind: devices\ncolumns: { asset_tag: 管理No, note: [メモ] }\n"
    "required: [asset_tag]\nunknown_columns: ignore\n";

class ProfilesTest : public ImportFixture {
 protected:
  absl::Status Save(const std::string& source, const std::string& etag = "") {
    return Write([&](store::ReadView& view, int64_t,
                     const WriteContext& context) -> absl::StatusOr<store::Draft> {
      ASSIGN_OR_RETURN(SavedProfile saved, SaveProfile(context, view, source, etag));
      answer_ = saved.profile;
      return std::move(saved.draft);
    });
  }
  absl::Status Delete(const std::string& name) {
    return Write([&](store::ReadView& view, int64_t, const WriteContext& context) {
      return DeleteProfile(context, view, name);
    });
  }
  std::vector<std::string> Names(std::optional<ImportKind> kind) {
    std::vector<std::string> names;
    const auto listed = ListProfiles(*Read(), kind);
    EXPECT_TRUE(listed.ok());
    for (const ListedProfile& each : *listed) names.push_back(each.profile.name);
    return names;
  }

  domain::ImportProfile answer_;
};

TEST_F(ProfilesTest, TheBuiltInOnesComeFirst) {
  ASSERT_TRUE(Save(kOwn).ok());
  EXPECT_THAT(Names(ImportKind::kDevices), ElementsAre("ward", "generic", "asset-tool"));
  EXPECT_THAT(Names(ImportKind::kStaff), ElementsAre("ward", "generic"));
  EXPECT_THAT(Names(std::nullopt),
              ElementsAre("ward", "generic", "ward", "generic", "ward", "generic", "asset-tool"));
}

TEST_F(ProfilesTest, ABuiltInProfileIsShownAsYamlThatCanBeRead) {
  const auto ward = FindProfile(*Read(), "ward");
  ASSERT_TRUE(ward.ok());
  EXPECT_TRUE(ward->built_in);
  const auto parsed = tabular::ParseProfile(ward->profile.source);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->name, "ward");
}

TEST_F(ProfilesTest, TheEtagCountsTheChanges) {
  ASSERT_TRUE(Save(kOwn, "0").ok());
  EXPECT_EQ(answer_.version, 1);
  ASSERT_TRUE(Save(kOwn, "1").ok());
  EXPECT_EQ(answer_.version, 1);
  ASSERT_TRUE(Save(std::string(kOwn) + "ignore: [x]\n", "1").ok());
  EXPECT_EQ(answer_.version, 2);
  const auto stored = FindProfile(*Read(), "asset-tool");
  ASSERT_TRUE(stored.ok());
  EXPECT_EQ(stored->profile.version, 2);
  EXPECT_EQ(Save(kOwn, "1").code(), absl::StatusCode::kAborted);
  EXPECT_EQ(Save(kOwn, "0").code(), absl::StatusCode::kAborted);
}

TEST_F(ProfilesTest, ANameOfABuiltInOneOrWithAForbiddenLetterIsRefused) {
  for (const std::string name : {"ward", "generic", "Asset", "a_b", "台帳"}) {
    const auto read = ReadProfile("profile: " + name + "\nkind: devices\nextends: ward\n");
    EXPECT_THAT(FaultyFields(read.status()), ElementsAre("source")) << name;
  }
  EXPECT_FALSE(ReadProfile("profile: " + std::string(64, 'a') + "\nkind: devices\n").ok());
  EXPECT_TRUE(
      ReadProfile("profile: " + std::string(63, 'a') + "\nkind: devices\nextends: ward\n").ok());
}

TEST_F(ProfilesTest, EveryFaultIsNamedWithItsLine) {
  const auto read =
      ReadProfile("profile: x\nkind: devices\ncolumns: { colour: 色 }\nunknown_columns: maybe\n");
  EXPECT_THAT(FaultyFields(read.status()), ElementsAre("source:3", "source:4", "source"));
}

TEST_F(ProfilesTest, ALargeSourceIsRefused) {
  const auto read = ReadProfile(std::string(kProfileSourceLimit + 1, '#'));
  EXPECT_THAT(FaultyFields(read.status()), ElementsAre("source"));
}

TEST_F(ProfilesTest, AFileIsReadByTheProfileThatItsHeaderNames) {
  ASSERT_TRUE(Save(kOwn).ok());
  stored::ImportHeader header = Header(ImportKind::kDevices);
  header.set_profile("asset-tool");
  const int64_t id = Preview(header, "管理No,メモ,リース\nTSM-1,私の備考,x\n");
  // Removing the profile afterwards does not change what is applied.
  ASSERT_TRUE(Delete("asset-tool").ok());
  ASSERT_TRUE(Apply(id).ok());
  EXPECT_EQ(Device("TSM-1").note, "私の備考");
  EXPECT_THAT(FaultyFields(Build(header, "管理No\nTSM-1\n").status()),
              ElementsAre("header.profile"));
}

TEST_F(ProfilesTest, AProfileOfAnotherKindIsRefused) {
  ASSERT_TRUE(Save(kOwn).ok());
  stored::ImportHeader header = Header(ImportKind::kStaff);
  header.set_profile("asset-tool");
  EXPECT_THAT(FaultyFields(Build(header, "管理No\n0000001\n").status()),
              ElementsAre("header.profile"));
}

TEST_F(ProfilesTest, ABuiltInProfileCannotBeRemoved) {
  EXPECT_EQ(Delete("ward").code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(FindProfile(*Read(), "nothing").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace kirikae::app
