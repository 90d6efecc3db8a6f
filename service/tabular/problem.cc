#include "service/tabular/problem.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

constexpr char kPayload[] = "kirikae/tabular.Problem";
constexpr char kSeparator = '\x1F';  // decoded tables hold it at most by accident; see ToStatus

constexpr std::string_view kUndecodable =
    "Byte $0 (line $1) is not a character of $2. Name the file's encoding, or save it as UTF-8.";
constexpr std::string_view kMixed =
    "Byte $0 (line $1) is not a character of $2. The file is $2 up to there: save the whole file "
    "in one "
    "encoding.";
constexpr std::string_view kAmbiguous =
    "The characters from line $0 on can be read in several encodings. Name the file's encoding "
    "(CP932, "
    "EUC-JP or UTF-8), or save it as UTF-8 with a byte order mark.";
constexpr std::string_view kOldWorkbook =
    "This is an old .xls workbook, or one with a password. Open it in a spreadsheet program and "
    "save "
    "it as .xlsx or CSV without a password.";
constexpr std::string_view kLockedWorkbook =
    "This is a workbook with a password. Open it, remove the password and save it as .xlsx or CSV.";
constexpr std::string_view kBinaryWorkbook =
    "This is a binary workbook (.xlsb). Open it in a spreadsheet program and save it as .xlsx or "
    "CSV.";
constexpr std::string_view kOpenDocument =
    "This is an OpenDocument file (.ods). Open it in a spreadsheet program and save it as .xlsx or "
    "CSV.";
constexpr std::string_view kHtml =
    "This is a web page (HTML), whatever its name says. Open it in a spreadsheet program and save "
    "it as "
    ".xlsx or CSV.";
constexpr std::string_view kXmlSpreadsheet =
    "This is an XML spreadsheet. Open it in a spreadsheet program and save it as .xlsx or CSV.";
constexpr std::string_view kNotATable =
    "This is a file of the kind $0, not a table. Save the list as .xlsx or CSV.";
constexpr std::string_view kSheetWasRead =
    "The sheet $0 was read. The workbook also has: $1. Choose one with --sheet.";
constexpr std::string_view kLinesAbove =
    "Lines $0 to $1 stand above the header, which is line $2; they were not read.";
constexpr std::string_view kHiddenRow = "The row is hidden in the sheet; it is read all the same.";
constexpr std::string_view kUnwritable = "$0 holds the character $1, which is no text. Remove it.";
constexpr std::string_view kLostCharacter =
    "$0 holds U+FFFD, in the place of a character that another program has lost: $1";
constexpr std::string_view kTextTooLong = "$0 is too long; at most $1 characters.";
constexpr std::string_view kTooManyUsers = "$0 has too many entries; at most $1.";
constexpr std::string_view kFormulaWithoutValue =
    "The cell $0 holds a formula whose result is not stored. Open the file in a spreadsheet "
    "program "
    "and save it.";
constexpr std::string_view kFormatNotRead =
    "The cell $0 shows its number in the form $1, which is not read here. Format the cell as text "
    "or "
    "as a plain number.";
constexpr std::string_view kMergedAcross =
    "The cells $0 are merged; the value is that of the first column, and the others are empty.";
constexpr std::string_view kDateTakenAsText = "$0 looks like a date and is taken as it stands: $1";
constexpr std::string_view kDuplicateHost = "$0 $1 also stands in line $2, for another device.";
constexpr std::string_view kOthersNotNamed =
    "$0 says that others use the device too ($1); only those with a staff number are taken.";
constexpr std::string_view kNul =
    "There is a NUL character at byte $0 (line $1), read as $2. This is not a text table.";
constexpr std::string_view kFileTooLarge = "The file has $0 bytes; at most $1 are read.";
constexpr std::string_view kTooManyRows = "The table has more than $0 rows.";
constexpr std::string_view kTooManyColumns = "Line $0 has more than $1 columns.";
constexpr std::string_view kNoHeader = "The file has no header line.";
constexpr std::string_view kNotAWorkbook = "The file is not a whole XLSX workbook ($0).";
constexpr std::string_view kWorkbookTooLarge =
    "The workbook's part $0 would unpack to more than $1 bytes.";
