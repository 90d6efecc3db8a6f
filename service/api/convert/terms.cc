#include "service/api/convert/terms.h"

#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "service/catalogue/catalogue.h"

namespace kirikae::api {
namespace {

// What all values of an enumeration begin with: AUTH_METHOD_ for AuthMethod.
std::string PrefixOf(std::string_view enumeration) {
  std::string prefix;
  for (const char c : enumeration) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(static_cast<unsigned char>(c));
  }
  return prefix + "_";
}

void Fill(const domain::TermSet& set, const std::string& prefix, v1::TermSet* proto) {
  proto->set_name(std::string(set.name));
  for (const domain::Term& term : set.terms) {
    v1::Term& row = *proto->add_terms();
    row.set_name(prefix + std::string(term.name));
    row.mutable_text()->set_en(std::string(term.english));
    row.mutable_text()->set_ja(catalogue::InLanguage(set, term, catalogue::Language::kJapanese));
  }
}

}  // namespace

void EnumToProto(const domain::TermSet& set, v1::TermSet* proto) {
  Fill(set, PrefixOf(set.name), proto);
}

void FieldsToProto(const domain::TermSet& set, v1::TermSet* proto) { Fill(set, "", proto); }

}  // namespace kirikae::api
