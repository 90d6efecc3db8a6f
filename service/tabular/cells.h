// Checks and splits single cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kirikae::tabular {

/// `cell` without white space at its ends, full-width spaces included.
std::string_view Trimmed(std::string_view cell);

/// The entries of a cell that holds a list, trimmed, without empty ones. `;`, `,`, `、`, line
/// breaks and the full-width forms separate entries.
std::vector<std::string> SplitList(std::string_view cell);

/// The identifiers of a cell: the entries of SplitList, each split again at white space, `/`, `・`,
/// `|`, `&` and their full-width forms, which no identifier of a list has. A date is not split.
std::vector<std::string> SplitIdentifiers(std::string_view cell);

/// The names of a cell for `count` people: the entries of SplitList; when that is one for several
/// people, it is split at `/`, `・`, `|`, `&` and their full-width forms if that gives `count`.
std::vector<std::string> SplitNames(std::string_view cell, size_t count);

/// Whether `identifier` (folded) is a number that a spreadsheet rounded, such as `1.00E+05`.
bool IsScientificNotation(std::string_view identifier);

/// Whether `identifier` (folded) is a number with a decimal part, such as `100003.0`.
bool IsDecimalNumber(std::string_view identifier);

/// Whether `identifier` (folded) is a date that a spreadsheet made of an identifier, such as
/// `2025/3/4`, `3月4日` or `4-MAR`.
bool IsDateForIdentifier(std::string_view identifier);

/// Whether a spreadsheet would run `cell` as a formula: it begins with `=` or `@`, or with `+` or
/// `-` before a letter or a parenthesis. A signed number is not a formula.
bool IsFormula(std::string_view cell);

/// Whether `cell` is a spreadsheet's error value, such as `#N/A`.
bool IsSpreadsheetError(std::string_view cell);

}  // namespace kirikae::tabular
