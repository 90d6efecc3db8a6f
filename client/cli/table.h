// A command's result as rows.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace kirikae::cli {

/// What becomes of a column where a line is too narrow for all. Nothing is ever cut.
enum class Fit {
  kWhole,  ///< stands in one line, or on a line of its own below the row: tags, days, departments
  kWrap,   ///< a text that goes on in further lines: reasons, remarks
  kSpare,  ///< goes first, the last one before the others
  kWide,   ///< only in the wide form, in CSV and where --columns names it
};

/// A column.
struct Column {
  std::string id;      ///< in CSV and --columns, such as `asset_tag`; does not change with language
  std::string header;  ///< in the chosen language
  Fit fit = Fit::kWhole;
};

/// What stands in a column of a row.
struct Cell {
  std::string text;  ///< for people, in the chosen language
  std::string code;  ///< for programs: the same in every language

  // Most texts are the same in every language.
  Cell(std::string same) : text(same), code(std::move(same)) {}  // NOLINT: implicit
  Cell(const char* same) : Cell(std::string(same)) {}            // NOLINT: implicit
  Cell(std::string for_people, std::string for_programs)
      : text(std::move(for_people)), code(std::move(for_programs)) {}
};

/// A command's result as rows; the message for programs that read JSON has the same content.
struct Table {
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::vector<std::string> names;  ///< of each row: what other commands take
};

/// The columns with these ids, in this order; each is shown however narrow the line is. Throws
/// Failure UNKNOWN_COLUMN with the ids that there are.
Table Choose(const Table& table, const std::vector<std::string>& ids);

/// Turns a table of one row into a line per column: header and value.
Table Upright(const Table& table);

/// A table's lines of at most `width` columns; 0 = any width. Where a row does not fit, spare
/// columns go, texts go on in further lines, and whole columns stand below the row, indented.
/// `hidden` gets the headers of the columns that went. An empty column is not shown where there is
/// a width.
std::vector<std::string> LayOut(const Table& table, bool headers, int width,
                                std::vector<std::string>& hidden);

}  // namespace kirikae::cli
