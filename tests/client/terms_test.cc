#include "client/cli/terms.h"

#include <gtest/gtest.h>

#include "client/cli/catalogue.h"

namespace kirikae::cli {
namespace {

v1::TermSet SetOf(const std::string& name, const std::string& term, const std::string& english,
                  const std::string& japanese) {
  v1::TermSet set;
  set.set_name(name);
  set.add_terms()->set_name(term);
  set.mutable_terms(0)->mutable_text()->set_en(english);
  set.mutable_terms(0)->mutable_text()->set_ja(japanese);
  return set;
}

// The words are asked for once in a process, so all of it is one test.
TEST(Terms, WordsAreAskedForOnceAndOnlyWhenOneIsShown) {
  int asked = 0;
  SetTermsSource([&asked] {
    ++asked;
    v1::ListTermsResponse terms;
    *terms.add_enums() = SetOf("Camera", "CAMERA_BROKEN", "broken", "故障");
    *terms.add_fields() = SetOf("Device", "os", "system", "基本ソフト");
    return terms;
  });
  EXPECT_EQ(Term(v1::CAMERA_UNSPECIFIED), "");
  EXPECT_EQ(asked, 0);
  EXPECT_EQ(Term(v1::CAMERA_BROKEN), "broken");
  EXPECT_EQ(FieldLabel("Device", "os"), "system");
  SetLanguage(Language::kJapanese);
  EXPECT_EQ(Term(v1::CAMERA_BROKEN), "故障");
  EXPECT_EQ(FieldLabel("Device", "os"), "基本ソフト");
  SetLanguage(Language::kEnglish);
  EXPECT_EQ(asked, 1);
  // What a service of another version does not know is shown by its name.
  EXPECT_EQ(Term(v1::CAMERA_NONE), "CAMERA_NONE");
  EXPECT_EQ(FieldLabel("Device", "colour"), "colour");
}

}  // namespace
}  // namespace kirikae::cli
