#include "service/http/certificate.h"

#include <openssl/bio.h>

#include <memory>

namespace kirikae::http {

std::string SubjectOf(const X509* certificate) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> text(BIO_new(BIO_s_mem()), BIO_free);
  if (text == nullptr) return "";
  constexpr unsigned long kForm = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
  X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate), 0, kForm);
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return size > 0 ? std::string(bytes, static_cast<size_t>(size)) : "";
}

}  // namespace kirikae::http
