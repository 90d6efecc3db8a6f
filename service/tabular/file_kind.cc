#include "service/tabular/file_kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "absl/strings/escaping.h"

namespace kirikae::tabular {
namespace {

struct Beginning {
  std::string_view hex;   // the bytes
  std::string_view name;  // of the kind, the same in every language
};

// The first bytes of files that people send in place of a list.
constexpr std::array kBeginnings = {
    Beginning{"255044462D", "PDF"},
    Beginning{"7B5C727466", "RTF"},
    Beginning{"1F8B", "GZIP"},
    Beginning{"377ABCAF271C", "7-Zip"},
    Beginning{"526172211A07", "RAR"},
    Beginning{"89504E470D0A", "PNG"},
    Beginning{"FFD8FF", "JPEG"},
    Beginning{"47494638", "GIF"},
    Beginning{"53514C69746520666F726D6174203300", "SQLite"},
    Beginning{"000100005374616E6461726420", "Microsoft Access"},
    Beginning{"000002000404", "Lotus 1-2-3"},
    Beginning{"00001A0000100400", "Lotus 1-2-3"},
    Beginning{"49443B50", "SYLK"},
};

// Records of the workbooks of Excel 2.1 to 4, which are no OLE containers.
constexpr std::array<std::string_view, 6> kOldestWorkbooks = {"09000400", "09000600", "09020600",
                                                              "09040600", "09080800", "09081000"};
constexpr std::string_view kOle = "D0CF11E0A1B11AE1";

bool BeginsWith(std::string_view bytes, std::string_view hex) {
  const std::string begin = absl::HexStringToBytes(absl::string_view(hex.data(), hex.size()));
  return bytes.starts_with(begin);
}

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
  for (const std::string_view mark : {"EFBBBF", "FFFE", "FEFF"}) {
    if (BeginsWith(rest, mark)) rest.remove_prefix(mark.size() / 2);
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
  for (const std::string_view begin :
       {"<!doctype html", "<html", "<table", "<head", "<body", "<meta", "<style", "<div", "<!--"}) {
    if (text.starts_with(begin)) return HtmlFile();
  }
  if (has("<html") || has("<table")) return HtmlFile();
  if (text.starts_with("<?xml")) return NotATable("XML");
  return std::nullopt;
}

}  // namespace

std::optional<Problem> KindThatIsNoTable(std::string_view bytes) {
  if (BeginsWith(bytes, kOle)) {
    if (HasStream(bytes, "EncryptedPackage") || HasStream(bytes, "EncryptionInfo")) {
      return LockedWorkbook();
    }
    if (HasStream(bytes, "WordDocument")) return NotATable("Microsoft Word");
    return OldWorkbook();
  }
  for (const std::string_view begin : kOldestWorkbooks) {
    if (BeginsWith(bytes, begin)) return OldWorkbook();
  }
  for (const Beginning& begin : kBeginnings) {
    if (BeginsWith(bytes, begin.hex)) return NotATable(begin.name);
  }
  return KindOfMarkup(bytes);
}

}  // namespace kirikae::tabular
