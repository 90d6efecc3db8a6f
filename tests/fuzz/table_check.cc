#include "tests/fuzz/table_check.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/app/imports/staff_import.h"
#include "service/app/inventory/device_columns.h"
#include "service/tabular/csv_writer.h"
#include "service/tabular/device_rows.h"
#include "service/tabular/device_table.h"
#include "service/tabular/enrolment_rows.h"
#include "service/tabular/profile.h"
#include "service/tabular/staff_rows.h"
#include "service/text/utf8.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/tabular/whole_table.h"

namespace kirikae::fuzz {
namespace {

using tabular::DeviceRow;
using tabular::TableKind;
using tabular::WholeTable;

void RequireText(std::string_view text) {
  Require(text::FindIllFormedUtf8(text) == std::string_view::npos, "a text is well-formed UTF-8");
}

void CheckProblems(const std::vector<tabular::Problem>& problems) {
  for (const tabular::Problem& problem : problems) {
    Require(!problem.code.empty(), "a problem has its code");
    for (const std::string& argument : problem.sentence.args) RequireText(argument);
    if (problem.column.has_value()) RequireText(*problem.column);
    if (problem.suggestion.has_value()) RequireText(*problem.suggestion);
  }
}

// A stored preview keeps the row's columns as texts, from which the import is applied.
template <typename Row>
void CheckKept(const Row& row) {
  Row kept;
  for (const app::FileColumn<Row>& column : app::FileColumns<Row>()) {
    const std::optional<std::string> text = column.get(row);
    if (!text.has_value()) continue;
    RequireText(*text);
    Require(column.set(kept, *text) && column.get(kept) == text, "a usable row can be kept");
  }
}

// A device that was imported is exported and imported again.
void CheckExported(const DeviceRow& row) {
  tabular::CsvWriter writer(tabular::CsvEncoding::kUtf8WithMark);
  writer.AddRow(tabular::DeviceHeader());
  writer.AddRow(tabular::DeviceCells(row));
  const std::string file = std::move(writer).Finish();
  const auto table = tabular::ReadTable(file);
  Require(table.ok() && table->rows.size() == 1, "an exported device is a row");
  const auto profile = tabular::BuiltInProfile("ward", TableKind::kDevices);
  const auto rows = tabular::ReadDeviceRows(*table, *profile);
  Require(rows.rows.size() == 1 && rows.rows[0].value.asset_tag == row.asset_tag,
          "an exported device keeps its tag");
  Require(rows.rows[0].value.inventoried_on.value_or(std::nullopt) ==
              row.inventoried_on.value_or(std::nullopt),
          "an exported device keeps its day");
}

template <typename Reader>
void CheckRows(const WholeTable& table, TableKind kind) {
  const tabular::Profile profile = tabular::ChooseProfile(kind, table.header);
  const auto rows = tabular::ReadAllRows<Reader>(table, profile);
  CheckProblems(rows.header_problems);
  constexpr size_t kMostExported = 4;
  size_t exported = 0;
  for (const auto& row : rows.rows) {
    CheckProblems(row.problems);
    if (!row.usable()) continue;
    CheckKept(row.value);
    if constexpr (std::is_same_v<typename Reader::Row, DeviceRow>) {
      Require(!row.value.asset_tag.empty(), "a usable device has its tag");
      if (exported++ < kMostExported) CheckExported(row.value);
    } else {
      Require(!row.value.staff_number.empty(), "a usable person has a number");
    }
  }
}

}  // namespace

tabular::ReadOptions SmallLimits() {
  tabular::ReadOptions options;
  options.max_bytes = size_t{256} << 10U;
  options.max_columns = 40;
  options.max_rows = 200;
  return options;
}

void CheckTable(std::string_view bytes, const tabular::ReadOptions& options) {
  const auto table = tabular::ReadTable(bytes, options);
  if (!table.ok()) {
    const auto problem = tabular::ProblemOf(table.status());
    Require(problem.has_value(), "a refusal has its problem");
    CheckProblems({*problem});
    return;
  }
  RequireText(table->sheet);
  for (const std::string& header : table->header) RequireText(header);
  Require(!table->header.empty() && table->header.size() <= options.max_columns,
          "a table has columns, and no more than the limit");
  Require(table->rows.size() <= options.max_rows, "a table has no more rows than the limit");
  size_t held = 0;
  for (const tabular::TableRow& row : table->rows) {
    CheckProblems(row.problems);
    Require(tabular::HasError(row.problems) || row.cells.size() == table->header.size(),
            "a row without errors fits the header");
    for (const std::string& cell : row.cells) {
      RequireText(cell);
      held += cell.size();
    }
  }
  // CP932 and UTF-16 take up to three bytes of UTF-8 for two of theirs, half-width Katakana for
  // one.
  Require(held <= 3 * options.max_bytes, "cells hold no more than the limit");
  CheckRows<tabular::DeviceRowReader>(*table, TableKind::kDevices);
  CheckRows<tabular::StaffRowReader>(*table, TableKind::kStaff);
  CheckRows<tabular::EnrolmentRowReader>(*table, TableKind::kEnrolments);
}

}  // namespace kirikae::fuzz
