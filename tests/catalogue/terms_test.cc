// The words of the closed sets: each has its Japanese, and what imports and exports call a value is
// what people read.
#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

#include "service/catalogue/catalogue.h"
#include "service/domain/terms.h"
#include "service/tabular/enumerations.h"
#include "service/tabular/profile.h"

namespace kirikae {
namespace {

using ::testing::Contains;

std::string Japanese(const domain::TermSet& set, const domain::Term& term) {
  return catalogue::InLanguage(set, term, catalogue::Language::kJapanese);
}

TEST(Terms, EveryTermAndLabelHasItsJapanese) {
  for (const auto sets : {domain::TermSets(), domain::FieldLabels()}) {
    for (const domain::TermSet& set : sets) {
      for (const domain::Term& term : set.terms) {
        EXPECT_NE(Japanese(set, term), term.english) << set.name << " " << term.name;
      }
    }
  }
}

// A sentence may have a value's canonical name in it, which the catalogue translates.
TEST(Terms, ASentenceCallsAValueAsItsTermDoes) {
  for (const domain::TermSet& set : domain::TermSets()) {
    for (const domain::Term& named : set.terms) {
      const std::string said = catalogue::Japanese(std::string(named.name));
      if (said == named.name) continue;
      std::vector<std::string> words;
      for (const domain::TermSet& other : domain::TermSets()) {
        for (const domain::Term& term : other.terms) {
          if (term.name == named.name) words.push_back(Japanese(other, term));
        }
      }
      EXPECT_THAT(words, Contains(said)) << set.name << " " << named.name;
    }
  }
}

template <typename Enum>
void ExpectReadAndWritten(std::string_view field) {
  const domain::TermSet& set = domain::TermsOf<Enum>();
  tabular::Enumeration words(field,
                             *tabular::BuiltInProfile("generic", tabular::TableKind::kDevices));
  for (const domain::Term& term : set.terms) {
    EXPECT_TRUE(tabular::IsCanonicalValue(field, term.name)) << field << " " << term.name;
    EXPECT_EQ(words.Find(term.name), term.name) << field;
    EXPECT_EQ(words.Find(Japanese(set, term)), term.name) << Japanese(set, term);
    EXPECT_EQ(words.Find(tabular::JapaneseWord(field, term.name)), term.name) << field;
  }
}

TEST(Terms, AFileMayHaveTheJapaneseOfEveryValueAndWhatIsWrittenIsRead) {
  ExpectReadAndWritten<domain::DeviceKind>("kind");
  ExpectReadAndWritten<domain::Network>("network");
  ExpectReadAndWritten<domain::Camera>("camera");
  ExpectReadAndWritten<domain::AuthMethod>("auth_method");
  ExpectReadAndWritten<domain::StaffRole>("role");
  ExpectReadAndWritten<domain::EnrolmentState>("state");
}

}  // namespace
}  // namespace kirikae
