#include "service/app/access/tokens.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "service/app/hash.h"
#include "service/domain/certificate_subject.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"
#include "service/text/confusable.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr int64_t kNameLimit = 100;
// The name under which the daemon itself acts.
constexpr std::string_view kOwnName = "kirikaed";

int64_t CountCharacters(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

// Why a token can't be made for this certificate; absent = it can, or is made for none.
std::optional<domain::Violation> CertificateFault(const std::vector<domain::Token>& tokens,
                                                  const std::string& certificate, absl::Time now) {
  if (certificate.empty()) return std::nullopt;
  constexpr size_t kMostBytes = 1000;
  if (certificate.size() > kMostBytes || certificate.find('=') == std::string::npos ||
      std::any_of(certificate.begin(), certificate.end(),
                  [](unsigned char c) { return c < ' ' || c == 0x7F; })) {
    return domain::Violation{
        "certificate_subject",
        Sentence("$0 is no subject of a certificate; write it as in "
                 "CN=kiosk-1,O=Example (openssl x509 -noout -subject -nameopt RFC2253).",
                 {certificate.substr(0, 100)})};
  }
  const auto other = std::find_if(tokens.begin(), tokens.end(), [&](const domain::Token& token) {
    return token.certificate == certificate && !token.revoked && token.expire_time > now;
  });
  if (other == tokens.end()) return std::nullopt;
  return domain::Violation{"certificate_subject",
                           Sentence("The certificate $0 stands for $1 already. Revoke that first.",
                                    {certificate, domain::TokenName(other->id)})};
}

}  // namespace

absl::StatusOr<domain::Token> NewToken(store::ReadView& view, const TokenOrder& order,
                                       absl::Time now) {
  std::vector<domain::Violation> violations;
  if (order.display_name.empty() || CountCharacters(order.display_name) > kNameLimit) {
    violations.push_back({"display_name", Sentence("Name the holder, in 1 to 100 characters.")});
  } else if (!text::IsPrintableName(order.display_name)) {
    violations.push_back(
        {"display_name", Sentence("The name has a character that can't be seen, or a space at an "
                                  "end or beside another. Leave it out.")});
  }
  if (order.days < 0 || order.days > kMostTokenDays) {
    violations.push_back(
        {"days", Sentence("A token holds for 1 to $0 days.", {std::to_string(kMostTokenDays)})});
  }
  ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view.ListTokens());
  // What somebody did stands in the record under the name, so that a name is one person's for ever.
  const bool is_readable = violations.empty() || violations.front().field != "display_name";
  const std::string key = text::FoldConfusable(order.display_name);
  const auto holder = std::find_if(tokens.begin(), tokens.end(), [&](const domain::Token& other) {
    return text::FoldConfusable(other.display_name) == key;
  });
  if (!is_readable) {
    // The name has a fault already.
  } else if (key == text::FoldConfusable(kOwnName)) {
    violations.push_back({"display_name", Sentence("The name is the service's own, or looks like "
                                                   "it. Use another.")});
  } else if (holder != tokens.end() && !order.same_person) {
    violations.push_back(
        {"display_name",
         Sentence("The name $0 is, or looks like, the one of $1. For another token of that person, "
                  "say that it is the same person; for another person use another name.",
                  {order.display_name, domain::TokenName(holder->id)})});
  } else if (holder == tokens.end() && order.same_person) {
    violations.push_back(
        {"display_name", Sentence("Nobody has had a token with the name $0. Leave out that it is "
                                  "the same person.",
                                  {order.display_name})});
  }
  const std::string certificate = domain::ReadableSubject(order.certificate);
  if (std::optional<domain::Violation> fault = CertificateFault(tokens, certificate, now)) {
    violations.push_back(*std::move(fault));
  }
  if (!violations.empty()) return domain::InvalidRequest(std::move(violations));
  domain::Token token;
  token.id = tokens.empty() ? 1 : tokens.back().id + 1;
  token.display_name = order.same_person ? holder->display_name : order.display_name;
  token.role = order.role;
  token.hash = HashHex(order.secret);
  token.certificate = certificate;
  token.expire_time = now + absl::Hours(24 * (order.days == 0 ? kUsualTokenDays : order.days));
  return token;
}

absl::StatusOr<domain::Token> RevokedToken(store::ReadView& view, int64_t id, absl::Time now) {
  ASSIGN_OR_RETURN(const std::vector<domain::Token> tokens, view.ListTokens());
  const auto administers = [&](const domain::Token& other) {
    return other.id != id && other.role == domain::Role::kAdmin && !other.revoked &&
           other.expire_time > now;
  };
  for (domain::Token token : tokens) {
    if (token.id != id) continue;
    if (token.role == domain::Role::kAdmin && !token.revoked &&
        std::none_of(tokens.begin(), tokens.end(), administers)) {
      return domain::LastAdministrator(id);
    }
    token.revoked = true;
    return token;
  }
  return domain::TokenNotFound(id);
}

}  // namespace kirikae::app
