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

bool IsTokenCharacter(char c) { return c > ' ' && c < '\x7f'; }

}  // namespace

std::string ReadTokenFile(const std::string& path) {
  struct stat info {};
  std::ifstream file(path);
  if (!file || stat(path.c_str(), &info) != 0) {
    throw Failure{.code = kUsage,
                  .reason = "TOKEN_FILE_UNREADABLE",
                  .sentence = Tr("The token file $0 can't be read.", {path})};
  }
  // A pipe or a credential in memory has no readers to be kept out.
  if (S_ISREG(info.st_mode) && (info.st_mode & (S_IRGRP | S_IROTH)) != 0) {
    throw Failure{.code = kUsage,
                  .reason = "TOKEN_FILE_OPEN_TO_OTHERS",
                  .sentence = Tr("Other accounts can read the token file $0, so it is not used. "
                                 "Run: chmod 600 $0",
                                 {path})};
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
                                 {path})};
  }
  return std::string(token);
}

bool IsOnThisMachine(const std::string& server) {
  std::string_view address = server;
  for (const std::string_view scheme : {"dns:///", "dns:", "ipv4:", "ipv6:"}) {
    if (address.starts_with(scheme)) {
      address.remove_prefix(scheme.size());
      break;
    }
  }
  if (address.starts_with("unix:") || address.starts_with("[::1]")) return true;
  const std::string_view host = address.substr(0, address.rfind(':'));
  if (host == "localhost" || host == "::1") return true;
  // 127.0.0.0/8, and no name that merely begins so.
  return host.starts_with("127.") &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

}  // namespace kirikae::cli
