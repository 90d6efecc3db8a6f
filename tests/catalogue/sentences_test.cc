// The sentences that people read most, word for word, in both languages. Other tests go by reason
// codes and fields: a sentence that is reworded changes here and in the catalogue, nowhere else.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "service/catalogue/catalogue.h"
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

// It once left the calendar days out, which can be undone.
TEST(Sentences, TheRefusalOfAnUndoNamesAllThatCanBeUndone) {
  ExpectSaid(domain::NotUndoable("12", "CREATE_TOKEN"),
             "Change set 12 (CREATE_TOKEN) can't be undone: only changes of devices, staff, marks, "
             "imports and calendar days can.",
             "変更記録 12（CREATE_TOKEN）は取り消せません。取り消せるのは、端末・職員・作業記録・"
             "取込・開庁日の変更だけです。");
}

}  // namespace
}  // namespace kirikae
