#include "client/cli/text_file.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <utility>

#include "client/cli/catalogue.h"
#include "client/cli/failure.h"
#include "service/text/encoding.h"
#include "service/text/utf8.h"

namespace kirikae::cli {
namespace {

std::string ReadAll(std::istream& in) {
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileUnreadable(path);
  return ReadAll(file);
}

Failure NotText(const std::string& file, const text::DecodeFault& fault) {
  const std::string line = std::to_string(fault.line);
  return {.code = kRefused,
          .reason = "NOT_TEXT",
          .sentence = fault.kind == text::DecodeFaultKind::kAmbiguous
                          ? Tr("Line $1 of $0 can be read in several encodings. Save the text as "
                               "UTF-8 with a byte order mark.",
                               {file, line})
                          : Tr("Line $1 of $0 is not $2 like the rest. Save the text as UTF-8.",
                               {file, line, std::string(text::EncodingName(fault.encoding))}),
          .metadata = {{"file", file}, {"line", line}}};
}

void TrimEnd(std::string& line) {
  constexpr std::string_view kSpace = " \t\r\n";
  line.resize(line.find_last_not_of(kSpace) + 1);
}

}  // namespace

std::string DecodedText(std::string_view bytes, const std::string& file) {
  text::DecodeFault fault;
  auto decoded = text::Decode(bytes, std::nullopt, &fault);
  if (!decoded.ok()) throw NotText(file, fault);
  return std::move(decoded->text);
}

std::string ReadTextFile(const std::string& path) { return DecodedText(ReadBytes(path), path); }

std::vector<std::string> ReadLines(const std::string& path) {
  const bool input = path == "-";
  const std::string text =
      DecodedText(input ? ReadAll(std::cin) : ReadBytes(path), input ? Tr("standard input") : path);
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    std::string line = text.substr(begin, end - begin);
    TrimEnd(line);
    if (!line.empty()) lines.push_back(std::move(line));
    begin = end + 1;
  }
  return lines;
}

std::string DecodedLine(std::string_view line) {
  std::string text = text::FindIllFormedUtf8(line) == std::string_view::npos
                         ? std::string(line)
                         : DecodedText(line, Tr("standard input"));
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  TrimEnd(text);
  return text;
}

std::vector<std::string> DecodedArguments(int argc, char** argv) {
  std::vector<std::string> arguments;
  for (int i = 0; i < argc; ++i) {
    const std::string_view given = argv[i];
    if (text::FindIllFormedUtf8(given) == std::string_view::npos) {
      arguments.emplace_back(given);
      continue;
    }
    const auto decoded = text::Decode(given);
    if (!decoded.ok()) {
      throw Failure{.code = kUsage,
                    .reason = "NOT_TEXT",
                    .sentence = Tr("Argument $0 is not text in UTF-8 or another Japanese encoding.",
                                   {std::to_string(i)}),
                    .metadata = {{"argument", std::to_string(i)}}};
    }
    arguments.push_back(decoded->text);
  }
  return arguments;
}

}  // namespace kirikae::cli
