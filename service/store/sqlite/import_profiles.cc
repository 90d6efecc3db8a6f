// The table of import profiles.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = "SELECT name, kind, source, version FROM import_profiles WHERE name = ?1";
constexpr char kList[] = "SELECT name, kind, source, version FROM import_profiles ORDER BY name";
constexpr char kCount[] = "SELECT count(*) FROM import_profiles";
constexpr char kPut[] = R"sql(
INSERT OR REPLACE INTO import_profiles (name, kind, source, version) VALUES (?1, ?2, ?3, ?4)
)sql";
constexpr char kRemove[] = "DELETE FROM import_profiles WHERE name = ?1 AND version = ?2";

domain::ImportProfile Read(const Query& row) {
  return {.name = row.Text(0),
          .kind = row.As<domain::ImportKind>(1),
          .source = row.Text(2),
          .version = row.Number(3)};
}

bool Write(Connection& connection, const std::optional<domain::ImportProfile>& old,
           const domain::ImportProfile& profile) {
  connection.Use(kPut)
      .BindHere(profile.name)
      .Bind(profile.kind)
      .BindHere(profile.source)
      .Bind(NextVersion(old))
      .Run();
  return true;
}

bool Remove(Connection& connection, const domain::ImportProfile& profile) {
  connection.Use(kRemove).BindHere(profile.name).Bind(profile.version).Run();
  return connection.Changes() == 1;
}

}  // namespace

absl::StatusOr<std::optional<domain::ImportProfile>> SqliteView::FindImportProfile(
    std::string_view name) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(name), Read);
  });
}

absl::StatusOr<std::vector<domain::ImportProfile>> SqliteView::ListImportProfiles() {
  return Guarded([&] {
    Query query = connection_.Use(kList);
    return All(query, Read);
  });
}

const Table<domain::ImportProfile>& TableOf(const domain::ImportProfile*) {
  static constexpr Table<domain::ImportProfile> kTable{
      .kind = domain::RecordKind::kImportProfile,
      .name = "import_profiles",
      .count = kCount,
      .find =
          [](ReadView& view, const domain::ImportProfile& profile) {
            return view.FindImportProfile(profile.name);
          },
      .named =
          [](const domain::RecordName& name) {
            domain::ImportProfile profile;
            profile.name = name.id;
            return profile;
          },
      .write = Write,
      .remove = Remove};
  return kTable;
}

}  // namespace kirikae::store
