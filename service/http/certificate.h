// What is read of an X.509 certificate.
#pragma once

#include <openssl/x509.h>

#include <string>

namespace kirikae::http {

/// The subject as RFC 2253 writes it, in UTF-8: `CN=浅見,O=Ward Office`.
std::string SubjectOf(const X509* certificate);

}  // namespace kirikae::http
