// Every problem of a table, with one named constructor each.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "service/text/encoding.h"
#include "service/text/note.h"
#include "service/text/sentence.h"

namespace kirikae::tabular {

enum class Severity { kWarning, kError };

/// One finding about a file, a header or a row. `code` is stable and upper-snake; `sentence` says
/// it without column and suggestion.
struct Problem {
  Severity severity = Severity::kError;
  std::string code;
  text::Sentence sentence;
  std::optional<std::string> column;      ///< the header as given in the file
  std::optional<std::string> suggestion;  ///< what was probably meant, in the file's language

  bool operator==(const Problem&) const = default;
};

bool HasError(std::span<const Problem> problems);

/// InvalidArgument with the English sentence. It carries `problem`, so that callers can translate
/// it.
absl::Status ToStatus(const Problem& problem);

/// The problem that ToStatus put into `status`, or nullopt.
std::optional<Problem> ProblemOf(const absl::Status& status);

/// Every format of this file, for the test that the catalogue has each of them.
std::span<const std::string_view> ProblemFormats();

// Problems of the whole file.
/// Also for a text that is in one encoding up to a line, and for one that fits several.
Problem UndecodableBytes(const text::DecodeFault& fault);
Problem NulCharacter(const text::DecodeFault& fault);
Problem FileTooLarge(size_t bytes, size_t limit);
Problem TooManyRows(size_t limit);
Problem TooManyColumns(size_t line, size_t limit);
Problem NoHeader();
Problem NotAWorkbook(std::string_view why);
Problem WorkbookTooLarge(std::string_view part, size_t limit);
Problem WorkbookExpandsTooMuch(std::string_view part, size_t ratio);
Problem NoSuchSheet(std::string_view name, std::span<const std::string> sheets);
Problem OldWorkbook();
Problem LockedWorkbook();
Problem BinaryWorkbook();
Problem OpenDocument();
Problem HtmlFile();
Problem XmlSpreadsheet();
/// `kind` is a name that every language has, such as `PDF`.
Problem NotATable(std::string_view kind);

// Problems of the header.
Problem UnknownColumn(std::string_view header, std::optional<std::string> suggestion);
Problem EmptyHeader(size_t column_number);
Problem HeaderTooLong(size_t column_number, size_t limit);
Problem ColumnTwice(std::string_view header, std::string_view first);
Problem MissingColumn(std::string_view header);
/// The columns are those of a sheet; `others` are the workbook's other sheets.
Problem SheetWasRead(std::string_view sheet, std::span<const std::string> others);

// Problems of a row's form.
Problem WrongCellCount(size_t found, size_t expected);
Problem QuoteNeverClosed(size_t line);
/// Lines above the header were not read.
Problem LinesAboveHeader(size_t first, size_t last, size_t header);
Problem HiddenRow();

// Problems of a cell.
Problem MissingKey(std::string_view column);
Problem EmptyCell(std::string_view column);
Problem DuplicateKey(std::string_view column, std::string_view key, size_t first_line);
Problem UnknownValue(std::string_view column, std::string_view value,
                     std::optional<std::string> suggestion);
Problem SingleFactor(std::string_view column, std::string_view value);
Problem BadDate(std::string_view column, const text::Note& fault);
Problem DateWarning(std::string_view column, const text::Note& note);
Problem DayNumber(std::string_view column, std::string_view value, std::string_view iso_date);
Problem ScientificNotation(std::string_view column, std::string_view value);
Problem DecimalNumber(std::string_view column, std::string_view value);
Problem DateForIdentifier(std::string_view column, std::string_view value);
Problem SpreadsheetError(std::string_view column, std::string_view value);
/// A formula in a text column; it must not reach the next spreadsheet.
Problem FormulaCell(std::string_view column, std::string_view value);
Problem UserDefinedCharacter(std::string_view column, std::string_view value, char32_t code_point);
/// A control character or a code point that is no character.
Problem UnwritableCharacter(std::string_view column, char32_t code_point);
/// U+FFFD: another program has lost the character that stood there.
Problem LostCharacterInCell(std::string_view column, std::string_view value);
Problem TextTooLong(std::string_view column, size_t limit);
Problem TooManyUsers(std::string_view column, size_t limit);
/// A cell of a workbook, such as `C5`.
Problem FormulaWithoutValue(std::string_view cell);
Problem FormatNotRead(std::string_view cell, std::string_view format);
Problem MergedAcross(std::string_view range);
/// In a file that says so, an identifier that looks like a date is one.
Problem DateTakenAsText(std::string_view column, std::string_view value);
Problem DuplicateHost(std::string_view column, std::string_view value, size_t first_line);
Problem OthersNotNamed(std::string_view column, std::string_view value);
Problem UserTwice(std::string_view column, std::string_view staff_number);
Problem UserCountsDiffer(std::string_view column, size_t names, size_t numbers);
Problem EnrolledWithoutDate(std::string_view column);

}  // namespace kirikae::tabular
