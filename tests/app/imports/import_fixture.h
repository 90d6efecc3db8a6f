// A ward for tests of imports.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/app/imports/apply.h"
#include "service/app/imports/file_source.h"
#include "service/app/imports/preview.h"
#include "service/app/imports/store_preview.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/error_detail.h"
#include "service/status_macros.h"
#include "tests/app/ward_fixture.h"

namespace kirikae::app {

class ImportFixture : public WardFixture {
 protected:
  static stored::ImportHeader Header(domain::ImportKind kind) {
    stored::ImportHeader header;
    header.set_kind(static_cast<int>(kind));
    header.set_file_name("file.csv");
    return header;
  }

  absl::StatusOr<BuiltPreview> Build(const stored::ImportHeader& header, const std::string& file) {
    FileSource source(file, {.encoding = header.encoding(), .sheet = header.sheet()});
    return BuildPreview(header, source, *Read());
  }

  /// Stores a preview and returns its id.
  int64_t Keep(const BuiltPreview& built) {
    int64_t id = 0;
    const domain::ImportPreview record = ToRecord(built);
    const absl::Status stored =
        Write([&](store::ReadView& view, int64_t change_set, const WriteContext& context) {
          id = change_set;
          return StorePreview(view, context, record, change_set);
        });
    EXPECT_TRUE(stored.ok()) << stored;
    return id;
  }
  int64_t Preview(const stored::ImportHeader& header, const std::string& file) {
    const auto built = Build(header, file);
    EXPECT_TRUE(built.ok()) << built.status();
    return built.ok() ? Keep(*built) : 0;
  }
  int64_t Preview(domain::ImportKind kind, const std::string& file) {
    return Preview(Header(kind), file);
  }

  StoredImport Stored(int64_t id) {
    auto found = FindStoredImport(*Read(), id, now_);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *std::move(found) : StoredImport();
  }

  std::vector<stored::ImportRow> Rows(int64_t id, bool problems_only = false) {
    auto page =
        ListImportRows(*Read(), Stored(id), {.limit = 1000, .problems_only = problems_only});
    EXPECT_TRUE(page.ok()) << page.status();
    return page.ok() ? std::move(page->rows) : std::vector<stored::ImportRow>();
  }

  absl::Status Apply(int64_t id, const WriteContext& context) {
    return Write(context,
                 [id, now = now_](store::ReadView& view, int64_t change_set,
                                  const WriteContext& given) -> absl::StatusOr<store::Draft> {
                   ASSIGN_OR_RETURN(StoredImport import, FindStoredImport(view, id, now));
                   return ApplyImport(given, std::move(import), change_set, view);
                 });
  }
  absl::Status Apply(int64_t id) { return Apply(id, Context()); }

  /// Previews a file and applies it.
  void Import(domain::ImportKind kind, const std::string& file) {
    const absl::Status applied = Apply(Preview(kind, file));
    ASSERT_TRUE(applied.ok()) << applied;
  }

  domain::Device Device(const std::string& tag) {
    const auto found = Read()->FindDevice(tag);
    EXPECT_TRUE(found.ok() && found->has_value()) << tag;
    return found.ok() ? found->value_or(domain::Device()) : domain::Device();
  }
  domain::Staff Person(const std::string& number) {
    const auto found = Read()->FindStaff(number);
    EXPECT_TRUE(found.ok() && found->has_value()) << number;
    return found.ok() ? found->value_or(domain::Staff()) : domain::Staff();
  }

  /// Changes a device without a file.
  void SetNote(const std::string& tag, const std::string& note) {
    domain::Device device = Device(tag);
    device.note = note;
    Store({store::DeviceEdit{device, std::nullopt}});
  }

  static std::string Reason(const absl::Status& status) {
    const auto detail = domain::DetailOf(status);
    return detail.has_value() ? detail->reason : status.ToString();
  }
  /// The fields of an error's violations.
  static std::vector<std::string> FaultyFields(const absl::Status& status) {
    std::vector<std::string> fields;
    const auto detail = domain::DetailOf(status);
    if (!detail.has_value()) return fields;
    for (const domain::Violation& violation : detail->violations) fields.push_back(violation.field);
    return fields;
  }
};

}  // namespace kirikae::app