constexpr std::string_view kWorkbookExpands =
    "The workbook's part $0 unpacks to more than $1 times its size; such a file is not read.";
constexpr std::string_view kNoSuchSheet = "There is no sheet $0. The workbook has: $1.";
constexpr std::string_view kUnknownColumn = "The column $0 is not known to this profile.";
constexpr std::string_view kEmptyHeader = "Column number $0 has cells but no header.";
constexpr std::string_view kHeaderTooLong =
    "The header of column number $0 is longer than $1 bytes.";
constexpr std::string_view kColumnTwice = "The column $0 means the same as the column $1.";
constexpr std::string_view kMissingColumn = "The column $0 is missing.";
constexpr std::string_view kWrongCellCount = "The row has $0 cells; the header has $1.";
constexpr std::string_view kQuoteNeverClosed =
    "The quotation mark that opens in line $0 is never closed; nothing after it could be read.";
constexpr std::string_view kMissingKey = "There is no $0.";
constexpr std::string_view kEmptyCell = "$0 is empty.";
constexpr std::string_view kDuplicateKey = "$0 $1 stands in line $2 already.";
constexpr std::string_view kUnknownValue = "$1 is not known as $0.";
constexpr std::string_view kSingleFactor =
    "$0 names $1, but one factor is not a method of this ward: two different factors are needed.";
constexpr std::string_view kDayNumber = "$0 holds a spreadsheet's day number, $1.";
constexpr std::string_view kScientific =
    "$0 was spoiled by a spreadsheet: $1 is a rounded number. Take it from the source again.";
constexpr std::string_view kDecimal =
    "$0 was spoiled by a spreadsheet: $1 was turned into a decimal number.";
constexpr std::string_view kDateForIdentifier =
    "$0 looks like a date, as a spreadsheet makes of other values: $1. Take it from the source "
    "again; if it "
    "is right, import the file with --accept-dates-as-text.";
constexpr std::string_view kSpreadsheetError = "$0 holds a spreadsheet's error value, $1.";
constexpr std::string_view kFormula =
    "$0 holds a formula, $1. Write the value itself; a text that begins so takes an apostrophe "
    "before "
    "it.";
constexpr std::string_view kUserDefined =
    "$0 holds the user-defined character $1, which other machines may not show: $2";
constexpr std::string_view kUserTwice = "$0 names $1 twice.";
constexpr std::string_view kUserCounts = "There are $0 names for $1 staff numbers.";
constexpr std::string_view kEnrolledWithoutDate = "Enrolled, but $0 is empty.";
// The notes of text/era.cc become problems with the same sentences.
constexpr std::string_view kNotADate = "Not a date: $0.";
constexpr std::string_view kNoSuchDay = "There is no such day: $0.";
constexpr std::string_view kEraEnded = "The era of $0 had ended by then; read as $1.";
constexpr std::string_view kEraNotBegun = "The era of $0 had not begun by then; read as $1.";
constexpr std::string_view kWeekday = "The weekday in $0 is not that day's; $1 is $2.";

constexpr std::array kFormats = {
    kMixed,
    kAmbiguous,
    kOldWorkbook,
    kLockedWorkbook,
    kBinaryWorkbook,
    kOpenDocument,
    kHtml,
    kXmlSpreadsheet,
    kNotATable,
    kSheetWasRead,
    kLinesAbove,
    kHiddenRow,
    kUnwritable,
    kLostCharacter,
    kTextTooLong,
    kTooManyUsers,
    kFormulaWithoutValue,
    kFormatNotRead,
    kMergedAcross,
    kDateTakenAsText,
    kDuplicateHost,
    kOthersNotNamed,
    kUndecodable,
    kNul,
    kFileTooLarge,
    kTooManyRows,
    kTooManyColumns,
    kNoHeader,
    kNotAWorkbook,
    kWorkbookTooLarge,
    kWorkbookExpands,
    kNoSuchSheet,
    kUnknownColumn,
    kEmptyHeader,
    kHeaderTooLong,
    kColumnTwice,
    kMissingColumn,
    kWrongCellCount,
    kQuoteNeverClosed,
    kMissingKey,
    kEmptyCell,
    kDuplicateKey,
    kUnknownValue,
    kSingleFactor,
    kDayNumber,
    kScientific,
    kDecimal,
    kDateForIdentifier,
    kSpreadsheetError,
    kFormula,
    kUserDefined,
    kUserTwice,
    kUserCounts,
    kEnrolledWithoutDate,
    kNotADate,
    kNoSuchDay,
    kEraEnded,
    kEraNotBegun,
    kWeekday,
};

