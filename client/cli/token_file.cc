#include "client/cli/token_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string_view>

#include "client/cli/catalogue.h"
#include "client/cli/failure.h"

namespace kirikae::cli {
namespace {

constexpr size_t kLongestToken = 1000;

// What is said of a path: one that is a token itself, given by mistake, is not shown.
std::string Shown(const std::string& path) {
  constexpr std::string_view kTokenBegins = "krk_";
  constexpr size_t kShortestSecret = 24;
  const size_t name = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
  const bool is_token = path.size() - name >= kShortestSecret &&
                        path.find_first_not_of("0123456789abcdefABCDEF", name) == std::string::npos;
  return path.find(kTokenBegins) != std::string::npos || is_token ? "…" : path;
}

bool IsTokenCharacter(char c) { return c > ' ' && c < '\x7f'; }

}  // namespace

std::string ReadTokenFile(const std::string& path) {
  struct stat info {};
  std::ifstream file(path);
  if (!file || stat(path.c_str(), &info) != 0) {
    throw Failure{.code = kUsage,
                  .reason = "TOKEN_FILE_UNREADABLE",
                  .sentence = Tr("The token file $0 can't be read.", {Shown(path)})};
  }
  // A pipe or a credential in memory has no readers to be kept out.
  if (S_ISREG(info.st_mode) && (info.st_mode & (S_IRGRP | S_IROTH)) != 0) {
    throw Failure{.code = kUsage,
                  .reason = "TOKEN_FILE_OPEN_TO_OTHERS",
                  .sentence = Tr("Other accounts can read the token file $0, so it is not used. "
                                 "Run: chmod 600 $0",
                                 {Shown(path)})};
  }
  std::string content(kLongestToken, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<size_t>(file.gcount()));
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  std::string_view token = content;
  if (token.starts_with(kByteOrderMark)) token.remove_prefix(kByteOrderMark.size());
  constexpr std::string_view kSpace = " \t\r\n";
  token.remove_prefix(std::min(token.find_first_not_of(kSpace), token.size()));
  token = token.substr(0, token.find_last_not_of(kSpace) + 1);
  if (token.empty() || !std::all_of(token.begin(), token.end(), IsTokenCharacter)) {
    throw Failure{.code = kUsage,
                  .reason = "TOKEN_FILE_WITHOUT_TOKEN",
                  .sentence = Tr("The token file $0 does not hold a token. Save the token as plain "
                                 "text, with nothing else in the file.",
                                 {Shown(path)})};
  }
  return std::string(token);
}

}  // namespace kirikae::cli
