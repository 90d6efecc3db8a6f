#include "client/cli/terms.h"

#include <map>
#include <utility>

#include "client/cli/catalogue.h"

namespace kirikae::cli {
namespace {

// Words by set and name.
using Words = std::map<std::pair<std::string, std::string>, v1::LocalizedText>;

std::function<v1::ListTermsResponse()> source_of_terms;

Words Fetch() {
  Words words;
  if (!source_of_terms) return words;
  const v1::ListTermsResponse terms = source_of_terms();
  for (const auto* const sets : {&terms.enums(), &terms.fields()}) {
    for (const v1::TermSet& set : *sets) {
      for (const v1::Term& term : set.terms()) words[{set.name(), term.name()}] = term.text();
    }
  }
  return words;
}

std::string WordFor(const std::string& set, const std::string& name) {
  static const Words& words = *new Words(Fetch());
  const auto word = words.find({set, name});
  return word == words.end() ? name : InLanguage(word->second);
}

}  // namespace

void SetTermsSource(std::function<v1::ListTermsResponse()> source) {
  source_of_terms = std::move(source);
}

std::string Term(const google::protobuf::EnumDescriptor& set, int number) {
  const auto* const value = set.FindValueByNumber(number);
  return value == nullptr || number == 0 ? "" : WordFor(set.name(), value->name());
}

Cell TermCell(const google::protobuf::EnumDescriptor& set, int number) {
  const auto* const value = set.FindValueByNumber(number);
  if (value == nullptr || number == 0) return "";
  constexpr size_t kUnspecified = std::char_traits<char>::length("UNSPECIFIED");
  const size_t prefix = set.FindValueByNumber(0)->name().size() - kUnspecified;
  return {Term(set, number), value->name().substr(prefix)};
}

Cell YesOrNo(bool value) { return value ? Cell(Tr("yes"), "yes") : Cell(Tr("no"), "no"); }
Cell YesOrNothing(bool value) { return value ? YesOrNo(true) : Cell(""); }

std::string FieldLabel(const std::string& message, const std::string& field) {
  return WordFor(message, field);
}

std::string InLanguage(const v1::LocalizedText& text) {
  return CurrentLanguage() == Language::kJapanese ? text.ja() : text.en();
}

std::string InLanguage(const v1::PlanReason& reason) {
  const bool japanese = CurrentLanguage() == Language::kJapanese && !reason.text_ja().empty();
  return japanese ? reason.text_ja() : reason.text();
}

Cell SentenceCell(const v1::LocalizedText& text) { return {InLanguage(text), text.en()}; }

std::string Reasons(const google::protobuf::RepeatedPtrField<v1::PlanReason>& reasons) {
  std::string text;
  for (const v1::PlanReason& reason : reasons) {
    text += (text.empty() ? "" : "; ") + InLanguage(reason);
  }
  return text;
}

Cell ReasonsCell(const google::protobuf::RepeatedPtrField<v1::PlanReason>& reasons) {
  std::string codes;
  for (const v1::PlanReason& reason : reasons) codes += (codes.empty() ? "" : " ") + reason.code();
  return {Reasons(reasons), codes};
}

absl::TimeZone WardZone() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Asia/Tokyo", &zone)) zone = absl::FixedTimeZone(9 * 60 * 60);
  return zone;
}

std::string LocalTime(const std::string& rfc3339) {
  absl::Time time;
  if (rfc3339.empty() || !absl::ParseTime(absl::RFC3339_full, rfc3339, &time, nullptr)) return "";
  return absl::FormatTime("%Y-%m-%d %H:%M", time, WardZone());
}

}  // namespace kirikae::cli
