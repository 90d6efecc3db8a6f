#include "service/server/tls_keeper.h"

#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>

#include <utility>

#include "service/server/refused.h"
#include "service/server/text_files.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

constexpr unsigned int kRefreshSeconds = 1;

}  // namespace

TlsKeeper::TlsKeeper(const Config& config)
    : files_{config.tls_cert, config.tls_key, config.tls_client_ca} {}

absl::StatusOr<std::unique_ptr<TlsKeeper>> TlsKeeper::Load(const Config& config) {
  std::unique_ptr<TlsKeeper> keeper(new TlsKeeper(config));
  RETURN_IF_ERROR(keeper->Reload());
  namespace tls = grpc::experimental;
  const std::string identity = keeper->identity_.path();
  const bool asks_clients = !config.tls_client_ca.empty();
  tls::TlsServerCredentialsOptions options(std::make_shared<tls::FileWatcherCertificateProvider>(
      identity, identity, asks_clients ? keeper->authorities_.path() : std::string(),
      kRefreshSeconds));
  options.watch_identity_key_cert_pairs();
  if (asks_clients) options.watch_root_certs();
  options.set_cert_request_type(asks_clients ? GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY
                                             : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE);
  keeper->credentials_ = tls::TlsServerCredentials(options);
  return keeper;
}

absl::StatusOr<std::vector<std::string>> TlsKeeper::ReadFiles() const {
  std::vector<std::string> paths = {files_.certificate, files_.key};
  if (!files_.client_ca.empty()) paths.push_back(files_.client_ca);
  return ReadTextFiles(paths);
}

absl::Status TlsKeeper::Reload() {
  // What is checked is what gRPC gets: the files are the same before and after the check.
  ASSIGN_OR_RETURN(const std::vector<std::string> texts, ReadFiles());
  ASSIGN_OR_RETURN(std::shared_ptr<const http::TlsContext> context, http::TlsContext::Load(files_));
  ASSIGN_OR_RETURN(const std::vector<std::string> again, ReadFiles());
  if (texts != again) {
    return Refused(
        domain::Sentence("The files of the certificate change just now. Have them read "
                         "again (SIGHUP) once they are all there."));
  }
  RETURN_IF_ERROR(identity_.Replace(texts[0] + "\n" + texts[1]));
  if (texts.size() > 2) RETURN_IF_ERROR(authorities_.Replace(texts[2]));
  if (holder_ == nullptr) {
    holder_ = std::make_shared<http::TlsHolder>(std::move(context));
  } else {
    holder_->Replace(std::move(context));
  }
  return absl::OkStatus();
}

}  // namespace kirikae::server
