#include "service/domain/terms.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "service/domain/record_fields.h"

namespace kirikae::domain {
namespace {

TEST(Terms, EverySetHasItsNamesAndWordsOnce) {
  std::set<std::string_view> sets;
  for (const TermSet& set : TermSets()) {
    EXPECT_TRUE(sets.insert(set.name).second) << set.name;
    std::set<std::string_view> names;
    std::set<std::string_view> words;
    for (const Term& term : set.terms) {
      EXPECT_FALSE(term.english.empty()) << term.name;
      EXPECT_TRUE(names.insert(term.name).second) << term.name;
      EXPECT_TRUE(words.insert(term.english).second) << term.english;
    }
  }
}

TEST(Terms, AValueHasItsTermAndOneOutsideItsSetHasNone) {
  EXPECT_EQ(FindTerm(PhaseState::kOpen)->english, "running");
  EXPECT_EQ(FindTerm(Outcome::kExempt)->name, "EXEMPT");
  EXPECT_EQ(FindTerm(static_cast<PhaseState>(0)), nullptr);
  EXPECT_EQ(FindTerm(static_cast<PhaseState>(7)), nullptr);
}

template <typename Record>
void ExpectTermsOfWords() {
  for (const Field<Record>& field : FieldTable<Record>()) {
    const bool closed = field.kind == ValueKind::kWord;
    EXPECT_EQ(field.terms != nullptr, closed) << field.name;
    Record record;
    for (const Term& term : field.Terms()) {
      EXPECT_TRUE(field.set(record, term.name)) << field.name << " " << term.name;
      EXPECT_EQ(field.get(record), term.name) << field.name;
    }
  }
}

TEST(Terms, AFieldOfAClosedSetKnowsItsTermsAndTakesEveryName) {
  ExpectTermsOfWords<Device>();
  ExpectTermsOfWords<Staff>();
  ExpectTermsOfWords<Placement>();
  ExpectTermsOfWords<PhaseStatus>();
  ExpectTermsOfWords<Rollout>();
  ExpectTermsOfWords<Token>();
}

}  // namespace
}  // namespace kirikae::domain
