// The tables of imports and their parts.
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kFind[] = R"sql(
SELECT id, kind, payload, change_set, author, create_time, size, expired, parts_hash, version
FROM imports WHERE id = ?1
)sql";
constexpr char kListOpen[] = R"sql(
SELECT id, kind, x'', change_set, author, create_time, size, expired, parts_hash, version
FROM imports WHERE change_set = 0 AND expired = 0 ORDER BY id
)sql";
constexpr char kFindPart[] = "SELECT payload FROM import_parts WHERE import = ?1 AND number = ?2";
constexpr char kCount[] = "SELECT count(*) FROM imports";
constexpr char kNext[] = "SELECT coalesce(max(id), 0) + 1 FROM imports";
constexpr char kPut[] = R"sql(
INSERT INTO imports (id, kind, payload, change_set, author, create_time, size, expired, parts_hash,
                     version)
VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, 0), ?7, ?8, ?9, ?10)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, payload = excluded.payload,
  change_set = excluded.change_set, author = excluded.author, create_time = excluded.create_time,
  size = excluded.size, expired = excluded.expired, parts_hash = excluded.parts_hash,
  version = excluded.version
)sql";
constexpr char kRemoveParts[] = "DELETE FROM import_parts WHERE import = ?1";
constexpr char kPutPart[] =
    "INSERT INTO import_parts (import, number, payload) VALUES (?1, ?2, ?3)";

domain::ImportPreview Read(const Query& row) {
  return {.id = row.Number(0),
          .kind = row.As<domain::ImportKind>(1),
          .payload = row.Text(2),
          .parts = nullptr,
          .change_set = row.Number(3),
          .author = row.Text(4),
          .create_time = row.MaybeTime(5),
          .size = row.Number(6),
          .parts_hash = row.Text(8),
          .expired = row.Flag(7),
          .version = row.Number(9)};
}

bool Write(Connection& connection, const std::optional<domain::ImportPreview>& old,
           const domain::ImportPreview& import) {
  connection.Use(kPut)
      .Bind(import.id)
      .Bind(import.kind)
      .BindBlobHere(import.payload)
      .Bind(import.change_set)
      .BindHere(import.author)
      .Bind(import.create_time)
      .Bind(import.size)
      .Bind(import.expired)
      .BindHere(import.parts_hash)
      .Bind(NextVersion(old))
      .Run();
  if (import.expired) connection.Use(kRemoveParts).Bind(import.id).Run();
  if (import.parts == nullptr) return true;
  for (size_t i = 0; i < import.parts->size(); ++i) {
    connection.Use(kPutPart).Bind(import.id).Bind(i).BindBlobHere((*import.parts)[i]).Run();
  }
  return true;
}

}  // namespace

absl::StatusOr<std::optional<domain::ImportPreview>> SqliteView::FindImport(int64_t id) {
  return Guarded([&] {
    Query query = connection_.Use(kFind);
    return One(query.Bind(id), Read);
  });
}

absl::StatusOr<std::vector<domain::ImportPreview>> SqliteView::ListOpenImports() {
  return Guarded([&] {
    Query query = connection_.Use(kListOpen);
    return All(query, Read);
  });
}

absl::StatusOr<std::optional<std::string>> SqliteView::FindImportPart(int64_t import,
                                                                      int64_t number) {
  return Guarded([&] {
    Query query = connection_.Use(kFindPart);
    return One(query.Bind(import).Bind(number), [](const Query& row) { return row.Text(0); });
  });
}

const Table<domain::ImportPreview>& TableOf(const domain::ImportPreview*) {
  static constexpr Table<domain::ImportPreview> kTable{
      .kind = domain::RecordKind::kImport,
      .name = "imports",
      .count = kCount,
      .next_id = kNext,
      .find = [](ReadView& view,
                 const domain::ImportPreview& import) { return view.FindImport(import.id); },
      .named =
          [](const domain::RecordName& name) {
            domain::ImportPreview import;
            import.id = name.number;
            return import;
          },
      .write = Write};
  return kTable;
}

}  // namespace kirikae::store
