// The sentences that people read most, word for word, in both languages. Other tests go by reason
// codes and fields: a sentence that is reworded changes here and in the catalogue, nowhere else.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "service/catalogue/catalogue.h"
#include "service/domain/act.h"
#include "service/domain/errors.h"
#include "service/domain/readiness.h"

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

TEST(Sentences, TheRefusalOfARoleNamesRolesInWords) {
  ExpectSaid(
      domain::RoleMayNot(domain::Role::kViewer, "AuditService/GetChangeSet",
                         {"AUDITOR", "OPERATOR", "ADMIN"}),
      "AuditService/GetChangeSet is not for viewers, but for auditors, operators, administrators.",
      "役割「閲覧」では AuditService/GetChangeSet を使えません。使える役割: 監査、作業、管理");
}

TEST(Sentences, TheRefusalOfABlockedDeviceNamesWhatIsInTheWayInWords) {
  ExpectSaid(domain::DeviceBlocked("TSM-00123", {"NO_CAMERA", "USER_NOT_ENROLLED"}),
             "Device TSM-00123 can't be switched yet (no camera, face not registered). Clear that, "
             "or override with a reason.",
             "端末 TSM-00123 "
             "はまだ切り替えられません（カメラなし、顔が未登録）。原因を解消するか、理由を添えて強"
             "行してください"
             "。");
}

TEST(Sentences, EveryBlockerHasAWordInBothLanguages) {
  for (const char* code : {"NO_CAMERA", "CAMERA_BROKEN", "NO_USER", "USER_NOT_ENROLLED",
                           "NOT_ACTIVE", "CONSENT_WITHHELD", "OS_TOO_OLD", "DUE_DATE_UNREADABLE"}) {
    const std::string word(domain::BlockerWord(code));
    EXPECT_NE(word, code);
    EXPECT_NE(catalogue::Japanese(word), word) << code;
  }
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
