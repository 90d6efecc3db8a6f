#include "service/tabular/csv_writer.h"

#include <utility>

#include "service/tabular/cells.h"
#include "service/text/encoding.h"
#include "service/text/utf8.h"

namespace kirikae::tabular {
namespace {

// OWASP's list of the characters that spreadsheets take for the start of a formula.
bool StartsFormula(std::string_view cell) {
  if (cell.starts_with('\t') || cell.starts_with('\r') || cell.starts_with('\n')) return true;
  const std::string_view text = Trimmed(cell);
  for (std::string_view start : {"=", "+", "-", "@", "＝", "＋", "－", "＠"}) {
    if (text.starts_with(start)) return true;
  }
  return false;
}

std::string_view WithoutApostrophes(std::string_view cell) {
  while (cell.starts_with('\'')) cell.remove_prefix(1);
  return cell;
}

void AppendQuoted(std::string_view cell, std::string& out) {
  const bool spaced = !cell.empty() && Trimmed(cell).size() != cell.size();
  if (!spaced && cell.find_first_of(",;\t\"\r\n") == std::string_view::npos) {
    out.append(cell);
    return;
  }
  out.push_back('"');
  for (char c : cell) {
    if (c == '"') out.push_back('"');
    out.push_back(c);
  }
  out.push_back('"');
}

}  // namespace

std::string Neutral(std::string_view cell) {
  std::string out(cell);
  if (StartsFormula(WithoutApostrophes(cell))) out.insert(out.begin(), '\'');
  return out;
}

std::string_view FromNeutral(std::string_view cell) {
  const bool neutral = cell.starts_with('\'') && StartsFormula(WithoutApostrophes(cell));
  return neutral ? cell.substr(1) : cell;
}

void CsvWriter::AddRow(const std::vector<std::string>& cells) {
  std::string line;
  for (size_t column = 0; column < cells.size(); ++column) {
    if (column > 0) line.push_back(',');
    if (encoding_ == CsvEncoding::kUtf8WithMark) {
      AppendQuoted(Neutral(cells[column]), line);
      continue;
    }
    std::vector<text::WrittenAs> changed;
    std::string quoted;
    AppendQuoted(Neutral(cells[column]), quoted);
    line += text::EncodeCp932(quoted, &changed);
    for (const text::WrittenAs& lost : changed) {
      std::string written;
      text::AppendUtf8(lost.written, written);
      lost_.push_back({rows_, column, cells[column], lost.code_point, std::move(written)});
    }
  }
  // A row with one empty cell would be a blank line, which readers skip.
  if (line.empty()) line = "\"\"";
  out_ += line;
  out_ += "\r\n";
  ++rows_;
}

std::string CsvWriter::Finish() && {
  if (encoding_ == CsvEncoding::kCp932) return std::move(out_);
  return text::EncodeUtf8WithMark(out_);
}

}  // namespace kirikae::tabular
