// The sentences that people read most, word for word, in both languages. Other tests go by reason
// codes and fields: a sentence that is reworded changes here and in the catalogue, nowhere else.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "service/catalogue/catalogue.h"
#include "service/domain/act.h"
#include "service/domain/errors.h"

namespace kirikae {
namespace {

void ExpectSaid(const absl::Status& status, const std::string& english,
                const std::string& japanese) {
  const std::optional<domain::ErrorDetail> detail = domain::DetailOf(status);
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->sentence.English(), english) << detail->reason;
  EXPECT_EQ(catalogue::Japanese(detail->sentence), japanese) << detail->reason;
}

TEST(Sentences, TheRefusalOfAnUndoNamesAllThatCanBeUndone) {
  ExpectSaid(domain::NotUndoable("12", "CREATE_TOKEN"),
             "Change set 12 (CREATE_TOKEN) can't be undone: only device changes, staff changes, "
             "applied imports, calendar changes and device marks can.",
             "変更記録 12（CREATE_TOKEN）は取り消せません。取り消せるのは、端末の変更・職員の変更・"
             "取込の適用・開庁日の変更・端末の作業記録だけです。");
}

// It once left the calendar days out: the sentence has a place for each kind, and no more.
TEST(Sentences, TheRefusalOfAnUndoHasAPlaceForEachKind) {
  const domain::Sentence sentence =
      domain::DetailOf(domain::NotUndoable("12", "CREATE_TOKEN"))->sentence;
  for (const std::string& kind : domain::KindsOfUndo()) {
    EXPECT_NE(sentence.English().find(kind), std::string::npos) << kind;
    EXPECT_NE(catalogue::Japanese(kind), kind);
    EXPECT_NE(catalogue::Japanese(sentence).find(catalogue::Japanese(kind)), std::string::npos);
  }
  const auto places = std::count(sentence.format.begin(), sentence.format.end(), '$');
  EXPECT_EQ(static_cast<size_t>(places), sentence.args.size());
}

}  // namespace
}  // namespace kirikae
