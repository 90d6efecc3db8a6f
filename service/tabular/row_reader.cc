#include "service/tabular/row_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "service/absl_view.h"
#include "service/tabular/cells.h"
#include "service/tabular/csv_writer.h"
#include "service/text/encoding.h"
#include "service/text/era.h"
#include "service/text/fold.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

// A day of the years 2000 to 2099 as a day number, as an unformatted date cell shows it.
std::optional<absl::CivilDay> SpreadsheetDay(const std::string& value) {
  int number = 0;
  if (value.size() != 5 || !absl::SimpleAtoi(value, &number)) return std::nullopt;
  if (number < 36526 || number > 73050) return std::nullopt;
  return absl::CivilDay(1899, 12, 30) + number;
}

}  // namespace

RowReader::RowReader(const Table& table, const Profile& profile, const Binding& binding)
    : table_(table), profile_(profile), binding_(binding) {}

void RowReader::Turn(const TableRow& row, std::vector<Problem>* problems) {
  row_ = &row;
  problems_ = problems;
  *problems = row.problems;
}

bool RowReader::Has(std::string_view field) const { return ColumnOf(field).has_value(); }

std::string RowReader::Header(std::string_view field) const {
  const std::optional<size_t> column = ColumnOf(field);
  return column ? table_.header[*column] : std::string(field);
}

std::optional<size_t> RowReader::ColumnOf(std::string_view field) const {
  if (field != last_field_) {
    const auto column = binding_.column_of.find(AbslView(field));
    last_column_ =
        column == binding_.column_of.end() ? std::nullopt : std::optional(column->second);
    last_field_ = field;
  }
  return last_column_;
}

std::optional<std::string_view> RowReader::Cell(std::string_view field) const {
  if (!Has(field)) return std::nullopt;
  // A file that this program exported must be read back unchanged.
  return FromNeutral(Raw(field));
}

std::string_view RowReader::Raw(std::string_view field) const {
  const std::optional<size_t> column = ColumnOf(field);
  if (!column || *column >= row_->cells.size()) return "";
  return Trimmed(row_->cells[*column]);
}

void RowReader::Check(std::string_view field, std::string_view value, size_t limit) {
  AddNotes(field);
  // A workbook marks its formula cells; in plain text a cell that looks like a formula is a risk.
  const bool plain = table_.delimiter != '\0';
  if (plain && IsFormula(Raw(field))) problems_->push_back(FormulaCell(Header(field), value));
  if (value.starts_with('#') && IsSpreadsheetError(value)) {
    problems_->push_back(SpreadsheetError(Header(field), value));
  }
  CheckCharacters(field, value);
  if (text::IsLongerThan(value, limit)) {
    problems_->push_back(TextTooLong(Header(field), limit));
  }
}

void RowReader::CheckCharacters(std::string_view field, std::string_view value) {
  // Most cells are plain ASCII text, which needs no reading of code points.
  const auto plain = [](char c) { return c >= ' ' && c < 0x7F; };
  if (std::all_of(value.begin(), value.end(), plain)) return;
  bool lost = false;
  for (size_t i = 0; i < value.size();) {
    const char32_t c = text::NextCodePoint(value, &i);
    lost = lost || c == U'\uFFFD';
    if (!text::IsUnwritable(c)) continue;
    problems_->push_back(UnwritableCharacter(Header(field), c));
    break;
  }
  if (lost) problems_->push_back(LostCharacterInCell(Header(field), value));
  if (text::IsAscii(value)) return;
  for (const text::CharacterAt& character : text::UserDefinedCharacters(value)) {
    problems_->push_back(UserDefinedCharacter(Header(field), value, character.code_point));
  }
}

void RowReader::AddNotes(std::string_view field) {
  if (row_->notes.problems.empty()) return;
  const std::optional<size_t> column = ColumnOf(field);
  for (const auto& [at, problem] : row_->notes.problems) {
    if (at != column) continue;
    problems_->push_back(problem);
    problems_->back().column = Header(field);
  }
}

std::string_view RowReader::Plain(std::string_view field, std::string_view cell) const {
  if (row_->notes.plain.empty()) return cell;
  const std::optional<size_t> column = ColumnOf(field);
  for (const auto& [at, plain] : row_->notes.plain) {
    if (at == column) return plain;
  }
  return cell;
}