Problem Make(Severity severity, std::string_view code, text::Sentence sentence) {
  return {.severity = severity,
          .code = std::string(code),
          .sentence = std::move(sentence),
          .column = std::nullopt,
          .suggestion = std::nullopt};
}

Problem Error(std::string_view code, std::string_view format, std::vector<std::string> args) {
  return Make(Severity::kError, code, {std::string(format), std::move(args)});
}

Problem Warning(std::string_view code, std::string_view format, std::vector<std::string> args) {
  return Make(Severity::kWarning, code, {std::string(format), std::move(args)});
}

Problem In(std::string_view column, Problem problem) {
  problem.column = std::string(column);
  return problem;
}

Problem Suggesting(std::optional<std::string> suggestion, Problem problem) {
  problem.suggestion = std::move(suggestion);
  return problem;
}

std::string Text(std::string_view text) { return std::string(text); }
std::string Text(size_t number) { return std::to_string(number); }

}  // namespace

bool HasError(std::span<const Problem> problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& p) { return p.severity == Severity::kError; });
}

absl::Status ToStatus(const Problem& problem) {
  absl::Status status = absl::InvalidArgumentError(problem.sentence.English());
  std::vector<std::string> fields = {problem.severity == Severity::kError ? "E" : "W", problem.code,
                                     problem.sentence.format, problem.column.value_or(""),
                                     problem.suggestion.value_or("")};
  fields.insert(fields.end(), problem.sentence.args.begin(), problem.sentence.args.end());
  for (std::string& field : fields) std::erase(field, kSeparator);
  status.SetPayload(kPayload, absl::Cord(absl::StrJoin(fields, std::string(1, kSeparator))));
  return status;
}

std::optional<Problem> ProblemOf(const absl::Status& status) {
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return std::nullopt;
  const std::vector<std::string> fields = absl::StrSplit(std::string(*payload), kSeparator);
  if (fields.size() < 5) return std::nullopt;
  Problem out = Make(fields[0] == "E" ? Severity::kError : Severity::kWarning, fields[1],
                     {fields[2], {fields.begin() + 5, fields.end()}});
  if (!fields[3].empty()) out.column = fields[3];
  if (!fields[4].empty()) out.suggestion = fields[4];
  return out;
}

std::span<const std::string_view> ProblemFormats() { return kFormats; }

Problem UndecodableBytes(const text::DecodeFault& fault) {
  if (fault.kind == text::DecodeFaultKind::kAmbiguous) {
    return Error("AMBIGUOUS_ENCODING", kAmbiguous, {Text(fault.line)});
  }
  const bool mixed = fault.kind == text::DecodeFaultKind::kMixed;
  return Error("UNDECODABLE_BYTES", mixed ? kMixed : kUndecodable,
               {Text(fault.byte_offset), Text(fault.line), Text(EncodingName(fault.encoding))});
}

Problem NulCharacter(const text::DecodeFault& fault) {
  return Error("NUL_CHARACTER", kNul,
               {Text(fault.byte_offset), Text(fault.line), Text(EncodingName(fault.encoding))});
}

Problem FileTooLarge(size_t bytes, size_t limit) {
  return Error("FILE_TOO_LARGE", kFileTooLarge, {Text(bytes), Text(limit)});
}

Problem TooManyRows(size_t limit) { return Error("TOO_MANY_ROWS", kTooManyRows, {Text(limit)}); }

Problem TooManyColumns(size_t line, size_t limit) {
  return Error("TOO_MANY_COLUMNS", kTooManyColumns, {Text(line), Text(limit)});
}

Problem NoHeader() { return Error("NO_HEADER", kNoHeader, {}); }

Problem NotAWorkbook(std::string_view why) {
  return Error("NOT_A_WORKBOOK", kNotAWorkbook, {Text(why)});
}

