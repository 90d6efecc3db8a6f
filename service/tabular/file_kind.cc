#include "service/tabular/file_kind.h"

#include <algorithm>
#include <array>
#include <string>

namespace kirikae::tabular {
namespace {

struct Beginning {
  std::string_view bytes;
  std::string_view name;  // of the kind, the same in every language
};

using std::string_view_literals::operator""sv;

// The first bytes of files that people send in place of a list.
constexpr std::array kBeginnings = {
    Beginning{"%PDF-"sv, "PDF"},
    Beginning{"{\\rtf"sv, "RTF"},
    Beginning{"\x1F\x8B"sv, "GZIP"},
    Beginning{"7z\xBC\xAF\x27\x1C"sv, "7-Zip"},
    Beginning{"Rar!\x1A\x07"sv, "RAR"},
    Beginning{"\x89PNG\r\n"sv, "PNG"},
    Beginning{"\xFF\xD8\xFF"sv, "JPEG"},
    Beginning{"GIF8"sv, "GIF"},
    Beginning{"SQLite format 3\0"sv, "SQLite"},
    Beginning{"\0\1\0\0Standard "sv, "Microsoft Access"},
    Beginning{"\0\0\2\0\4\4"sv, "Lotus 1-2-3"},
    Beginning{"\0\0\x1A\0\0\x10\4\0"sv, "Lotus 1-2-3"},
    Beginning{"ID;P"sv, "SYLK"},
};

// Records of the workbooks of Excel 2.1 to 4, which are no OLE containers.
constexpr std::array kOldestWorkbooks = {"\x09\x00\x04\x00"sv, "\x09\x00\x06\x00"sv,
                                         "\x09\x02\x06\x00"sv, "\x09\x04\x06\x00"sv,
                                         "\x09\x08\x08\x00"sv, "\x09\x08\x10\x00"sv};
constexpr std::string_view kOle = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;

// A name of an OLE container's directory, which is in UTF-16LE.
bool HasStream(std::string_view bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) wide += {c, '\0'};
  return bytes.find(wide) != std::string_view::npos;
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// The beginning of a text in small letters, whatever its encoding.
std::string BeginningOf(std::string_view bytes) {
  constexpr size_t kLooked = 4096;
  std::string plain;
  for (const char c : bytes.substr(0, kLooked)) {
    if (c != '\0') plain.push_back(c);
  }
  std::string_view rest = plain;
  for (const std::string_view mark : {"\xEF\xBB\xBF"sv, "\xFF\xFE"sv, "\xFE\xFF"sv}) {
    if (rest.starts_with(mark)) rest.remove_prefix(mark.size());
  }
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
  return Lower(rest);
}

std::optional<Problem> KindOfMarkup(std::string_view bytes) {
  const std::string text = BeginningOf(bytes);
  if (text.starts_with("mime-version:")) return HtmlFile();
  if (!text.starts_with('<')) return std::nullopt;
  const auto has = [&text](std::string_view word) { return text.find(word) != std::string::npos; };
  if (has("office:spreadsheet") || has("excel.sheet")) return XmlSpreadsheet();
  if (has("office:document")) return OpenDocument();
  for (const std::string_view begin : {"<!doctype html", "<html", "<table", "<head", "<body",
                                       "<meta", "<style", "<div", "<!--"}) {
    if (text.starts_with(begin)) return HtmlFile();
  }
  if (has("<html") || has("<table")) return HtmlFile();
  if (text.starts_with("<?xml")) return NotATable("XML");
  return std::nullopt;
}

}  // namespace

std::optional<Problem> KindThatIsNoTable(std::string_view bytes) {
  if (bytes.starts_with(kOle)) {
    if (HasStream(bytes, "EncryptedPackage") || HasStream(bytes, "EncryptionInfo")) {
      return LockedWorkbook();
    }
    if (HasStream(bytes, "WordDocument")) return NotATable("Microsoft Word");
    return OldWorkbook();
  }
  for (const std::string_view begin : kOldestWorkbooks) {
    if (bytes.starts_with(begin)) return OldWorkbook();
  }
  for (const Beginning& begin : kBeginnings) {
    if (bytes.starts_with(begin.bytes)) return NotATable(begin.name);
  }
  return KindOfMarkup(bytes);
}

}  // namespace kirikae::tabular
