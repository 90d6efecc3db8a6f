#include "service/api/call/origin.h"

#include <grpc/grpc_security_constants.h>

#include <map>

#include "service/domain/certificate_subject.h"

namespace kirikae::api {
namespace {

constexpr char kSecret[] = "kirikae-secret-bin";
constexpr char kPeer[] = "kirikae-peer-bin";
constexpr char kSubject[] = "kirikae-subject-bin";

// Takes the same time whatever differs.
bool AreSame(std::string_view one, std::string_view other) {
  if (one.size() != other.size()) return false;
  unsigned difference = 0;
  for (size_t i = 0; i < one.size(); ++i) {
    difference |= static_cast<unsigned char>(one[i]) ^ static_cast<unsigned char>(other[i]);
  }
  return difference == 0;
}

std::string ValueOf(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata,
                    const char* name) {
  const auto found = metadata.find(name);
  return found == metadata.end() ? "" : std::string(found->second.data(), found->second.size());
}

// The subject of the client certificate that the transport has verified; "" = none.
std::string SubjectOf(const grpc::CallbackServerContext& context) {
  const auto peer = context.auth_context();
  if (peer == nullptr || !peer->IsPeerAuthenticated()) return "";
  const auto subjects = peer->FindPropertyValues(GRPC_X509_SUBJECT_PROPERTY_NAME);
  if (subjects.size() != 1) return "";
  return domain::ReadableSubject({subjects.front().data(), subjects.front().size()});
}

}  // namespace

void Introduce(grpc::ClientContext& context, std::string_view secret, const Origin& origin) {
  context.AddMetadata(kSecret, std::string(secret));
  context.AddMetadata(kPeer, origin.peer);
  context.AddMetadata(kSubject, origin.client_subject);
}

Origin OriginOf(const grpc::CallbackServerContext& context, std::string_view secret) {
  const auto& metadata = context.client_metadata();
  if (!secret.empty() && AreSame(ValueOf(metadata, kSecret), secret)) {
    return {ValueOf(metadata, kPeer), domain::ReadableSubject(ValueOf(metadata, kSubject))};
  }
  return {context.peer(), SubjectOf(context)};
}

}  // namespace kirikae::api