Problem WorkbookTooLarge(std::string_view part, size_t limit) {
  return Error("WORKBOOK_TOO_LARGE", kWorkbookTooLarge, {Text(part), Text(limit)});
}

Problem WorkbookExpandsTooMuch(std::string_view part, size_t ratio) {
  return Error("WORKBOOK_EXPANDS_TOO_MUCH", kWorkbookExpands, {Text(part), Text(ratio)});
}

Problem NoSuchSheet(std::string_view name, std::span<const std::string> sheets) {
  return Error("NO_SUCH_SHEET", kNoSuchSheet, {Text(name), absl::StrJoin(sheets, ", ")});
}

Problem OldWorkbook() { return Error("OLD_WORKBOOK", kOldWorkbook, {}); }

Problem LockedWorkbook() { return Error("LOCKED_WORKBOOK", kLockedWorkbook, {}); }

Problem BinaryWorkbook() { return Error("BINARY_WORKBOOK", kBinaryWorkbook, {}); }

Problem OpenDocument() { return Error("OPEN_DOCUMENT", kOpenDocument, {}); }

Problem HtmlFile() { return Error("HTML_FILE", kHtml, {}); }

Problem XmlSpreadsheet() { return Error("XML_SPREADSHEET", kXmlSpreadsheet, {}); }

Problem NotATable(std::string_view kind) { return Error("NOT_A_TABLE", kNotATable, {Text(kind)}); }

Problem SheetWasRead(std::string_view sheet, std::span<const std::string> others) {
  return Error("SHEET_WAS_READ", kSheetWasRead, {Text(sheet), absl::StrJoin(others, ", ")});
}

Problem LinesAboveHeader(size_t first, size_t last, size_t header) {
  return Warning("LINES_ABOVE_HEADER", kLinesAbove, {Text(first), Text(last), Text(header)});
}

Problem HiddenRow() { return Warning("HIDDEN_ROW", kHiddenRow, {}); }

Problem UnknownColumn(std::string_view header, std::optional<std::string> suggestion) {
  return Suggesting(std::move(suggestion),
                    In(header, Error("UNKNOWN_COLUMN", kUnknownColumn, {Text(header)})));
}

Problem HeaderTooLong(size_t column_number, size_t limit) {
  return Error("HEADER_TOO_LONG", kHeaderTooLong, {Text(column_number), Text(limit)});
}

Problem EmptyHeader(size_t column_number) {
  return Error("EMPTY_HEADER", kEmptyHeader, {Text(column_number)});
}

Problem ColumnTwice(std::string_view header, std::string_view first) {
  return In(header, Error("COLUMN_TWICE", kColumnTwice, {Text(header), Text(first)}));
}

Problem MissingColumn(std::string_view header) {
  return In(header, Error("MISSING_COLUMN", kMissingColumn, {Text(header)}));
}

Problem WrongCellCount(size_t found, size_t expected) {
  return Error("WRONG_CELL_COUNT", kWrongCellCount, {Text(found), Text(expected)});
}

Problem QuoteNeverClosed(size_t line) {
  return Error("QUOTE_NEVER_CLOSED", kQuoteNeverClosed, {Text(line)});
}

Problem MissingKey(std::string_view column) {
  return In(column, Error("MISSING_KEY", kMissingKey, {Text(column)}));
}

Problem EmptyCell(std::string_view column) {
  return In(column, Error("EMPTY_CELL", kEmptyCell, {Text(column)}));
}

Problem DuplicateKey(std::string_view column, std::string_view key, size_t first_line) {
  return In(column,
            Error("DUPLICATE_KEY", kDuplicateKey, {Text(column), Text(key), Text(first_line)}));
}

Problem UnknownValue(std::string_view column, std::string_view value,
                     std::optional<std::string> suggestion) {
  return Suggesting(std::move(suggestion),
                    In(column, Error("UNKNOWN_VALUE", kUnknownValue, {Text(column), Text(value)})));
}

Problem SingleFactor(std::string_view column, std::string_view value) {
  return In(column, Error("SINGLE_FACTOR", kSingleFactor, {Text(column), Text(value)}));
}

