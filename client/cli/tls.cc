#include "client/cli/tls.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>

#include "client/cli/catalogue.h"
#include "client/cli/failure.h"

namespace kirikae::cli {
namespace {

// Where distributions keep the machine's own authorities.
constexpr char kMachine[] = "/etc/ssl/certs/ca-certificates.crt";

std::string ReadPem(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file || text.find("-----BEGIN ") == std::string::npos) {
    throw Failure{.code = kUsage,
                  .reason = "TLS_FILE",
                  .sentence = Tr("The file $0 can't be read or is not PEM (it would have a line "
                                 "-----BEGIN …).",
                                 {path})};
  }
  return text;
}

std::string ReadKey(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
      (info.st_mode & (S_IRGRP | S_IROTH)) != 0) {
    throw Failure{.code = kUsage,
                  .reason = "TLS_KEY_OPEN_TO_OTHERS",
                  .sentence = Tr("Other accounts can read the key $0, so it is not used. Run: "
                                 "chmod 600 $0",
                                 {path})};
  }
  return ReadPem(path);
}

}  // namespace

std::string AuthoritiesOf(const TlsFiles& files) { return files.ca.empty() ? kMachine : files.ca; }

std::shared_ptr<grpc::ChannelCredentials> TlsCredentials(const TlsFiles& files) {
  if (files.cert.empty() != files.key.empty()) {
    throw Failure{.code = kUsage,
                  .reason = "TLS_FILES",
                  .sentence = Tr("Your certificate needs its key: give both --cert and --key.")};
  }
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ReadPem(AuthoritiesOf(files));
  if (!files.cert.empty()) {
    options.pem_cert_chain = ReadPem(files.cert);
    options.pem_private_key = ReadKey(files.key);
  }
  return grpc::SslCredentials(options);
}

}  // namespace kirikae::cli
