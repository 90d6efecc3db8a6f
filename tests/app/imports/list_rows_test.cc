// Pages of a preview's rows.
#include <gmock/gmock.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "tests/app/imports/import_fixture.h"

namespace kirikae::app {
namespace {

using domain::ImportKind;

class ListRowsTest : public ImportFixture {
 protected:
  // The lines `bad` (from 1) have an unknown kind.
  static std::string Devices(int rows, const std::vector<int>& bad) {
    std::string file = "asset_tag,kind\n";
    for (int i = 1; i <= rows; ++i) {
      const bool faulty = std::find(bad.begin(), bad.end(), i) != bad.end();
      file += absl::StrCat("TSM-", i, faulty ? ",謎\n" : ",STAFF_DEVICE\n");
    }
    return file;
  }

  std::vector<std::string> AllKeys(const StoredImport& import, int limit, bool problems_only) {
    std::vector<std::string> keys;
    ImportRowsQuery query{.limit = limit, .problems_only = problems_only};
    while (true) {
      const auto page = ListImportRows(*Read(), import, query);
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok()) return keys;
      EXPECT_LE(page->rows.size(), static_cast<size_t>(limit));
      for (const stored::ImportRow& row : page->rows) keys.push_back(row.key());
      if (!page->next.has_value()) return keys;
      EXPECT_FALSE(page->rows.empty());
      query.start = *page->next;
    }
  }
};

TEST_F(ListRowsTest, EachRowComesOnceWhateverThePage) {
  const StoredImport import = Stored(Preview(ImportKind::kDevices, Devices(2100, {})));
  for (const int limit : {259, 500, 1000}) {
    const std::vector<std::string> keys = AllKeys(import, limit, false);
    ASSERT_EQ(keys.size(), 2100U) << limit;
    for (size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(keys[i], absl::StrCat("TSM-", i + 1));
  }
}

TEST_F(ListRowsTest, OnlyRowsWithProblemsAreListedWhereAsked) {
  const StoredImport import = Stored(Preview(ImportKind::kDevices, Devices(2100, {10, 20, 2050})));
  const std::vector<std::string> expected = {"TSM-10", "TSM-20", "TSM-2050"};
  EXPECT_EQ(AllKeys(import, 1, true), expected);
  EXPECT_EQ(AllKeys(import, 2, true), expected);
  EXPECT_EQ(AllKeys(import, 1000, true), expected);
}

// Once, every page was followed by a read of the next part that used nothing of it.
TEST_F(ListRowsTest, PartsThatAPageDoesNotShowAreNotRead) {
  auto built = Build(Header(ImportKind::kDevices), Devices(3000, {1500}));
  ASSERT_TRUE(built.ok());
  built->parts[0] = "\xFF not a part";
  built->parts[2] = "\xFF not a part";
  const StoredImport import = Stored(Keep(*built));
  const auto page =
      ListImportRows(*Read(), import, {.start = 1000, .limit = 1000, .problems_only = false});
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->rows.size(), 1000U);
  EXPECT_EQ(page->next, 2000);
  const auto problems =
      ListImportRows(*Read(), import, {.start = 0, .limit = 100, .problems_only = true});
  ASSERT_TRUE(problems.ok()) << problems.status();
  EXPECT_EQ(problems->rows.size(), 1U);
  EXPECT_EQ(problems->next, std::nullopt);
  EXPECT_EQ(ListImportRows(*Read(), import, {}).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(ListRowsTest, BehindTheEndThereIsNothing) {
  const StoredImport import = Stored(Preview(ImportKind::kDevices, Devices(3, {})));
  const auto page = ListImportRows(*Read(), import, {.start = 5000});
  ASSERT_TRUE(page.ok());
  EXPECT_TRUE(page->rows.empty());
  EXPECT_EQ(page->next, std::nullopt);
}

}  // namespace
}  // namespace kirikae::app