Problem BadDate(std::string_view column, const text::Note& fault) {
  return In(column, Make(Severity::kError, fault.code, fault.sentence));
}

Problem DateWarning(std::string_view column, const text::Note& note) {
  return In(column, Make(Severity::kWarning, note.code, note.sentence));
}

Problem DayNumber(std::string_view column, std::string_view value, std::string_view iso_date) {
  return Suggesting(Text(iso_date),
                    In(column, Error("DAY_NUMBER", kDayNumber, {Text(column), Text(value)})));
}

Problem ScientificNotation(std::string_view column, std::string_view value) {
  return In(column, Error("SCIENTIFIC_NOTATION", kScientific, {Text(column), Text(value)}));
}

Problem DecimalNumber(std::string_view column, std::string_view value) {
  return In(column, Error("DECIMAL_NUMBER", kDecimal, {Text(column), Text(value)}));
}

Problem DateForIdentifier(std::string_view column, std::string_view value) {
  return In(column, Error("DATE_FOR_IDENTIFIER", kDateForIdentifier, {Text(column), Text(value)}));
}

Problem SpreadsheetError(std::string_view column, std::string_view value) {
  return In(column, Error("SPREADSHEET_ERROR", kSpreadsheetError, {Text(column), Text(value)}));
}

Problem FormulaCell(std::string_view column, std::string_view value) {
  return In(column, Error("FORMULA_CELL", kFormula, {Text(column), Text(value)}));
}

Problem UserDefinedCharacter(std::string_view column, std::string_view value, char32_t code_point) {
  return In(column, Warning("USER_DEFINED_CHARACTER", kUserDefined,
                            {Text(column), text::CodePointName(code_point), Text(value)}));
}

Problem UnwritableCharacter(std::string_view column, char32_t code_point) {
  return In(column, Error("UNWRITABLE_CHARACTER", kUnwritable,
                          {Text(column), text::CodePointName(code_point)}));
}

Problem LostCharacterInCell(std::string_view column, std::string_view value) {
  return In(column, Warning("LOST_CHARACTER", kLostCharacter, {Text(column), Text(value)}));
}

Problem TextTooLong(std::string_view column, size_t limit) {
  return In(column, Error("TEXT_TOO_LONG", kTextTooLong, {Text(column), Text(limit)}));
}

Problem TooManyUsers(std::string_view column, size_t limit) {
  return In(column, Error("TOO_MANY_USERS", kTooManyUsers, {Text(column), Text(limit)}));
}

Problem FormulaWithoutValue(std::string_view cell) {
  return Error("FORMULA_WITHOUT_VALUE", kFormulaWithoutValue, {Text(cell)});
}

Problem FormatNotRead(std::string_view cell, std::string_view format) {
  return Error("FORMAT_NOT_READ", kFormatNotRead, {Text(cell), Text(format)});
}

Problem MergedAcross(std::string_view range) {
  return Warning("MERGED_ACROSS", kMergedAcross, {Text(range)});
}

Problem DateTakenAsText(std::string_view column, std::string_view value) {
  return In(column, Warning("DATE_TAKEN_AS_TEXT", kDateTakenAsText, {Text(column), Text(value)}));
}

Problem DuplicateHost(std::string_view column, std::string_view value, size_t first_line) {
  return In(column, Warning("DUPLICATE_HOST", kDuplicateHost,
                            {Text(column), Text(value), Text(first_line)}));
}

Problem OthersNotNamed(std::string_view column, std::string_view value) {
  return In(column, Warning("OTHERS_NOT_NAMED", kOthersNotNamed, {Text(column), Text(value)}));
}

Problem UserTwice(std::string_view column, std::string_view staff_number) {
  return In(column, Warning("USER_TWICE", kUserTwice, {Text(column), Text(staff_number)}));
}

Problem UserCountsDiffer(std::string_view column, size_t names, size_t numbers) {
  return In(column, Warning("USER_COUNTS_DIFFER", kUserCounts, {Text(names), Text(numbers)}));
}

Problem EnrolledWithoutDate(std::string_view column) {
  return In(column, Error("ENROLLED_WITHOUT_DATE", kEnrolledWithoutDate, {Text(column)}));
}

}  // namespace kirikae::tabular