std::optional<std::string> RowReader::Text(std::string_view field, size_t limit) {
  const std::optional<std::string_view> cell = Cell(field);
  if (!cell) return std::nullopt;
  Check(field, *cell, limit);
  return std::string(*cell);
}

std::string RowReader::Folded(std::string_view field, std::string_view value) {
  std::string folded = text::FoldIdentifier(value);
  if (IsScientificNotation(folded)) {
    problems_->push_back(ScientificNotation(Header(field), value));
  } else if (IsDecimalNumber(folded)) {
    problems_->push_back(DecimalNumber(Header(field), value));
  } else if (IsDateForIdentifier(folded)) {
    problems_->push_back(profile_.dates_as_text ? DateTakenAsText(Header(field), value)
                                                : DateForIdentifier(Header(field), value));
  }
  return folded;
}

std::optional<std::string> RowReader::Identifier(std::string_view field) {
  const std::optional<std::string_view> cell = Cell(field);
  if (!cell) return std::nullopt;
  Check(field, *cell, kMostCharacters);
  return Folded(field, Plain(field, *cell));
}

std::optional<std::vector<std::string>> RowReader::Identifiers(std::string_view field) {
  const std::optional<std::string> cell = Text(field, kMostCharacters * kMostUsers);
  if (!cell) return std::nullopt;
  std::vector<std::string> out;
  for (const std::string& part : SplitIdentifiers(Plain(field, *cell))) {
    std::string folded = Folded(field, part);
    if (std::find(out.begin(), out.end(), folded) != out.end()) {
      problems_->push_back(UserTwice(Header(field), part));
    } else {
      out.push_back(std::move(folded));
    }
  }
  if (out.size() > kMostUsers) problems_->push_back(TooManyUsers(Header(field), kMostUsers));
  return out;
}

std::optional<std::optional<absl::CivilDay>> RowReader::Day(std::string_view field) {
  const std::optional<std::string> cell = Text(field);
  if (!cell) return std::nullopt;
  std::optional<absl::CivilDay> day;
  if (cell->empty()) return std::make_optional(day);
  text::Note fault;
  const absl::StatusOr<text::ParsedDay> parsed = text::ParseDay(*cell, &fault);
  if (!parsed.ok()) {
    const std::optional<absl::CivilDay> meant = SpreadsheetDay(*cell);
    problems_->push_back(meant ? DayNumber(Header(field), *cell, text::IsoDate(*meant))
                               : BadDate(Header(field), fault));
    return std::make_optional(day);
  }
  for (const text::Note& note : parsed->notes) {
    problems_->push_back(DateWarning(Header(field), note));
  }
  day = parsed->day;
  return std::make_optional(day);
}

Enumeration& RowReader::EnumerationOf(std::string_view field) {
  const auto found = enumerations_.find(AbslView(field));
  if (found != enumerations_.end()) return found->second;
  return enumerations_.emplace(field, Enumeration(field, profile_)).first->second;
}

std::optional<std::string> RowReader::Value(std::string_view field) {
  const std::optional<std::string> cell = Text(field);
  if (!cell || cell->empty()) return cell;
  Enumeration& values = EnumerationOf(field);
  std::optional<std::string> value = values.Find(*cell);
  if (value) return value;
  if (field == "auth_method" && IsSingleFactor(*cell)) {
    problems_->push_back(SingleFactor(Header(field), *cell));
  } else {
    problems_->push_back(UnknownValue(Header(field), *cell, values.Suggest(*cell)));
  }
  return "";
}

std::string RowReader::Key(std::string_view field) {
  const std::string key = Identifier(field).value_or("");
  if (key.empty()) {
    problems_->push_back(MissingKey(Header(field)));
    return key;
  }
  const auto [first, fresh] = line_of_key_.emplace(key, row_->line);
  if (!fresh) problems_->push_back(DuplicateKey(Header(field), key, first->second));
  return key;
}

std::optional<std::string> RowReader::Department() {
  if (Has("department")) return Text("department");
  if (!Has("division") && !Has("section")) return std::nullopt;
  const std::string division = Text("division").value_or("");
  const std::string section = Text("section").value_or("");
  if (division.empty() || section.empty()) return division + section;
  return division + "/" + section;
}

}  // namespace kirikae::tabular
