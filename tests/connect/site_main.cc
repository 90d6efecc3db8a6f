// kirikae-connect-site [CERTIFICATE KEY]: serves until its standard input ends. Writes the
// addresses of HTTP (over TLS with a certificate) and gRPC on one line each.
#include <exception>
#include <iostream>
#include <limits>
#include <memory>
#include <string>

#include "service/http/tls.h"
#include "tests/connect/gateway_site.h"

namespace {

int Serve(int argc, char** argv) {
  kirikae::testing::GatewaySite::Settings settings;
  if (argc > 2) {
    auto tls = kirikae::http::TlsContext::Load({argv[1], argv[2], ""});
    if (!tls.ok()) {
      std::cerr << tls.status().ToString() << "\n";
      return 1;
    }
    settings.tls = std::make_shared<kirikae::http::TlsHolder>(*std::move(tls));
  }
  const kirikae::testing::GatewaySite site(settings);
  std::cout << site.address() << "\n" << site.grpc_address() << "\n" << std::flush;
  // Whoever started it has ended when this does.
  std::cin.ignore(std::numeric_limits<std::streamsize>::max());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Serve(argc, argv);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
