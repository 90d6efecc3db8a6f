// The preview of an import, kept in parts, and its application.
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/app/imports/import_fixture.h"
#include "tests/faults/support/act.h"

namespace kirikae::testing {
namespace {

std::string Sheet(const std::string& note) {
  std::string file = "asset_tag,host_name,note\n";
  for (int i = 1; i <= 120; ++i) absl::StrAppend(&file, "TSM-", i, ",PC-", i, ",", note, "\n");
  return file;
}

class ImportWard : public app::ImportFixture {
 public:
  // The devices are there, and a preview of other values.
  Files Previewed() {
    now_ = At("2025-05-08T09:00:00+09:00");
    Import(domain::ImportKind::kDevices, Sheet("before"));
    Preview(domain::ImportKind::kDevices, Sheet("after"));
    store_.reset();
    return ReadFolder(folder_.path());
  }

  static absl::StatusOr<store::Draft> Kept(store::ReadView& view, int64_t change_set,
                                           const app::WriteContext& context) {
    const std::string file = Sheet("next");
    app::FileSource source(file, {.encoding = {}, .sheet = {}});
    ASSIGN_OR_RETURN(const app::BuiltPreview built,
                     app::BuildPreview(Header(domain::ImportKind::kDevices), source, view));
    return app::StorePreview(view, context, app::ToRecord(built), change_set);
  }

  static absl::StatusOr<store::Draft> Applied(store::ReadView& view, int64_t change_set,
                                              const app::WriteContext& context) {
    ASSIGN_OR_RETURN(const auto open, view.ListOpenImports());
    ASSIGN_OR_RETURN(app::StoredImport import,
                     app::FindStoredImport(view, open.front().id, context.now));
    return app::ApplyImport(context, std::move(import), change_set, view);
  }

 private:
  void TestBody() override {}
};

}  // namespace

std::vector<Act> Imports() {
  const auto before = [] { return ImportWard().Previewed(); };
  return {
      {.name = "ImportPreview", .before = before, .steps = {NewStep("preview", ImportWard::Kept)}},
      {.name = "ImportApply", .before = before, .steps = {NewStep("apply", ImportWard::Applied)}},
  };
}

}  // namespace kirikae::testing
